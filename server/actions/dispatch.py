"""The table of commands: who may run which, and the one place where a refusal or a bug becomes an answer."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from server import metrics
from server.actions import (
    asks,
    bans,
    blocks,
    care,
    desk,
    duty,
    erasing,
    feedback,
    handbook,
    holding,
    holds,
    limits,
    listeners,
    moderation,
    mutes,
    naming,
    one_to_one,
    overview,
    own_data,
    posting,
    queue,
    reports,
    returning,
    rooms,
    standing,
    supervising,
    training,
    transfers,
)
from server.actions.caller import Caller
from server.actions.faults import where
from server.actions.services import Services
from server.protocol import blocking, commands, events, listening
from server.protocol import care as caring
from server.protocol import feedback as feeding
from server.protocol import handbook as handbooks
from server.protocol import own_data as owning
from server.protocol import standing as stances
from server.protocol import supervising as supervision
from server.protocol import training as course
from server.protocol import transfers as passing
from server.protocol.refusals import Code, Refused

Action: TypeAlias = Callable[[Services, Caller, Any], Awaitable[events.Event | None]]

log = logging.getLogger("porchlight.dispatch")


async def _pong(services: Services, caller: Caller, command: commands.Ping) -> events.Pong:
    return events.Pong(ref=command.ref, now=services.store.clock.now(), away=services.condition.away)


# `Hello` is the connection's own: it comes before there is anyone to ask for.
ACTIONS: dict[type[commands.Command], Action] = {
    commands.Answer: care.answer,
    commands.Ban: bans.ban,
    blocking.Block: blocks.block,
    blocking.Blocks: blocks.blocked,
    blocking.Unblock: blocks.unblock,
    commands.Decide: holds.decide,
    commands.Desk: desk.desk,
    commands.Duty: duty.duty,
    commands.Escalate: care.escalate,
    commands.Gate: moderation.gate,
    commands.Hand: duty.hand,
    commands.Help: care.ask_for_help,
    commands.History: rooms.history,
    commands.Join: rooms.join,
    commands.Leave: rooms.leave,
    commands.Mute: mutes.mute,
    commands.Ping: _pong,
    commands.Post: posting.post,
    commands.Remove: moderation.remove,
    commands.Rename: naming.rename,
    commands.Report: reports.report,
    commands.Restore: moderation.restore,
    commands.Settle: holding.settle,
    commands.SettleReport: reports.settle_report,
    commands.SlowMode: moderation.slow_mode,
    commands.Spare: care.spare,
    commands.Take: holding.take,
    commands.Typing: rooms.typing,
    commands.Unban: bans.unban,
    commands.Unmute: mutes.unmute,
    commands.Withdraw: holds.withdraw,
    caring.AcceptDuty: duty.accept_duty,
    caring.Attempt: holding.attempt,
    caring.Contact: holding.contact,
    caring.Deputy: duty.deputy,
    caring.HandOver: holding.hand_over,
    caring.Emergency: holding.emergency,
    caring.PassDuty: duty.pass_duty,
    caring.Release: holding.release,
    caring.Safe: care.safe,
    feeding.Feedbacks: feedback.feedbacks,
    feeding.FeltHeard: feedback.felt_heard,
    feeding.OwnNumbers: feedback.own_numbers,
    feeding.RateAgain: feedback.rate_again,
    feeding.SettleFeedback: feedback.settle_feedback,
    owning.DeleteMine: erasing.delete_mine,
    owning.ForgetReturnWords: returning.forget_words,
    owning.GiveReturnWords: returning.give_words,
    owning.KeepSummary: returning.keep_summary,
    owning.MyData: own_data.my_data,
    owning.SharedSummary: returning.shared_summary,
    owning.Wipe: own_data.wipe,
    handbooks.OpenHandbook: handbook.open_handbook,
    handbooks.RiskAsked: handbook.risk_asked,
    listening.Abusive: one_to_one.abusive,
    listening.Accept: listeners.accept,
    listening.Extend: one_to_one.extend,
    listening.Goodbye: one_to_one.goodbye,
    listening.LeaveQueue: queue.leave_queue,
    listening.Listen: listeners.listen,
    listening.Queue: queue.queue_up,
    listening.QueueDraft: queue.change_draft,
    listening.Skip: listeners.skip,
    listening.TypeSlowly: one_to_one.type_slowly,
    listening.Worried: one_to_one.worried,
    stances.Listening: standing.where_i_stand,
    supervision.AskSupervisor: asks.ask_supervisor,
    supervision.CloseAsk: asks.close_ask,
    supervision.LiftLimit: limits.lift_limit,
    supervision.Overview: overview.overview,
    supervision.SetAtOnce: limits.set_at_once,
    supervision.Supervise: supervising.supervise,
    supervision.Watch: supervising.watch,
    course.AnswerLesson: training.answer_lesson,
    course.OpenCourse: training.open_course,
    course.Practise: training.practise,
    passing.AcceptTransfer: transfers.accept_transfer,
    passing.AnswerTransfer: transfers.answer_transfer,
    passing.DeclineTransfer: transfers.decline_transfer,
    passing.FinishTransfer: transfers.finish_transfer,
    passing.TakeOver: transfers.take_over,
    passing.Transfer: transfers.transfer,
    passing.WithdrawTransfer: transfers.withdraw_transfer,
}


async def run(services: Services, caller: Caller, command: commands.Command) -> events.Event | None:
    """The answer to a command: what its action says, or a refusal; never an exception but cancellation."""
    kind = type(command)
    answer: events.Event | None
    try:
        if caller.person.role not in command.roles:
            raise Refused(Code.FORBIDDEN)
        answer = await ACTIONS[kind](services, caller, command)
    except Refused as no:
        answer = refused(command.ref, no)
    except Exception as bug:
        log.error("%s failed: %s", kind.__name__, where(bug))
        answer = refused(command.ref, Refused(Code.INTERNAL))
    metrics.answers.inc(kind.__name__, answer.code if type(answer) is events.Refused else type(answer).__name__)
    return answer


def refused(ref: int, no: Refused) -> events.Refused:
    return events.Refused(ref=ref, code=no.code.value, retry_ms=no.retry_ms, offers=no.offers)

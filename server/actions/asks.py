"""A listener's question: asked, read and answered in a thread of staff alone, beside a one-to-one."""

from collections.abc import Callable

from server.actions import following, listening, supervisors
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import asks, channels
from server.domain.channels import LISTENING
from server.domain.listening import Step, Talk, Terms
from server.domain.supervised import Ask
from server.protocol.commands import Join
from server.protocol.events import Joined
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AskSupervisor, SupervisorAsked
from server.store.listening import decoded


async def ask_supervisor(services: Services, caller: Caller, command: AskSupervisor) -> SupervisorAsked:
    """With nobody on duty it is said at once, and the pager calls at once."""
    there = await supervisors.on_duty(services)
    me = caller.person.id
    ask = await _change(
        services,
        command.channel,
        lambda before, talk, terms, now: asks.asked(before, _goes_on(talk), me, bool(there), now, terms),
    )
    row = audit_row(services, caller, "ask_supervisor", command.channel, "")
    await services.store.moderation.note(LISTENING, row)
    return SupervisorAsked(
        ref=command.ref,
        channel=ask.channel,
        supervisors=there,
        due=ask.due,
        called=ask.called is not None,
    )


async def join(services: Services, caller: Caller, command: Join) -> Joined:
    """For the listener whose one-to-one it is, and for supervisors; of the peer's side nobody ever comes in."""
    talk = await listening.talk(services, channels.one(channels.name(command.channel)))
    if caller.person.role is not Role.SUPERVISOR and caller.person.id != talk.listener:
        raise Refused(Code.NO_ROOM)
    await supervisors.note(services, caller)
    followed = await following.follow(services, caller, command.channel, command.since)
    caller.names[command.channel] = caller.person.name
    return following.entered(command.ref, caller.person.name, followed, is_over=False)


async def written(services: Services, caller: Caller, channel: str) -> None:
    """A supervisor's words are an answer, also where nobody had asked: the listener is told where to read them."""
    if caller.person.role is not Role.SUPERVISOR:
        return
    name = caller.person.name
    await _change(
        services,
        channels.one(channels.name(channel)),
        lambda before, talk, terms, now: asks.answered(before, talk, name, now) if talk else None,
    )


async def look(services: Services, ask: Ask) -> None:
    await _change(
        services,
        ask.one,
        lambda before, talk, terms, now: asks.looked_at(before, talk, now, terms) if before else None,
    )


async def _change(
    services: Services, one: str, rule: Callable[[Ask | None, Talk | None, Terms, int], Step | None]
) -> Ask:
    """A rule on what was asked about a one-to-one; as it is then."""
    thread = asks.thread(one)
    for _ in range(listening.TRIES):
        kept = await services.store.listening.kept([thread, one])
        before, talk = decoded(kept[thread]), decoded(kept[one])
        asked = before if isinstance(before, Ask) else None
        step = rule(
            asked,
            talk if isinstance(talk, Talk) else None,
            terms_of(services.settings),
            services.store.clock.now(),
        )
        after = step.records[thread] if step is not None else asked
        if step is None or await listening.apply(services, kept, step):
            return after if isinstance(after, Ask) else _none(thread, one)
    raise Refused(Code.CONFLICT)


def _none(thread: str, one: str) -> Ask:
    return Ask(channel=thread, one=one, person="", name="", since=0, due=0)


def _goes_on(talk: Talk | None) -> Talk:
    if talk is None or talk.over:
        raise Refused(Code.NO_ROOM)
    return talk

"""Feedback after a one-to-one: a tap that is only ever counted, and words that a supervisor reads first."""

from server.actions import listening
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.reading import read
from server.actions.services import Services
from server.domain import channels, feedback, identity
from server.domain.channels import LISTENING
from server.domain.feedback import FeedbackRecord
from server.domain.listening import Talk, pair
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Done
from server.protocol.feedback import (
    FeedbackItem,
    FeedbackList,
    FeedbackPassed,
    Feedbacks,
    Felt,
    FeltHeard,
    FeltNumbers,
    OwnNumbers,
    RateAgain,
    SettleFeedback,
)
from server.protocol.refusals import Code, Refused


async def felt_heard(services: Services, caller: Caller, command: FeltHeard) -> Done:
    talk = await _over(services, caller, command.channel)
    if command.words.strip():
        await _words(services, caller, talk, command)
    apart = await services.store.listening.apart()
    if pair(talk.person, talk.listener) not in apart:  # one that was stopped tells a listener nothing
        await services.store.feedback.felt(talk.channel, talk.listener, command.felt)
    return Done(ref=command.ref)


async def rate_again(services: Services, caller: Caller, command: RateAgain) -> Done:
    talk = await _over(services, caller, command.channel)
    if talk.how_hard:
        await services.store.feedback.rated(talk.channel, talk.how_hard, command.how_hard)
    return Done(ref=command.ref)


async def own_numbers(services: Services, caller: Caller, command: OwnNumbers) -> FeltNumbers:
    me = caller.person.id
    shown = feedback.felt(await services.store.feedback.counts(me))
    words = feedback.told_to(me, await services.store.feedback.everything())
    return FeltNumbers(ref=command.ref, yes=shown[Felt.YES], partly=shown[Felt.PARTLY], no=shown[Felt.NO], words=words)


async def feedbacks(services: Services, caller: Caller, command: Feedbacks) -> FeedbackList:
    store = services.store.feedback
    waiting, eased = feedback.waiting(await store.everything()), feedback.eased(await store.ratings())
    return FeedbackList(ref=command.ref, feedbacks=waiting, eased=eased)


async def settle_feedback(services: Services, caller: Caller, command: SettleFeedback) -> Done:
    """The words stay in one place; what the listener is told does not carry them."""
    store = services.store.feedback
    record = await store.one(command.feedback)
    if record is None or record.item.passed:
        raise Refused(Code.GONE)
    row = audit_row(services, caller, "settle_feedback", command.feedback, "passed" if command.pass_on else "aside")
    await services.store.moderation.note(LISTENING, row)
    if not command.pass_on:
        await store.forget(command.feedback)
        return Done(ref=command.ref)
    await store.keep(feedback.passed(record))
    event = encode(FeedbackPassed(feedback=command.feedback, at=UNSTAMPED))
    inbox = channels.inbox(record.listener)
    await services.store.channels.append(inbox, event, f"passed:{command.feedback}", record.listener)
    return Done(ref=command.ref)


async def clear(services: Services) -> None:
    """What nobody looked at, and what was passed on long ago, leaves."""
    oldest = services.store.clock.now() - services.settings.feedback_ms
    everything = await services.store.feedback.everything()
    await services.store.feedback.forget(*(each.item.feedback for each in everything if each.item.since < oldest))


async def _words(services: Services, caller: Caller, talk: Talk, command: FeltHeard) -> None:
    words = await read(services, caller, identity.digest(talk.channel) * 2, command.words)
    item = FeedbackItem(
        feedback=identity.feedback_id(services.secret, talk.channel),
        name=talk.name,
        felt=command.felt,
        words=words.text,
        since=services.store.clock.now(),
        passed=False,
    )
    await services.store.feedback.keep(FeedbackRecord(item, talk.person, talk.listener))


async def _over(services: Services, caller: Caller, channel: str) -> Talk:
    """A one-to-one of the caller's that has ended; not there and not theirs are one answer."""
    talk = await listening.talk(services, channel)
    if talk.person != caller.person.id:
        raise Refused(Code.NO_ROOM)
    if not talk.over:
        raise Refused(Code.CONFLICT)
    return talk

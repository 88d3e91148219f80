"""A one-to-one: coming in, what its two people may do there, and how it is closed."""

from server.actions import blocks, errands, listening, minding, reports, seats
from server.actions.caller import Caller
from server.actions.following import entered, follow
from server.actions.matching import match_soon
from server.actions.membership import presence_kind
from server.actions.messages import Author, audit_row, said, worry_about
from server.actions.services import Services
from server.domain import one_to_one, receivers
from server.domain.channels import LISTENING
from server.domain.errands import OpenOne
from server.domain.listening import Listener, Step, Talk, Terms, Waiting
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Join, Report
from server.protocol.events import Done, Joined
from server.protocol.fields import NO_CLIENT_ID, ReportReason, TicketSource
from server.protocol.listening import (
    Abuse,
    Abusive,
    Extend,
    Goodbye,
    OneEntered,
    TalkEnd,
    TypeSlowly,
    Worried,
)
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code, Refused

REASONS = {
    Abuse.SEXUAL: ReportReason.SEXUAL,
    Abuse.HOSTILE: ReportReason.UNKIND,
    Abuse.OTHER: ReportReason.OTHER,
}


async def join(services: Services, caller: Caller, command: Join) -> Joined:
    """For its two people, and for a supervisor or who is to go on, who are announced.

    The peer may read on when it is over.
    """
    talk = await listening.talk(services, command.channel)
    name, seat = await _seat(services, caller, talk)
    followed = await follow(services, caller, talk.channel, command.since)
    if talk.channel not in caller.names:
        services.presence.came(talk.channel, name, presence_kind(services, caller, talk.channel))
    caller.names[talk.channel] = name
    caller.seats = {**caller.seats, talk.channel: seat}
    return entered(command.ref, name, followed, bool(talk.over))


async def may_read(services: Services, caller: Caller, channel: str) -> None:
    """Its peer, without coming in; `Refused(NOT_JOINED)` for everyone else."""
    if (await listening.talk(services, channel)).person != caller.person.id:
        raise Refused(Code.NOT_JOINED)


async def goodbye(services: Services, caller: Caller, command: Goodbye) -> Done:
    """It ends before anything else: no limit of blocks holds anyone in it."""

    def rule(talk: Talk, waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        _belongs(talk, caller)
        return None if talk.over else one_to_one.ended(talk, waiting, listener, TalkEnd.GOODBYE, now, terms)

    await listening.change_talk(services, command.channel, rule)
    match_soon(services)
    talk = await listening.talk(services, command.channel)
    if command.apart and caller.person.id == talk.person:
        await blocks.part_from(services, caller, talk)
    return Done(ref=command.ref)


async def extend(services: Services, caller: Caller, command: Extend) -> Done:
    await listening.change_talk(
        services, command.channel, lambda talk, *rest: one_to_one.extended(talk, caller.person.id, rest[2])
    )
    return Done(ref=command.ref)


async def type_slowly(services: Services, caller: Caller, command: TypeSlowly) -> Done:
    await listening.change_talk(services, command.channel, lambda talk, *_: one_to_one.slowed(talk, caller.person.id))
    return Done(ref=command.ref)


async def worried(services: Services, caller: Caller, command: Worried) -> Done:
    """Escalating never closes the conversation; from here on no clock does."""
    talk = await _listeners(services, caller, command.channel)
    author = Author(talk.person, talk.handle, Voice.PEER, "")
    because = "listener", talk.channel, command.urgency.value
    worry = worry_about(services, author, talk.channel, TicketSource.LISTENER, command.urgency, *because)
    row = audit_row(services, caller, "worried", talk.channel, command.urgency.value)
    await errands.open_ticket(services, worry, row)
    name = await minding.holder(services, talk.person)
    await listening.change_talk(services, talk.channel, lambda talk, *_: one_to_one.worried(talk, name))
    return Done(ref=command.ref)


async def abusive(services: Services, caller: Caller, command: Abusive) -> Done:
    """Stopped first and at once; then the moderators get what was said. The listener never has to argue the case."""
    talk = await _listeners(services, caller, command.channel)

    def rule(talk: Talk, waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        return None if talk.over else one_to_one.ended(talk, waiting, listener, TalkEnd.STOPPED, now, terms)

    await listening.change_talk(services, talk.channel, rule)
    await _report(services, caller, talk, command.abuse)
    row = audit_row(services, caller, "abusive", talk.channel, command.abuse.value)
    await services.store.moderation.note(LISTENING, row)
    return Done(ref=command.ref)


async def _seat(services: Services, caller: Caller, talk: Talk) -> tuple[str, str]:
    """What they are called, and by what the step knows that the seat is theirs; `Refused(NO_ROOM)` for anyone else."""
    me = caller.person.id
    if me == talk.person:
        if not talk.over:
            await seats.open_one(services, _bare(talk))
        await services.attendance.join(caller)
        return talk.handle, talk.handle
    if talk.over:
        raise Refused(Code.NO_ROOM)
    if me == talk.listener:
        await seats.open_one(services, _bare(talk))
        await services.attendance.join(caller)
        return talk.name, f"#{talk.fence}"
    if caller.person.role is not Role.SUPERVISOR and not receivers.may_come_in(talk, me):
        raise Refused(Code.NO_ROOM)
    await services.attendance.join(caller)
    seat = await services.store.listening.let_in(talk.channel, me)
    voice = Voice(caller.person.role.value)
    entered = OneEntered(channel=talk.channel, name=caller.person.name, voice=voice, at=UNSTAMPED)
    await services.store.channels.append(talk.channel, encode(entered), f"entered:{me}")
    await services.store.moderation.note(LISTENING, audit_row(services, caller, "enter", talk.channel, ""))
    return caller.person.name, seat


def _bare(talk: Talk) -> OpenOne:
    """Seats the two where the errand that does it is still on its way; the draft comes with that."""
    return OpenOne(talk.channel, talk.person, talk.handle, talk.listener, talk.fence, NO_CLIENT_ID, b"")


def _belongs(talk: Talk, caller: Caller) -> None:
    if caller.person.id not in (talk.person, talk.listener):
        raise Refused(Code.NO_ROOM)


async def _listeners(services: Services, caller: Caller, channel: str) -> Talk:
    talk = await listening.talk(services, channel)
    if talk.listener != caller.person.id:
        raise Refused(Code.NO_ROOM)
    return talk


async def _report(services: Services, caller: Caller, talk: Talk, kind: Abuse) -> None:
    """With the last that the peer wrote, and what stood around it; nothing where they wrote nothing."""
    entries = await services.store.channels.before(talk.channel, None, services.settings.thread_messages)
    last = next((entry.seq for entry in reversed(entries) if entry.person == talk.person), None)
    if last is None:
        return
    entry, message = await said(services, talk.channel, last)
    command = Report(ref=0, channel=talk.channel, seq=last, reason=REASONS[kind])
    await reports.to_the_desk(services, caller, command, entry, message, "")

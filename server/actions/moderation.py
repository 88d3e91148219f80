"""Moderation: messages taken away and brought back, mutes, slow mode and doors; each with an audit row."""

import secrets

from msgspec import Struct, structs

from server.actions import desk, errands
from server.actions.caller import Caller
from server.actions.rooms import room
from server.actions.services import Services
from server.domain import channels
from server.domain.channels import Entry
from server.domain.errands import Errands, NoteMute, Tell
from server.domain.moderation import AuditRow
from server.protocol import codec
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Gate, Mute, Remove, Restore, SlowMode, Unmute
from server.protocol.events import (
    Done,
    MuteChanged,
    Muted,
    MuteItem,
    Removed,
    Restored,
    RoomChanged,
    Said,
    Unmuted,
    YoursRemoved,
)
from server.protocol.fields import Scope
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer
from server.store.rooms import Live

MINUTE_MS = 60_000
EXEMPT = frozenset({Voice.MODERATOR, Voice.SUPERVISOR, Voice.OPERATOR, Voice.AUTOMATIC})


class Author(Struct, frozen=True):
    """Who wrote something, by the name it was written under; the person leaves the server for nobody."""

    person: str
    handle: str
    voice: Voice
    text: str

    def __repr__(self) -> str:
        return "Author(...)"


async def remove(services: Services, caller: Caller, command: Remove) -> Done:
    entry, message = await said(services, command.channel, command.seq)
    event = Removed(channel=command.channel, gone=command.seq, at=UNSTAMPED)
    yours = YoursRemoved(
        channel=command.channel,
        gone=command.seq,
        text=message.text,
        reason=command.reason,
        note=command.note,
        at=UNSTAMPED,
    )
    told: Errands = {f"removed:{command.channel}:{command.seq}": Tell(channels.inbox(entry.person), encode(yours))}
    row = audit_row(services, caller, "remove", f"{command.channel} {command.seq}", command.reason.value)
    moderation = services.store.moderation
    if not await moderation.remove(command.channel, command.seq, event, caller.person.id, told, row):
        raise Refused(Code.NO_MESSAGE)
    errands.carry_soon(services, command.channel, told)
    return Done(ref=command.ref)


async def restore(services: Services, caller: Caller, command: Restore) -> Done:
    sealed = await services.store.moderation.sealed(command.channel, command.seq)
    if sealed is None:
        raise Refused(Code.GONE)
    message = codec.inside(sealed.frame)
    assert isinstance(message, Said | Restored)
    event = Restored(
        channel=command.channel,
        back=message.back if isinstance(message, Restored) else command.seq,
        id=message.id,
        handle=message.handle,
        voice=message.voice,
        text=message.text,
        said_at=message.said_at if isinstance(message, Restored) else message.at,
        at=UNSTAMPED,
    )
    row = audit_row(services, caller, "restore", f"{command.channel} {command.seq}", "")
    if not await services.store.moderation.restore(command.channel, sealed, event, caller.person.id, row):
        raise Refused(Code.GONE)
    return Done(ref=command.ref)


async def mute(services: Services, caller: Caller, command: Mute) -> Done:
    author = await author_of(services, command.channel, command.seq, command.hold)
    if author.voice in EXEMPT:
        raise Refused(Code.FORBIDDEN)
    ms = command.minutes * MINUTE_MS
    here = command.scope is Scope.HERE
    item = MuteItem(
        mute=secrets.token_hex(8),
        channel=command.channel if here else None,
        handle=author.handle,
        scope=command.scope,
        reason=command.reason,
        by=caller.person.name,
        until=services.store.clock.now() + ms,
    )
    muted = Muted(channel=item.channel, until=item.until, reason=item.reason, note=command.note, at=UNSTAMPED)
    told: Errands = {
        f"mute:{item.mute}": NoteMute(author.person, item),
        f"muted:{item.mute}": Tell(channels.inbox(author.person), encode(muted)),
    }
    row = audit_row(services, caller, "mute", f"{command.channel} {item.mute} {command.minutes} min", item.reason.value)
    await services.store.moderation.mute(command.channel, author.person, item.mute, ms, told, row)
    for other in () if here else other_rooms(services, command.channel):
        await services.store.moderation.mute(other, author.person, item.mute, ms, {}, None)
    errands.carry_soon(services, command.channel, told)
    return Done(ref=command.ref)


async def unmute(services: Services, caller: Caller, command: Unmute) -> Done:
    expected, record = await desk.mute(services, command.mute)
    item = record.item
    rooms = [item.channel] if item.channel else other_rooms(services, "")
    row = audit_row(services, caller, "unmute", f"{item.channel or 'everywhere'} {item.mute}", "")
    for place, channel in enumerate(rooms):
        await services.store.moderation.mute(channel, record.person, item.mute, 0, {}, None if place else row)
    ended = MuteChanged(mute=_ended(services, item), at=UNSTAMPED)
    unmuted = Unmuted(channel=item.channel, at=UNSTAMPED)
    told: Errands = {f"unmuted:{item.mute}": Tell(channels.inbox(record.person), encode(unmuted))}
    change = Change(Drawer.MUTES, item.mute, expected, b"", ended, errands=told)
    if not await services.store.desk.change(change):
        raise Refused(Code.GONE)
    errands.carry_soon(services, channels.DESK, told)
    return Done(ref=command.ref)


async def slow_mode(services: Services, caller: Caller, command: SlowMode) -> Done:
    live = await _live(services, command.channel)
    changed = RoomChanged(channel=command.channel, state=live.state, slow_seconds=command.seconds, at=UNSTAMPED)
    row = audit_row(services, caller, "slow_mode", command.channel, f"{command.seconds} s")
    await services.store.moderation.change_room(changed, row)
    return Done(ref=command.ref)


async def gate(services: Services, caller: Caller, command: Gate) -> Done:
    live = await _live(services, command.channel)
    changed = RoomChanged(channel=command.channel, state=command.state, slow_seconds=live.slow_seconds, at=UNSTAMPED)
    row = audit_row(services, caller, "gate", command.channel, command.state.value)
    await services.store.moderation.change_room(changed, row)
    return Done(ref=command.ref)


async def said(services: Services, channel: str, seq: int) -> tuple[Entry, Said | Restored]:
    """A message that is shown now, with its author's person; `Refused(NO_MESSAGE)` where there is none."""
    if channels.kind(channel) == "room":
        room(services, channel)
    entry = await services.store.channels.entry(channel, seq)
    message = codec.inside(entry.frame) if entry else None
    if entry is None or not isinstance(message, Said | Restored):
        raise Refused(Code.NO_MESSAGE)
    return entry, message


async def author_of(services: Services, channel: str, seq: int, hold: str | None) -> Author:
    """Whose words they are: of a message that is shown, or of one that waits."""
    if hold is None:
        entry, message = await said(services, channel, seq)
        return Author(entry.person, message.handle, message.voice, message.text)
    record = await services.store.moderation.held(channel, hold)
    if record is None:
        raise Refused(Code.CONFLICT)
    return Author(record.person, record.hold.handle, record.voice, record.hold.text)


def audit_row(services: Services, caller: Caller, what: str, which: str, why: str) -> AuditRow:
    return AuditRow(who=caller.person.name, what=what, which=which, why=why, at=services.store.clock.now())


def other_rooms(services: Services, channel: str) -> list[str]:
    return [other.channel for other in services.content.rooms.values() if other.channel != channel]


async def _live(services: Services, channel: str) -> Live:
    room(services, channel)
    (live,) = await services.store.rooms.live([channel])
    return live


def _ended(services: Services, item: MuteItem) -> MuteItem:
    return structs.replace(item, until=services.store.clock.now())

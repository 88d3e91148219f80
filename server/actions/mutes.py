"""Mutes: a person stops writing for a time, in one room or all, is told why, and keeps reading and help."""

import secrets

from msgspec import structs

from server.actions import desk, errands
from server.actions.caller import Caller
from server.actions.messages import audit_row, author_of
from server.actions.reading import looked_over
from server.actions.services import Services
from server.domain import channels
from server.domain.errands import Errands, NoteMute, Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Mute, Unmute
from server.protocol.events import Done, MuteChanged, Muted, MuteItem, Unmuted
from server.protocol.fields import Scope
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer

MINUTE_MS = 60_000
EXEMPT = frozenset({Voice.MODERATOR, Voice.SUPERVISOR, Voice.OPERATOR, Voice.AUTOMATIC})


async def mute(services: Services, caller: Caller, command: Mute) -> Done:
    author = await author_of(services, command.channel, command.seq, command.hold)
    if author.voice in EXEMPT or author.held_for_care:  # no sanction ever follows from care alone
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
    note = await looked_over(services, command.note)
    muted = Muted(channel=item.channel, until=item.until, reason=item.reason, note=note, at=UNSTAMPED)
    told: Errands = {
        f"mute:{item.mute}": NoteMute(author.person, item),
        f"muted:{item.mute}": Tell(channels.inbox(author.person), encode(muted)),
    }
    row = audit_row(services, caller, "mute", f"{command.channel} {item.mute} {command.minutes} min", item.reason.value)
    await services.store.moderation.mute(command.channel, author.person, item.mute, ms, told, row)
    for other in () if here else _other_rooms(services, command.channel):
        await services.store.moderation.mute(other, author.person, item.mute, ms, {}, None)
    errands.carry_soon(services, command.channel, told)
    return Done(ref=command.ref)


async def unmute(services: Services, caller: Caller, command: Unmute) -> Done:
    expected, record = await desk.mute(services, command.mute)
    item = record.item
    rooms = [item.channel] if item.channel else _other_rooms(services, "")
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


def _other_rooms(services: Services, channel: str) -> list[str]:
    return [other.channel for other in services.content.rooms.values() if other.channel != channel]


def _ended(services: Services, item: MuteItem) -> MuteItem:
    return structs.replace(item, until=services.store.clock.now())

"""Rooms: going in and out, what one is called there, what was said before, and what can be seen from outside."""

import asyncio

from msgspec import Raw, Struct

from server.actions import apart, asks, care, following, naming, one_to_one
from server.actions.caller import Caller
from server.actions.membership import leave as leave_channel
from server.actions.membership import name_in, presence_kind
from server.actions.services import Services
from server.domain import channels
from server.domain.channels import Entry
from server.domain.rooms import Preview as PreviewPolicy
from server.protocol import codec
from server.protocol.commands import History, Join, Leave, Typing
from server.protocol.events import Done, Joined, Page, Restored, Said
from server.protocol.fields import Millis
from server.protocol.people import MODERATORS, Voice
from server.protocol.refusals import Code, Refused
from server.store.rooms import Threshold

PREVIEWED = 10  # messages shown from outside, without names


class Glimpse(Struct, frozen=True):
    """A message as it is seen from outside: no name."""

    voice: Voice
    text: str
    at: Millis


class Preview(Struct, frozen=True):
    messages: tuple[Glimpse, ...]


async def join(services: Services, caller: Caller, command: Join) -> Joined:
    channel = command.channel
    match channels.kind(channel):
        case "ticket":
            return await care.join(services, caller, command)
        case "one":
            return await one_to_one.join(services, caller, command)
        case "ask":
            return await asks.join(services, caller, command)
    rooms = [each for each in caller.names if channels.kind(each) == "room"]  # a private talk is never one too many
    if channel not in rooms and len(rooms) >= services.settings.rooms_per_connection:
        raise Refused(Code.LIMIT)
    services.room(channel)
    sent_out = caller.sent_out
    threshold = _let_in(await services.store.rooms.threshold(channel, caller.person.id))
    if channel in caller.names:  # come in anew, it may be because of a block
        await apart.know(services, caller.person.id)
    name = await naming.name_for(services, caller, channel, threshold.name)
    followed = await following.read(services, channel, command.since)
    while caller.sent_out is not sent_out:  # heard while this was under way
        sent_out = caller.sent_out
        _let_in(await services.store.rooms.threshold(channel, caller.person.id))
    apart.hide(services, caller, channel)
    following.begin(services, caller, followed)
    caller.sent_out = tuple(each for each in caller.sent_out if each != channel)
    if channel not in caller.names:
        services.presence.came(channel, name, presence_kind(services, caller, channel))
    caller.names[channel] = name
    return Joined(
        ref=command.ref,
        channel=channel,
        handle=name,
        position=followed.position,
        resumed=followed.resumed,
        state=threshold.state,
        slow_seconds=threshold.slow_seconds,
        turn_ms=threshold.turn_ms,
        muted_until=services.store.clock.now() + threshold.muted_ms if threshold.muted_ms else 0,
        held=tuple(record.as_held() for record in threshold.held),
    )


async def leave(services: Services, caller: Caller, command: Leave) -> Done:
    leave_channel(services, caller, command.channel)
    return Done(ref=command.ref)


async def typing(services: Services, caller: Caller, command: Typing) -> None:
    name = caller.names.get(command.channel)
    if name is not None:
        services.presence.writes(command.channel, name, presence_kind(services, caller, command.channel))


async def history(services: Services, caller: Caller, command: History) -> Page:
    if command.channel not in caller.names:
        await _may_look_in(services, caller, command.channel)
    tags = apart.tags(services, caller, command.channel)
    # Of all that is kept: a page that is empty and yet not the last would never be left.
    most = services.settings.history_messages if tags else command.limit
    standing, kept, banned_ms = await asyncio.gather(
        services.store.channels.standing(command.channel),
        services.store.channels.before(command.channel, command.before, most),
        services.store.rooms.banned_ms(command.channel, caller.person.id),
    )
    if banned_ms:
        raise Refused(Code.REMOVED, retry_ms=banned_ms)
    visible = [entry for entry in kept if entry.author_tag not in tags]
    entries = visible[-command.limit :]
    told = _latest(entries, services.settings.unsent_bytes // 2)
    return Page(
        ref=command.ref,
        channel=command.channel,
        epoch=standing.epoch,
        frames=tuple(Raw(entry.frame) for entry in told),
        more=len(kept) == most or len(told) < len(visible),
    )


async def preview(services: Services, room_id: str) -> Preview:
    """The last few messages without names; `Refused(NO_ROOM)` where there is no such room."""
    seen = services.room(channels.room(room_id))
    if seen.preview is PreviewPolicy.NONE:
        return Preview(())
    entries = await services.store.channels.before(seen.channel, None, PREVIEWED)
    said = (codec.inside(entry.frame) for entry in entries)
    return Preview(tuple(_glimpse(event) for event in said if isinstance(event, Said | Restored)))


def _let_in(threshold: Threshold) -> Threshold:
    """What stands between them and writing here; `Refused(REMOVED)` where a moderator keeps them out."""
    if threshold.banned_ms:
        raise Refused(Code.REMOVED, retry_ms=threshold.banned_ms)
    return threshold


async def _may_look_in(services: Services, caller: Caller, channel: str) -> None:
    """Moderators see what stands around a held message without being shown as here, and a peer what is kept of a
    one-to-one of theirs; everyone else comes in first."""
    if channels.kind(channel) == "one":
        await one_to_one.may_read(services, caller, channel)
        return
    if caller.person.role not in MODERATORS or channels.kind(channel) != "room":
        name_in(caller, channel)
    services.room(channel)


def _latest(entries: list[Entry], most_bytes: int) -> list[Entry]:
    """As many as one answer may carry: a page of the longest messages would make its reader too slow."""
    size = 0
    for place, entry in enumerate(reversed(entries)):
        size += len(entry.frame)
        if size > most_bytes and place:
            return entries[-place:]
    return entries


def _glimpse(event: Said | Restored) -> Glimpse:
    return Glimpse(event.voice, event.text, event.at if isinstance(event, Said) else event.said_at)

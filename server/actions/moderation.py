"""Moderation: messages taken away and brought back, slow mode and doors; each with an audit row."""

from server.actions import errands
from server.actions.caller import Caller
from server.actions.messages import audit_row, said
from server.actions.reading import looked_over
from server.actions.services import Services
from server.domain import channels
from server.domain.errands import Errands, Tell
from server.protocol import codec
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Gate, Remove, Restore, SlowMode
from server.protocol.events import (
    Done,
    Removed,
    Restored,
    RoomChanged,
    Said,
    YoursRemoved,
)
from server.protocol.refusals import Code, Refused
from server.store.rooms import Live


async def remove(services: Services, caller: Caller, command: Remove) -> Done:
    entry, message = await said(services, command.channel, command.seq)
    event = Removed(channel=command.channel, gone=command.seq, at=UNSTAMPED)
    yours = YoursRemoved(
        channel=command.channel,
        gone=command.seq,
        text=message.text,
        reason=command.reason,
        note=await looked_over(services, command.note),
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


async def _live(services: Services, channel: str) -> Live:
    services.room(channel)
    (live,) = await services.store.rooms.live([channel])
    return live

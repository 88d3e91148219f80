"""Blocks: two people no longer meet. Only who blocks is told, and nothing that the other one hears differs."""

import secrets

from server.actions import apart, errands
from server.actions.caller import Caller
from server.actions.membership import name_in
from server.actions.messages import said
from server.actions.services import Services
from server.domain import channels, identity
from server.domain.blocks import Apart
from server.domain.errands import Errands, NoteBlock, Tell
from server.domain.listening import Talk
from server.protocol.blocking import Block, Blocked, BlockList, Blocks, Unblock
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Done
from server.protocol.fields import Scope
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused

HOUR_MS = 3_600_000


async def block(services: Services, caller: Caller, command: Block) -> Done:
    """By a message, for a name may be another's tomorrow; it follows the person."""
    name_in(caller, command.channel)
    services.room(command.channel)
    entry, message = await said(services, command.channel, command.seq)
    if message.voice is not Voice.PEER or entry.person in ("", caller.person.id):
        raise Refused(Code.FORBIDDEN)
    allowed = services.settings.blocks_per_hour
    if wait := await services.store.duty.allowed(caller.person.id, "block", allowed, HOUR_MS):
        raise Refused(Code.RATE, retry_ms=wait)
    await _begin(services, caller, entry.person, command.channel, command.scope, message.handle)
    return Done(ref=command.ref)


async def part_from(services: Services, caller: Caller, talk: Talk) -> None:
    """From the listener of a one-to-one: the two do not meet again, and nothing that was said there is hidden."""
    await _begin(services, caller, talk.listener, talk.channel, Scope.HERE, talk.name)


async def unblock(services: Services, caller: Caller, command: Unblock) -> Done:
    side = await services.store.blocks.one(caller.person.id, command.block)
    if side is not None:
        told = _told(side, caller, None, services.store.clock.now())
        await services.store.blocks.end(caller.person.id, command.block, told)
        await _takes_effect(services, caller, told)
    return Done(ref=command.ref)


async def blocked(services: Services, caller: Caller, command: Blocks) -> BlockList:
    mine = await services.store.blocks.of(caller.person.id)
    return BlockList(ref=command.ref, blocks=tuple(side.as_item() for side in mine))


async def _begin(services: Services, caller: Caller, person: str, channel: str, scope: Scope, handle: str) -> None:
    now = services.store.clock.now()
    block = identity.block_id(services.secret, caller.person.id, person, channel)
    side = Apart(block=block, person=person, channel=channel, scope=scope, handle=handle, since=now)
    told = _told(side, caller, scope, now)
    if not await services.store.blocks.begin(caller.person.id, side, told):
        raise Refused(Code.LIMIT)
    await _takes_effect(services, caller, told)


async def _takes_effect(services: Services, caller: Caller, told: Errands) -> None:
    """The errands are waited for: the answer is a promise that the other one's side is kept, too."""
    await errands.carry(services, channels.inbox(caller.person.id), told)
    await apart.know(services, caller.person.id)
    for channel in caller.names:
        services.presence.say_again(channel)


def _told(side: Apart, caller: Caller, scope: Scope | None, now: int) -> Errands:
    """In this order: who hears of it and comes in anew must find the other side's half in its place.

    Only in rooms does anyone come in anew.
    """
    once = f"{side.block}:{secrets.token_hex(4)}"
    person, reach = caller.person.id, None if side.scope is Scope.EVERYWHERE else side.channel
    told: Errands = {f"pair:{once}": NoteBlock(side.block, person, side.person, side.channel, scope, now)}
    if channels.kind(side.channel) == "room":
        told[f"blocked:{once}"] = Tell(channels.inbox(person), encode(Blocked(channel=reach, at=UNSTAMPED)))
    return told

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
    now = services.store.clock.now()
    side = Apart(
        block=identity.block_id(services.secret, caller.person.id, entry.person, command.channel),
        person=entry.person,
        channel=command.channel,
        scope=command.scope,
        handle=message.handle,
        since=now,
    )
    reach = None if command.scope is Scope.EVERYWHERE else command.channel
    told = _told(side, caller, command.scope, reach, now)
    if not await services.store.blocks.begin(caller.person.id, side, told):
        raise Refused(Code.LIMIT)
    await _takes_effect(services, caller, told)
    return Done(ref=command.ref)


async def unblock(services: Services, caller: Caller, command: Unblock) -> Done:
    side = await services.store.blocks.one(caller.person.id, command.block)
    if side is not None:
        reach = None if side.scope is Scope.EVERYWHERE else side.channel
        told = _told(side, caller, None, reach, services.store.clock.now())
        await services.store.blocks.end(caller.person.id, command.block, told)
        await _takes_effect(services, caller, told)
    return Done(ref=command.ref)


async def blocked(services: Services, caller: Caller, command: Blocks) -> BlockList:
    mine = await services.store.blocks.of(caller.person.id)
    return BlockList(ref=command.ref, blocks=tuple(side.as_item() for side in mine))


async def _takes_effect(services: Services, caller: Caller, told: Errands) -> None:
    """The errands are waited for: the answer is a promise that the other one's side is kept, too."""
    await errands.carry(services, channels.inbox(caller.person.id), told)
    await apart.know(services, caller.person.id)
    for channel in caller.names:
        services.presence.say_again(channel)


def _told(side: Apart, caller: Caller, scope: Scope | None, reach: str | None, now: int) -> Errands:
    """In this order: who hears of it and comes in anew must find the other side's half in its place."""
    once = f"{side.block}:{secrets.token_hex(4)}"
    person = caller.person.id
    return {
        f"pair:{once}": NoteBlock(side.block, person, side.person, side.channel, scope, now),
        f"blocked:{once}": Tell(channels.inbox(person), encode(Blocked(channel=reach, at=UNSTAMPED))),
    }

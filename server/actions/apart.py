"""Who does not meet whom, as this process must know it: read at hello, and again whenever it changes anywhere."""

import asyncio
from collections.abc import Iterable

from server.actions import background
from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import blocks
from server.domain.blocks import PAIRS, Apart, PairChanged
from server.domain.errands import NoteBlock
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.refusals import Refused

AGAIN_S = 1.0  # a store that was away is asked again


async def listen(services: Services) -> None:
    """From now on this process hears whose blocks change, and reads them again where they are here."""

    def heard(frame: bytes | None) -> None:
        if frame is None:  # its numbers began anew, and something may have been missed
            background.spawn(_listen_again(services))
        else:
            _read_soon(services, blocks.pair_in(frame))

    await services.here.overhear(PAIRS, heard)


async def know(services: Services, person: str) -> None:
    sides = await services.store.blocks.sides(person)
    for caller in services.here.callers(person):
        caller.sides = sides
        for channel in caller.names:
            hide(services, caller, channel)


def tags(services: Services, caller: Caller, channel: str) -> frozenset[bytes]:
    """The authors whom this person does not meet in a channel."""
    return blocks.hidden(services.secret, caller.sides, channel)


def hide(services: Services, caller: Caller, channel: str) -> None:
    """To be called before a channel is followed, after all waiting."""
    if caller.sides or caller.hidden:  # mostly there is nobody
        services.here.hide(caller, channel, tags(services, caller, channel))


async def note(services: Services, errand: str, what: NoteBlock) -> None:
    """The other one's side is kept before any process hears that there is something to read."""
    side = None
    if what.scope is not None:
        side = Apart(what.block, what.by, what.channel, what.scope, handle="", since=what.at)
    await services.store.blocks.note(what.person, what.block, what.at, side)
    changed = PairChanged(people=(what.by, what.person), at=UNSTAMPED)
    await services.store.channels.append(PAIRS, encode(changed), errand)


def _read_soon(services: Services, people: Iterable[str]) -> None:
    for person in people:
        if services.here.callers(person):
            background.spawn(_read_again(services, person))


async def _listen_again(services: Services) -> None:
    while True:
        try:
            await listen(services)
        except Refused:
            await asyncio.sleep(AGAIN_S)
        else:
            return _read_soon(services, services.here.people())


async def _read_again(services: Services, person: str) -> None:
    """A block that this process does not know would be one that does not hold: it asks until it is answered."""
    while services.here.callers(person):
        try:
            return await know(services, person)
        except Refused:
            await asyncio.sleep(AGAIN_S)

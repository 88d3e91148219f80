"""Draining: how a process that was told to stop is emptied, with no crowd at the doors of the others."""

import asyncio
import random
from collections.abc import Collection
from typing import Protocol

from server.config import Settings

POLL_S = 0.02


class Stop:
    """What the operator wants: to stop, and, told a second time, not to wait for anybody."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.asked: asyncio.Future[None] = loop.create_future()
        self.at_once: asyncio.Future[None] = loop.create_future()

    def told(self) -> None:
        for word in (self.asked, self.at_once):
            if not word.done():
                return word.set_result(None)


class Leaving(Protocol):
    def let_go(self) -> None: ...


class Emptied(Protocol):
    @property
    def connections(self) -> Collection[Leaving]: ...


async def drain(house: Emptied, settings: Settings, at_once: asyncio.Future[None], leaving_s: float) -> None:
    """Returns when everybody has gone, when we are told not to wait, or when only `leaving_s` of the limit are left."""
    emptying = asyncio.create_task(let_everyone_go(house, settings))
    patience_s = max(0.0, settings.drain_limit_ms / 1000 - leaving_s)
    await asyncio.wait({emptying, at_once}, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
    emptying.cancel()


async def let_everyone_go(house: Emptied, settings: Settings) -> None:
    """One by one and in no order, as fast as another process lets them in; where that is too slow, in `drain_ms`.

    A few people are gone at once: nobody is helped by waiting.
    """
    loop = asyncio.get_running_loop()
    everyone = list(house.connections)
    random.shuffle(everyone)
    spread_s = min(settings.drain_ms / 1000, len(everyone) / settings.handshakes_per_second)
    began = loop.time()
    for place, connection in enumerate(everyone):
        ahead = began + spread_s * place / len(everyone) - loop.time()
        if ahead > 0:
            await asyncio.sleep(ahead)
        connection.let_go()
    while house.connections:
        await asyncio.sleep(POLL_S)

"""Channels announced: the short list of those in which there may be something, so that nobody has to ask every room."""

import asyncio
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from server.store.clock import Clock
from server.store.script import Scripts

QUIET_MS = (
    60_000  # where nothing is so long after a channel was announced, no step that was announced can still leave it
)


class Announced(Struct, frozen=True):
    """A channel is announced before the step that leaves something there; who looks strikes off where nothing is."""

    scripts: Scripts
    clock: Clock
    list_key: str
    key_of: Callable[[str], str]

    async def announce(self, *channels: str) -> None:
        """To be awaited before the step."""
        now = self.clock.now()
        await self.scripts.ask("ZADD", self.list_key, *(part for channel in channels for part in (now, channel)))

    async def found(self, word: str) -> dict[str, Any]:
        """What that command answers of each announced channel's key, where it is not empty."""
        announced = [channel.decode() for channel in await self.scripts.ask("ZRANGE", self.list_key, 0, -1)]
        answers = await asyncio.gather(*(self.scripts.ask(word, self.key_of(channel)) for channel in announced))
        found = dict(zip(announced, answers, strict=True))
        await asyncio.gather(*(self._forget(channel) for channel, answer in found.items() if not answer))
        return {channel: answer for channel, answer in found.items() if answer}

    async def _forget(self, channel: str) -> None:
        before = self.clock.now() - QUIET_MS
        await self.scripts.run("quiet", {"announced": self.list_key}, {"channel": channel, "before": before})

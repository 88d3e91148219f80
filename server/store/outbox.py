"""The outboxes: what a step left for another hash tag, and the list of channels in which there may be some."""

import asyncio

from msgspec import Struct

from server.domain.errands import Errands
from server.store import keys
from server.store.clock import Clock
from server.store.script import Scripts

QUIET_MS = 60_000  # an outbox that is empty so long after it was announced holds nothing that a step could still leave


class Outbox(Struct, frozen=True):
    """A channel is announced before the step runs: so who sweeps asks a few outboxes and not every room."""

    scripts: Scripts
    clock: Clock

    async def announce(self, channel: str, errands: Errands) -> None:
        """To be awaited before the step that leaves them; nothing where it leaves none."""
        if errands:
            await self.scripts.ask("ZADD", keys.outboxes(), self.clock.now(), channel)

    async def left(self) -> dict[str, dict[str, bytes]]:
        """What was left undone, by channel: errand id -> errand."""
        announced = [channel.decode() for channel in await self.scripts.ask("ZRANGE", keys.outboxes(), 0, -1)]
        answers = await asyncio.gather(*(self.scripts.ask("HGETALL", keys.out(channel)) for channel in announced))
        for channel, left in zip(announced, answers, strict=True):
            if not left:
                await self._forget(channel)
        return {
            channel: {errand.decode(): what for errand, what in left.items()}
            for channel, left in zip(announced, answers, strict=True)
            if left
        }

    async def carried(self, channel: str, errand: str) -> None:
        await self.scripts.ask("HDEL", keys.out(channel), errand)

    async def _forget(self, channel: str) -> None:
        before = self.clock.now() - QUIET_MS
        await self.scripts.run("quiet", {"outboxes": keys.outboxes()}, {"channel": channel, "before": before})

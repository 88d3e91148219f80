"""The outboxes: what a step left for another hash tag, and the list of channels in which there may be some."""

from msgspec import Struct

from server.domain.errands import Errands
from server.store import keys
from server.store.announced import Announced
from server.store.script import Scripts


class Outbox(Struct, frozen=True):
    """Who sweeps asks the outboxes that were announced."""

    scripts: Scripts
    announced: Announced

    async def announce(self, channel: str, errands: Errands) -> None:
        """To be awaited before the step that leaves them; nothing where it leaves none."""
        if errands:
            await self.announced.announce(channel)

    async def left(self) -> dict[str, dict[str, bytes]]:
        """What was left undone, by channel: errand id -> errand."""
        found: dict[str, dict[bytes, bytes]] = await self.announced.found("HGETALL")
        return {channel: {errand.decode(): what for errand, what in left.items()} for channel, left in found.items()}

    async def carried(self, channel: str, errand: str) -> None:
        await self.scripts.ask("HDEL", keys.out(channel), errand)

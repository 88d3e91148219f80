"""Blocks in the store: each person keeps both, whom they blocked and by whom they were, for one look at a hello."""

import asyncio
from collections.abc import Iterable

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain import channels
from server.domain.blocks import Apart
from server.domain.errands import Errands, packed
from server.store import keys
from server.store.outbox import Outbox
from server.store.script import Scripts

WHEN_BYTES = 8

_sides = msgpack.Decoder(Apart)


class Blocks(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    outbox: Outbox

    async def begin(self, person: str, side: Apart, errands: Errands) -> bool:
        """False where this person has blocked as many as one may."""
        return await self._change(person, side.block, msgpack.encode(side), errands)

    async def end(self, person: str, block: str, errands: Errands) -> None:
        await self._change(person, block, b"", errands)

    async def note(self, person: str, block: str, at: int, side: Apart | None) -> None:
        """The other one's side; none where the block has ended."""
        await self.scripts.run(
            "note_block",
            {"blocked_by": keys.blocked_by(person)},
            {
                "block": block,
                "at": at,
                "side": msgpack.encode(side) if side else b"",
                "person_ms": self.settings.person_ms,
            },
        )

    async def of(self, person: str) -> list[Apart]:
        """Whom this person has blocked, oldest first."""
        kept: list[bytes] = await self.scripts.ask("HVALS", keys.blocks(person))
        return sorted(map(_sides.decode, kept), key=lambda side: side.since)

    async def one(self, person: str, block: str) -> Apart | None:
        kept = await self.scripts.ask("HGET", keys.blocks(person), block)
        return _sides.decode(kept) if kept else None

    async def sides(self, person: str) -> tuple[Apart, ...]:
        """Every block of this person's, made by them or by others."""
        ask = self.scripts.ask
        mine, theirs = await asyncio.gather(ask("HVALS", keys.blocks(person)), ask("HVALS", keys.blocked_by(person)))
        return as_sides(mine, theirs)

    async def never_meet(self, person: str) -> frozenset[str]:
        """The persons with whom this one is not to be brought together, whoever of them blocked whom, and where."""
        return frozenset(side.person for side in await self.sides(person))

    async def _change(self, person: str, block: str, side: bytes, errands: Errands) -> bool:
        inbox = channels.inbox(person)
        await self.outbox.announce(inbox, errands)
        changed = await self.scripts.run(
            "block",
            {"blocks": keys.blocks(person), "out": keys.out(inbox)},
            {
                "block": block,
                "side": side,
                "most": self.settings.blocks_per_person,
                "person_ms": self.settings.person_ms,
                "errands": packed(errands),
            },
        )
        return bool(changed)


def as_sides(mine: Iterable[bytes], theirs: Iterable[bytes]) -> tuple[Apart, ...]:
    """From the two keys' values; one that has ended is only a time."""
    noted = (note[WHEN_BYTES:] for note in theirs)
    return tuple(_sides.decode(side) for side in (*mine, *noted) if side)

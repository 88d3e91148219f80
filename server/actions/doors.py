"""The doors: the live truth about every room, who is on duty and who listens, read at most every two seconds."""

import asyncio
from dataclasses import dataclass

from msgspec import Struct

from server.actions.condition import Condition
from server.actions.roster import Roster
from server.actions.terms import terms_of
from server.config import Settings
from server.domain import matching
from server.domain.ages import Band
from server.domain.content import Content
from server.domain.matching import Behind
from server.protocol.fields import Millis, Part
from server.store.listening import decoded
from server.store.rooms import Live
from server.store.store import Store


class Doors(Struct, frozen=True):
    """`rooms` by id; `listening` by age band."""

    now: Millis
    staff: tuple[str, ...]
    away: tuple[Part, ...]
    rooms: dict[str, Live]
    listening: dict[str, Behind]


@dataclass(slots=True)
class Doorway:
    """Looks for everyone at once: a thousand pages asking cost what one costs."""

    store: Store
    content: Content
    settings: Settings
    roster: Roster
    condition: Condition
    _seen: Doors | None = None
    _stale_at: float = 0.0

    async def look(self) -> Doors:
        """`Refused(UNAVAILABLE)` when the store does not answer: an old truth is not told."""
        now = asyncio.get_running_loop().time()
        if self._seen is None or now >= self._stale_at:
            rooms = self.content.rooms
            channels = [room.channel for room in rooms.values()]
            live, behind = await asyncio.gather(self.store.rooms.live(channels), self._behind())
            truth = dict(zip(rooms, live, strict=True))
            self._seen = Doors(self.store.clock.now(), self.roster.names, self.condition.away, truth, behind)
            self._stale_at = now + self.settings.doors_ms / 1000
        return self._seen

    async def _behind(self) -> dict[str, Behind]:
        kept, seen = await asyncio.gather(self.store.listening.everything(), self.store.listening.seen())
        everyone = [record for record in map(decoded, kept.values()) if record is not None]
        now, terms = self.store.clock.now(), terms_of(self.settings)
        return {band.value: matching.behind(band, everyone, seen, now, terms) for band in (Band.ADULT, Band.MINOR)}

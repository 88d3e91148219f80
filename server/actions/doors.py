"""The doors: the live truth about every room and who is on duty, read at most every two seconds."""

import asyncio
from dataclasses import dataclass

from msgspec import Struct

from server.actions.condition import Condition
from server.actions.roster import Roster
from server.config import Settings
from server.domain.content import Content
from server.protocol.fields import Millis, Part
from server.store.rooms import Live
from server.store.store import Store


class Doors(Struct, frozen=True):
    """`rooms` by id."""

    now: Millis
    staff: tuple[str, ...]
    away: tuple[Part, ...]
    rooms: dict[str, Live]


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
            live = await self.store.rooms.live([room.channel for room in rooms.values()])
            truth = dict(zip(rooms, live, strict=True))
            self._seen = Doors(self.store.clock.now(), self.roster.names, self.condition.away, truth)
            self._stale_at = now + self.settings.doors_ms / 1000
        return self._seen

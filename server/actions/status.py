"""The public status: the numbers of the overview, rounded, looked at for everyone at once."""

import asyncio
from dataclasses import dataclass

from server.actions import overview
from server.actions.services import Services
from server.domain import status as rules
from server.domain.overview import numbers
from server.domain.status import Status
from server.protocol.fields import Part, RoomState
from server.protocol.refusals import Refused


@dataclass(slots=True)
class Board:
    """What the last look found: however many ask, we look once in `status_ms`."""

    services: Services
    _seen: Status | None = None
    _stale_at: float = 0.0

    async def look(self) -> Status:
        """An old truth is not told: when the store does not answer, that is the status."""
        now = asyncio.get_running_loop().time()
        if self._seen is None or now >= self._stale_at:
            self._seen = await _status(self.services)
            self._stale_at = now + self.services.settings.status_ms / 1000
        return self._seen


async def _status(services: Services) -> Status:
    now, away = services.store.clock.now(), services.condition.away
    try:
        doors, seen = await asyncio.gather(services.doorway.look(), overview.look(services))
    except Refused:
        return Status(now, (Part.STORE, *(part for part in away if part is not Part.STORE)))
    return Status(
        at=now,
        away=away,
        on_duty=bool(doors.staff),
        open_rooms=sum(room.state is RoomState.OPEN for room in doors.rooms.values()),
        rooms=len(doors.rooms),
        listening=rules.listening(numbers(seen)) if services.settings.one_listener else None,
    )

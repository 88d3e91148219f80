"""The store's clock as seen from here: so that no process's own clock decides anything."""

import time
from dataclasses import dataclass

from server.store.link import Link


@dataclass(slots=True)
class Clock:
    """Milliseconds since 1970 by the store's clock, without asking it each time."""

    _ahead_ms: float = 0.0  # of this machine's monotonic clock

    async def read(self, link: Link) -> None:
        """Compare once; the half of the round trip is the error."""
        asked = time.monotonic()
        seconds, microseconds = await link.ask(("TIME",))
        halfway = (asked + time.monotonic()) / 2
        self._ahead_ms = int(seconds) * 1000 + int(microseconds) / 1000 - halfway * 1000

    def now(self) -> int:
        return int(time.monotonic() * 1000 + self._ahead_ms)

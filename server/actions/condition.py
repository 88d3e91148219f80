"""The condition of the service: which parts are away, found by asking them, and told to everyone who is here."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from server import metrics
from server.protocol.fields import Part

MISSES = 2  # one answer that is late is no failure


class Store(Protocol):
    async def ready(self) -> bool: ...
    async def keeps(self) -> bool: ...


class Screening(Protocol):
    async def works(self) -> bool: ...


@dataclass(slots=True)
class Condition:
    """What this process knows of the parts that it stands on; every process finds out for itself."""

    store: Store
    screening: Screening
    away: tuple[Part, ...] = ()
    changed: Callable[[tuple[Part, ...]], None] = lambda away: None
    _missed: Counter[Part] = field(default_factory=Counter)

    async def look(self) -> None:
        """A part is away once it has failed twice in a row, and back with its first good answer."""
        ready, keeps, works = await asyncio.gather(self.store.ready(), self.store.keeps(), self.screening.works())
        well = {Part.STORE: ready, Part.KEEPING: keeps or not ready, Part.SCREENING: works}
        for part, is_well in well.items():
            self._missed[part] = 0 if is_well else self._missed[part] + 1
            metrics.away[part.value].set(int(self._missed[part] >= MISSES))
        away = tuple(part for part in Part if self._missed[part] >= MISSES)
        if away != self.away:
            self.away = away
            self.changed(away)

"""Who takes part: what it does for a message, how it is started, and how the load generator speaks to it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from loadtests.bench.machine import Machine
from loadtests.bench.subject import Part, Running, Speech, Subject


class Family(StrEnum):
    """Two sets of rooms: those that are busy, and those where nothing is ever said."""

    BENCH = "bench"
    IDLE = "idle"


Speak = Callable[[Family, Running, int, int], Speech]  # with how many members, in how many rooms


@dataclass(frozen=True)
class Traits:
    """What it does for a message, as set up here."""

    publishes: str  # through what
    acknowledges: str = "no"
    stores: str = "no"
    resumes: str = "no"
    screens: str = "no"


@dataclass(frozen=True)
class Served:
    """An entrant with all it needs, ready to be started as often as there are measurements."""

    name: str
    parts: tuple[Part, ...]
    ports: tuple[int, ...]
    speak: Speak
    aside: tuple[int, ...] = ()
    settle: float = 0.5  # seconds until what follows an arrival is over

    def subject(self, family: Family) -> Subject:
        return Subject(self.name, self.parts, self.ports, partial(self.speak, family), aside=self.aside)


@dataclass(frozen=True)
class Entrant:
    """One row of the table. `served` raises `NotHere` where this machine hasn't got what it takes."""

    key: str
    name: str
    traits: Traits
    served: Callable[[Machine, Path], AbstractContextManager[Served]]

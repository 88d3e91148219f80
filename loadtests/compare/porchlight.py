"""Ours, as the benchmark starts it: everything on, its own store with a sync for every message."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loadtests.bench.machine import Machine
from loadtests.bench.porchlight import house
from loadtests.bench.run import PRESENCE_SECONDS
from loadtests.bench.subject import Running, Speech
from loadtests.compare.entrant import Entrant, Family, Served, Traits


@contextmanager
def _served(machine: Machine, folder: Path) -> Iterator[Served]:
    with house(machine) as ours:
        subject = ours.subject()

        def speak(family: Family, running: Running, members: int, rooms: int) -> Speech:
            if len(ours.cookies) < members:
                ours.sign_in(members)
            return ours.speech(running, members, family)

        yield Served(subject.name, subject.parts, subject.ports, speak, subject.aside, settle=PRESENCE_SECONDS)


PORCHLIGHT = Entrant(
    "porchlight",
    "**Porchlight**, everything on",
    Traits("Redis", acknowledges="yes", stores="yes, with fsync", resumes="yes", screens="yes"),
    _served,
)

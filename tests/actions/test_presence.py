"""Presence is told in batches, and two tabs are one person."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from server.actions.presence import Presence
from server.config import Settings
from server.protocol.refusals import Code, Refused

NIGHT = "room:night"
HERON = "one\tp\theron"


class Rooms:
    """Writes down what is told; can be away."""

    def __init__(self) -> None:
        self.told: list[tuple[set[str], set[str]]] = []
        self.writers: list[tuple[set[str], set[str]]] = []
        self.is_away = False

    async def seen_here(self, channel: str, came: Iterable[str], went: Iterable[str]) -> None:
        if self.is_away:
            raise Refused(Code.UNAVAILABLE)
        self.told.append((set(came), set(went)))

    async def writing(self, channel: str, began: Iterable[str], ended: Iterable[str]) -> None:
        self.writers.append((set(began), set(ended)))


def presence(**settings: Any) -> tuple[Presence, Rooms]:
    rooms = Rooms()
    quick = replace(Settings(), presence_jitter_ms=0, **settings)
    return Presence(cast(Any, rooms), quick, "one"), rooms


async def test_many_arrivals_are_told_together() -> None:
    here, rooms = presence()
    here.came(NIGHT, "heron", "p")
    here.came(NIGHT, "Wren", "s")
    await here.tell()
    assert rooms.told == [({HERON, "one\ts\tWren"}, set())]


async def test_two_tabs_are_one_and_the_last_to_close_is_the_leaving() -> None:
    here, rooms = presence()
    for _ in range(2):
        here.came(NIGHT, "heron", "p")
    await here.tell()
    here.went(NIGHT, "heron", "p")
    await here.tell()
    here.went(NIGHT, "heron", "p")
    await here.tell()
    assert rooms.told == [({HERON}, set()), (set(), {HERON})]


async def test_a_reload_is_no_leaving() -> None:
    here, rooms = presence()
    here.came(NIGHT, "heron", "p")
    here.went(NIGHT, "heron", "p")
    here.came(NIGHT, "heron", "p")
    await here.tell()
    assert rooms.told == [({HERON}, set())]


async def test_what_the_store_missed_is_told_later() -> None:
    here, rooms = presence()
    rooms.is_away = True
    here.came(NIGHT, "heron", "p")
    await here.tell()
    rooms.is_away = False
    await here.tell()
    assert rooms.told == [({HERON}, set())]


async def test_presence_is_confirmed_again_and_again() -> None:
    here, rooms = presence()
    here.came(NIGHT, "heron", "p")
    await here.tell()
    await here.confirm()
    await here.tell()
    assert rooms.told == [({HERON}, set()), ({HERON}, set())]


async def test_at_a_stop_everyone_has_gone() -> None:
    here, rooms = presence()
    here.came(NIGHT, "heron", "p")
    await here.leave()
    assert rooms.told == [(set(), {HERON})]


async def test_typing_is_heard_once_in_its_time_100() -> None:
    here, rooms = presence(typing_ms=1_000_000)
    for _ in range(100):
        here.writes(NIGHT, "heron", "p")
        await here.tell()
    assert rooms.writers == [({HERON}, set())]


async def test_who_has_posted_is_no_longer_writing() -> None:
    here, rooms = presence()
    here.writes(NIGHT, "heron", "p")
    await here.tell()
    here.posted(NIGHT, "heron")
    here.posted(NIGHT, "otter")
    await here.tell()
    await here.tell()
    assert rooms.writers == [({HERON}, set()), (set(), {HERON})]

"""Everybody is let go once, spread over no more time than it needs."""

import asyncio

import pytest

from server.config import Settings
from server.transport.draining import Stop, drain, let_everyone_go
from tests.waiting import until

NO_LIMIT = 1_000_000


class Guest:
    def __init__(self, house: "House", stays: bool) -> None:
        self._house, self._stays = house, stays

    def let_go(self) -> None:
        self._house.let_go.append((asyncio.get_running_loop().time(), self))
        if not self._stays:
            self._house.connections.remove(self)


class House:
    def __init__(self, people: int, stay: int = 0) -> None:
        self.connections: list[Guest] = [Guest(self, place < stay) for place in range(people)]
        self.let_go: list[tuple[float, Guest]] = []

    @property
    def spread_s(self) -> float:
        moments = [at for at, _ in self.let_go]
        return moments[-1] - moments[0]


async def test_everybody_is_let_go_once() -> None:
    house = House(100)
    everyone = set(house.connections)
    await let_everyone_go(house, Settings(handshakes_per_second=1_000))
    assert {guest for _, guest in house.let_go} == everyone
    assert len(house.let_go) == len(everyone)


async def test_no_faster_than_another_process_lets_them_in() -> None:
    house = House(100)
    await let_everyone_go(house, Settings(handshakes_per_second=200, drain_ms=NO_LIMIT))
    assert house.spread_s > 0.45  # a hundred at two hundred a second


async def test_and_no_longer_than_the_drain() -> None:
    house = House(100)
    await let_everyone_go(house, Settings(handshakes_per_second=1, drain_ms=100))
    assert house.spread_s > 0.09  # at one a second it would not have ended before this test is given up


async def test_an_empty_house_is_drained_already() -> None:
    await let_everyone_go(House(0), Settings())


async def test_who_does_not_go_is_waited_for_until_the_limit() -> None:
    house, stop = House(3, stay=1), Stop()
    await drain(house, Settings(drain_limit_ms=200), stop.at_once, leaving_s=0.1)
    assert len(house.connections) == 1


async def test_told_twice_nobody_is_waited_for() -> None:
    house, stop = House(2, stay=1), Stop()
    stop.told()
    draining = asyncio.create_task(drain(house, Settings(drain_limit_ms=NO_LIMIT), stop.at_once, leaving_s=0.0))
    await until(lambda: len(house.connections) == 1)
    assert not draining.done()
    stop.told()
    await draining


@pytest.mark.parametrize(
    ("told", "asked", "at_once"), [(0, False, False), (1, True, False), (2, True, True), (3, True, True)]
)
async def test_the_second_word_hurries(told: int, asked: bool, at_once: bool) -> None:
    stop = Stop()
    for _ in range(told):
        stop.told()
    assert (stop.asked.done(), stop.at_once.done()) == (asked, at_once)

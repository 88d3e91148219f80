"""The house that most walks share: one store and two processes; each test has a room of its own."""

from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

import pytest

from tests.walks.house import Build, House

LOG_SHOWN = 4_000  # characters of each server's log, under a failed walk

houses: list[House] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        logs = [server.said()[-LOG_SHOWN:] for house in houses for server in house.servers]
        report.sections += [(f"server {place}", log) for place, log in enumerate(logs)]
    return report


@pytest.fixture(scope="session")
def shared_house() -> Iterator[House]:
    house = House()
    houses.append(house)
    yield house
    houses.remove(house)
    house.close()


@pytest.fixture
async def house(shared_house: House) -> AsyncIterator[House]:
    yield shared_house
    await shared_house.see_everyone_out()


@pytest.fixture
def room(shared_house: House) -> str:
    return shared_house.fresh_room()


@pytest.fixture
async def build() -> AsyncIterator[Build]:
    """`build(servers=1, hold_ms="200")`; taken down at the end."""
    built: list[House] = []

    def build_one(servers: int = 2, **settings: Any) -> House:
        house = House(servers, **settings)
        houses.append(house)
        built.append(house)
        return house

    yield build_one
    for house in built:
        await house.see_everyone_out()
        house.close()
        houses.remove(house)

"""The house that most walks share: one store and two processes; each test has a room of its own."""

from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

import pytest

from tests.walks import contract, whole
from tests.walks.contract import Overheard
from tests.walks.house import Build, House

LOG_SHOWN = 4_000  # characters of each server's log, under a failed walk

houses: list[House] = []


class Walked(House):
    """A house in which every frame that is heard is held against the contract of who hears it."""

    visitor = Overheard

    def __init__(self, servers: int = 2, **settings: Any) -> None:
        self.overheard: list[Overheard] = []
        super().__init__(servers, **settings)

    def client(self, at: int = 0, **more: Any) -> Overheard:
        client = super().client(at, **more)
        assert isinstance(client, Overheard)
        self.overheard.append(client)
        return client

    def judge(self) -> None:
        people, self.overheard = self.overheard, []
        breaches = contract.breaches(contract.of_a_walk(people), contract.golden())
        assert whole.WRITES or not breaches, f"{breaches}; if it is meant, run: make golden"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        logs = [server.said()[-LOG_SHOWN:] for house in houses for server in house.servers]
        report.sections += [(f"server {place}", log) for place, log in enumerate(logs)]
    return report


def pytest_runtest_teardown(item: pytest.Item) -> None:
    whole.walked.add(item.path.name)


def pytest_sessionfinish(session: pytest.Session) -> None:
    whole.told(session.config)


@pytest.fixture(scope="session")
def shared_house() -> Iterator[Walked]:
    house = Walked()
    houses.append(house)
    yield house
    houses.remove(house)
    house.close()


@pytest.fixture
async def house(shared_house: Walked) -> AsyncIterator[House]:
    yield shared_house
    await shared_house.see_everyone_out()
    shared_house.judge()


@pytest.fixture
def room(shared_house: House) -> str:
    return shared_house.fresh_room()


@pytest.fixture
async def build() -> AsyncIterator[Build]:
    """`build(servers=1, hold_ms="200")`; taken down at the end."""
    built: list[Walked] = []

    def build_one(servers: int = 2, **settings: Any) -> House:
        house = Walked(servers, **settings)
        houses.append(house)
        built.append(house)
        return house

    yield build_one
    for house in built:
        await house.see_everyone_out()
        house.close()
        houses.remove(house)
    for house in built:
        house.judge()

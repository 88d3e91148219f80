"""The house that most walks share: one store and two processes; each test has a room of its own."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.walks.house import Build, House


@pytest.fixture(scope="session")
def shared_house() -> Iterator[House]:
    house = House()
    yield house
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
    houses: list[House] = []

    def built(servers: int = 2, **settings: str) -> House:
        houses.append(House(servers, **settings))
        return houses[-1]

    yield built
    for house in houses:
        await house.see_everyone_out()
        house.close()

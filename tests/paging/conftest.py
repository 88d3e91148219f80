"""Other sides that end with their test."""

from collections.abc import Iterator
from typing import TypeVar

import pytest

from server.domain.paging import Alert, Kind
from server.protocol.fields import Urgency
from tests.paging.others import Other, certificate

T = TypeVar("T", bound=Other)

SECRET = "a secret between the two of us"


@pytest.fixture(scope="session")
def cert(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return certificate(tmp_path_factory.mktemp("cert"))


class Keeper:
    def __init__(self) -> None:
        self.all: list[Other] = []

    def __call__(self, other: T) -> T:
        self.all.append(other)
        return other


@pytest.fixture
def other() -> Iterator[Keeper]:
    """`other(Endpoint(...))` is closed at the end."""
    keeper = Keeper()
    yield keeper
    for each in keeper.all:
        each.close()


def alert(kind: Kind = Kind.TICKET) -> Alert:
    return Alert(
        kind=kind,
        service="Porchlight",
        urgency=Urgency.SERIOUS,
        step="team",
        ticket="t1",
        since=1_700_000_000_000,
        waiting=2,
        link="https://chat.example/page/abc",
    )

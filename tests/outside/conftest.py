"""Other sides that end with their test, for whoever asks something of them."""

from collections.abc import Iterator
from typing import TypeVar

import pytest

from tests.outside.others import Other, certificate

T = TypeVar("T", bound=Other)


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

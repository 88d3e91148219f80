"""What is remembered of a person, against real stores."""

from server.domain.care import Rest
from server.protocol.fields import Urgency
from server.store.people import Remembered
from server.store.store import Store

ANA = "a" * 32


async def test_someone_new_has_agreed_to_nothing(store: Store) -> None:
    assert await store.people.remembered(ANA) == Remembered(0, None)


async def test_the_rules_agreed_to_and_the_rest_are_remembered(store: Store) -> None:
    await store.people.accept_rules(ANA, 3)
    await store.people.rest_cards(ANA, Rest(99, Urgency.CONCERN))
    assert await store.people.remembered(ANA) == Remembered(3, Rest(99, Urgency.CONCERN))
    await store.people.rest_cards(ANA, Rest(100, None))
    assert await store.people.remembered(ANA) == Remembered(3, Rest(100, None))

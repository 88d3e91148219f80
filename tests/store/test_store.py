"""The store as a whole."""

from server.store.store import Store


async def test_it_says_that_it_answers(store: Store) -> None:
    assert await store.ready()


async def test_the_secret_is_made_once(store: Store) -> None:
    first = await store.secret()
    assert len(first) == 32
    assert await store.secret() == first

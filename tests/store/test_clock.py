"""The store's clock, seen from here."""

from server.store.clock import Clock
from server.store.store import Store


async def test_it_is_the_stores_and_not_ours(store: Store) -> None:
    clock = Clock()
    await clock.read(store.link)
    seconds, _ = await store.link.client.time()
    assert abs(clock.now() - seconds * 1000) < 60_000

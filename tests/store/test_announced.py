"""A channel in which something may be is on a short list, and off it once nothing is, against real stores."""

from server.store import keys
from server.store.announced import QUIET_MS, Announced
from server.store.store import Store


def holding(store: Store) -> Announced:
    return store.channels.holding


async def test_where_something_is_it_is_found(store: Store) -> None:
    await holding(store).announce("room:night", "room:day")
    await store.link.client.hset(keys.held("room:day"), "h1", "record")
    assert await holding(store).found("HVALS") == {"room:day": [b"record"]}


async def test_what_was_not_announced_is_not_asked_for(store: Store) -> None:
    await store.link.client.hset(keys.held("room:day"), "h1", "record")
    assert await holding(store).found("HVALS") == {}


async def test_it_is_announced_before_it_is_there(store: Store) -> None:
    await holding(store).announce("room:night")
    await holding(store).found("HVALS")
    await store.link.client.hset(keys.held("room:night"), "h1", "record")
    assert set(await holding(store).found("HVALS")) == {"room:night"}, "an empty one was not forgotten too early"


async def test_one_that_stays_empty_is_asked_no_more(store: Store) -> None:
    now = store.clock.now()
    await store.link.client.zadd(keys.holding(), {"room:night": now - QUIET_MS - 1, "room:day": now})
    await holding(store).found("HVALS")
    assert await store.link.client.zrange(keys.holding(), 0, -1) == [b"room:day"]

"""Return words against real stores: one person, one use, and a summary that dies with them."""

import asyncio

from server.store import keys
from server.store.returning import Summary
from server.store.store import Store

ANA = "a" * 32


async def test_of_many_who_try_at_once_one_comes_in(store: Store) -> None:
    await store.returning.give(ANA, "d1")
    found = await asyncio.gather(*(store.returning.take("d1", str(attempt)) for attempt in range(10)))
    assert sorted(found) == [""] * 9 + [ANA]
    assert 0 < await store.link.client.pttl(keys.returning("d1")) <= 60_000


async def test_new_words_end_those_before(store: Store) -> None:
    await store.returning.give(ANA, "d1")
    await store.returning.give(ANA, "d2")
    assert (await store.returning.take("d1", "x"), await store.returning.take("d2", "x")) == ("", ANA)


async def test_a_summary_lives_as_long_as_the_words(store: Store) -> None:
    await store.returning.give(ANA, "d1")
    await store.returning.keep_summary(ANA, Summary("Work has been hard.", share=True))
    assert (await store.returning.summary(ANA)).share
    words, summary = [await store.link.client.pttl(key) for key in (keys.returning("d1"), keys.summary(ANA))]
    assert abs(words - summary) < 60_000
    await store.link.client.pexpire(keys.returning("d1"), 1_000)
    await store.returning.keep(ANA)
    assert await store.returning.left_ms(ANA) > 60_000
    await store.returning.forget(ANA)
    assert await store.returning.summary(ANA) == Summary()
    assert await store.returning.left_ms(ANA) == 0


async def test_no_words_no_summary(store: Store) -> None:
    await store.returning.keep_summary(ANA, Summary(""))
    assert await store.returning.summary(ANA) == Summary()
    assert repr(Summary("hello")) == "Summary(...)"

"""Calls of steps: their order, and what a restarted store has forgotten."""

import asyncio

import pytest

from server.store.store import Store


async def test_calls_of_one_turn_keep_their_order(store: Store) -> None:
    scripts = store.channels.scripts
    keys, arguments = {"count": "n"}, {"allowed": 2, "window_ms": 60_000}
    answers = await asyncio.gather(*(scripts.run("quota", keys, arguments) for _ in range(4)))
    assert answers[:2] == [0, 0]
    assert all(wait > 0 for wait in answers[2:])


async def test_a_store_that_forgot_the_script_is_given_it_again(store: Store) -> None:
    scripts = store.channels.scripts
    keys, arguments = {"count": "n"}, {"allowed": 9, "window_ms": 60_000}
    await scripts.run("quota", keys, arguments)
    await store.link.client.script_flush()
    await scripts.run("quota", keys, arguments)
    assert await store.link.client.get("n") == b"2"


async def test_an_error_in_one_call_does_not_harm_the_others(store: Store) -> None:
    scripts = store.channels.scripts
    await store.link.client.set("text", "not a number")
    arguments = {"allowed": 9, "window_ms": 60_000}
    calls = [scripts.run("quota", {"count": count}, arguments) for count in ("text", "n")]
    answers: list[object] = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(answers[0], Exception)
    assert answers[1] == 0


async def test_a_call_that_was_begun_is_finished_again_and_again(store: Store) -> None:
    scripts = store.channels.scripts
    begun = scripts.begin("quota", {"count": "n"}, {"allowed": 2}, rest=("window_ms",))
    assert [await scripts.finish(begun, 60_000) for _ in range(2)] == [0, 0]
    assert await scripts.finish(begun, 60_000) > 0


async def test_a_beginning_with_other_names_is_a_bug(store: Store) -> None:
    with pytest.raises(TypeError):
        store.channels.scripts.begin("quota", {"count": "n"}, {"window_ms": 1}, rest=("allowed",))

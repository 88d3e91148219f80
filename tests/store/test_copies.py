"""Copies: an answer is told when enough have it, refused when too few do. Real copies are in tests/faults."""

import asyncio

import pytest

from server.config import Settings
from server.protocol.refusals import Code, Refused
from server.store.call import Call
from server.store.copies import BRIEF_MS, Copies

ONE = Settings(store_replicas=1, store_wait_ms=500)


def change() -> Call:
    return Call(b"", "", True, asyncio.get_running_loop().create_future(), 0.0)


async def test_only_what_changes_something_is_waited_for_and_only_where_copies_are_asked_for() -> None:
    reading = change()._replace(changes=False)
    assert Copies(ONE).must_confirm([reading, change()])
    assert not Copies(ONE).must_confirm([reading])
    assert not Copies(Settings()).must_confirm([change()])


async def test_an_answer_is_told_when_a_copy_has_it() -> None:
    copies, call = Copies(ONE), change()
    copies.ask()
    copies.hold(call, b"yes")
    assert call.answer is not None
    assert not call.answer.done()
    copies.answered(1)
    assert (await call.answer, copies.asked) == (b"yes", None)


@pytest.mark.parametrize("reply", [0, None, Exception("NOREPLICAS")])
async def test_where_too_few_have_it_or_nobody_knows_it_is_refused(reply: object) -> None:
    copies, call = Copies(ONE), change()
    copies.ask()
    copies.hold(call, b"yes")
    copies.answered(reply)
    assert call.answer is not None
    with pytest.raises(Refused) as no:
        await call.answer
    assert no.value.code is Code.UNAVAILABLE


async def test_copies_that_are_away_are_not_waited_for_at_length_until_they_are_back() -> None:
    copies = Copies(ONE)
    assert b"500" in copies.ask().packed
    copies.answered(0)
    assert str(BRIEF_MS).encode() in copies.ask().packed
    copies.answered(1)
    assert b"500" in copies.ask().packed

"""What fails is left alone, and tried by one call at a time."""

import asyncio

import pytest

from server.outside.breaker import FAILURES, REST_S, Breaker
from server.outside.thread import Failed


class Side:
    """The other side and the breaker before it, at a time of the test's own."""

    def __init__(self) -> None:
        self.now, self.asked, self.works = 0.0, 0, False
        self.breaker = Breaker("it", lambda: self.now)

    def call(self) -> str:
        try:
            with self.breaker.watching():
                self.asked += 1
                if not self.works:
                    raise Failed("timeout")
                return "answered"
        except Failed as no:
            return no.why


def failing() -> Side:
    side = Side()
    assert [side.call() for _ in range(FAILURES)] == ["timeout"] * FAILURES
    return side


def test_what_fails_again_and_again_is_not_asked_any_more() -> None:
    side = failing()
    assert [side.call() for _ in range(1_000)] == ["resting"] * 1_000
    assert side.asked == FAILURES


def test_failures_with_an_answer_between_them_are_not_in_a_row() -> None:
    side = Side()
    for turn in range(10 * FAILURES):
        side.works = turn % FAILURES == 0
        assert side.call() == ("answered" if side.works else "timeout")


def test_after_a_rest_it_is_tried_once_and_an_answer_closes_the_circuit() -> None:
    side = failing()
    side.now += REST_S
    assert [side.call() for _ in range(3)] == ["timeout", "resting", "resting"]
    side.works = True
    assert side.call() == "resting"
    side.now += REST_S
    assert [side.call() for _ in range(3)] == ["answered"] * 3


async def test_only_one_call_at_a_time_tries_it() -> None:
    side = failing()
    side.now += 100 * REST_S
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def probe() -> None:
        with side.breaker.watching():
            await answer

    trying = asyncio.create_task(probe())
    await asyncio.sleep(0)
    assert [side.call() for _ in range(100)] == ["resting"] * 100
    answer.set_result(None)
    await trying
    side.works = True
    assert side.call() == "answered"


async def test_a_try_that_is_given_up_makes_way_for_the_next() -> None:
    side = failing()
    side.now += REST_S

    async def probe() -> None:
        with side.breaker.watching():
            await asyncio.Event().wait()

    trying = asyncio.create_task(probe())
    await asyncio.sleep(0)
    trying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trying
    assert side.call() == "resting"
    side.now += REST_S
    side.works = True
    assert side.call() == "answered"


async def test_what_was_asked_before_the_circuit_opened_says_nothing_new() -> None:
    side = Side()
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def early() -> None:
        with side.breaker.watching():
            await answer

    asked = asyncio.create_task(early())
    await asyncio.sleep(0)
    for _ in range(FAILURES):
        side.call()
    answer.set_result(None)
    await asked
    assert side.call() == "resting"


def test_who_runs_it_is_told_when_it_is_left_alone_and_when_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    side = failing()
    side.now, side.works = REST_S, True
    side.call()
    assert [record.getMessage() for record in caplog.records] == [
        f"it is left alone: it failed {FAILURES} times in a row",
        "it answers again",
    ]

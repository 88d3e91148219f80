"""A checker that finds nothing proves nothing: each planted bug is found, and the same evening without one is clean."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from loadtests.witness import LOST, TWICE, Verdict
from tests.faults.checker import GAP
from tests.faults.conftest import Outcome, found
from tests.faults.house import apart, kill_in_turn
from tests.faults.people import Crowd
from tests.faults.stores import Single
from tests.walks.house import PROGRAM

MESSAGES = 100
PATIENCE_S = 2.0  # for what a planted bug has lost for ever


async def an_evening(
    chance: random.Random, bug: str = "", kills: int = 0, repeats: float = 0.1, patience_s: float = PATIENCE_S
) -> Verdict:
    """Two processes with bad links to their store; one may be killed, and people's own connections end."""
    program = ("tests.faults.planted", bug) if bug else PROGRAM
    with Single("everysec") as store, apart(store, 2, chance, program, position_check_ms="1000") as (house, proxies):
        crowd = Crowd(house, 2, chance)
        people = await crowd.arrive("sender", 6, rooms=2)
        for proxy in proxies:
            proxy.lose_published(0.2)
            proxy.cut_after_append(0.02)
        mortal = house.servers[1]
        killing = asyncio.create_task(kill_in_turn([mortal], kills, chance, just_after(crowd, mortal.url)))
        await crowd.talk(people, enough(crowd, killing), pace_s=0.02, repeats=repeats)
        for proxy in proxies:
            proxy.forward()
        return await crowd.is_over(patience_s)


def just_after(crowd: Crowd, url: str) -> Callable[[int], bool]:
    """A third of the evening is over, and this process has acknowledged the newest message."""
    return lambda turn: crowd.acknowledged > MESSAGES // 3 and crowd.acknowledged_by == url


def enough(crowd: Crowd, killing: "asyncio.Task[None]") -> Callable[[], bool]:
    return lambda: killing.done() and crowd.acknowledged >= MESSAGES


async def test_without_a_bug_the_evening_is_clean(chance: random.Random, outcome: Outcome) -> None:
    outcome.is_clean(await an_evening(chance, kills=1, patience_s=30.0))


async def test_the_checker_finds_hasty(chance: random.Random, outcome: Outcome) -> None:
    """Said once only: the copy of a repeated message may stand in the room already when it is acknowledged."""
    await finds(LOST, an_evening(chance, "hasty", kills=1, repeats=0), outcome)


@pytest.mark.parametrize(
    ("bug", "kind"),
    [("forgetful", TWICE), ("leaky", GAP), ("blind", TWICE), ("skipping", GAP), ("stuttering", TWICE)],
)
async def test_the_checker_finds(bug: str, kind: str, chance: random.Random, outcome: Outcome) -> None:
    await finds(kind, an_evening(chance, bug), outcome)


async def finds(kind: str, evening: Awaitable[Verdict], outcome: Outcome) -> None:
    verdict = await evening
    outcome.notes("/".join(found(verdict)))
    assert verdict.of(kind)

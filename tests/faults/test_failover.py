"""G4: what a copy has confirmed survives the failover to it; what none has does not, and was not acknowledged."""

import asyncio
import random

import pytest

from loadtests.witness import LOST, Verdict
from tests.faults.conftest import Outcome, found
from tests.faults.figures import of
from tests.faults.house import Faulty, until
from tests.faults.people import Crowd
from tests.faults.replicated import Replicated
from tests.walks.house import PROGRAM

SERVERS, PEOPLE, ROOMS = 2, 10, 5
ROUNDS, CUT_OFF_S, EACH = of(1, 10), of(1.0, 3.0), of(100, 1_000)


async def an_evening(chance: random.Random, copies: int, program: tuple[str, ...] = PROGRAM) -> Verdict:
    """The primary is cut off from its copy and from the Sentinel, not from the servers; then another is primary."""
    with Replicated() as store, Faulty(store, SERVERS, program, store_replicas=str(copies)) as house:
        crowd = Crowd(house, ROOMS, chance)
        people = await crowd.arrive("sender", PEOPLE, rooms=2)
        await crowd.arrive("observer", ROOMS, rooms=1)
        failing = asyncio.create_task(_fail_over(store, crowd))
        await crowd.talk(people, lambda: failing.done() and crowd.acknowledged >= (ROUNDS + 1) * EACH, pace_s=0.02)
        await failing
        return await crowd.is_over()


async def _fail_over(store: Replicated, crowd: Crowd) -> None:
    for turn in range(ROUNDS):
        await until(lambda turn=turn: crowd.acknowledged >= (turn + 1) * EACH)  # type: ignore[misc]
        parted = store.primary
        await asyncio.to_thread(store.fail_over, CUT_OFF_S)
        await asyncio.to_thread(store.heal, parted)
        await asyncio.to_thread(store.await_replicas)


async def test_g4_what_a_copy_confirmed_survives_a_failover(chance: random.Random, outcome: Outcome) -> None:
    outcome.notes(f"{ROUNDS} failovers after {CUT_OFF_S} s")
    outcome.is_clean(await an_evening(chance, copies=1))


@pytest.mark.parametrize(("copies", "program"), [(0, PROGRAM), (1, ("tests.faults.planted", "trusting"))])
async def test_g4_what_no_copy_confirmed_does_not(
    copies: int, program: tuple[str, ...], chance: random.Random, outcome: Outcome
) -> None:
    verdict = await an_evening(chance, copies, program)
    acknowledged = verdict.counts["different messages acknowledged"]
    outcome.notes(
        f"{acknowledged:,} acknowledged", f"{verdict.of(LOST) / acknowledged:.0%} lost", "/".join(found(verdict))
    )
    assert verdict.of(LOST)

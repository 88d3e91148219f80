"""G2, G3 and G7: the store is killed or loses its power while everyone talks."""

import asyncio
import random
import shutil
import time
from collections.abc import Callable

import pytest

from loadtests.bench.tools import COMPILERS
from loadtests.witness import LOST
from tests.faults.checker import lost
from tests.faults.conftest import IS_FULL, Outcome, Size
from tests.faults.house import Faulty, kill_in_turn, until
from tests.faults.people import LAST_READER, Crowd
from tests.faults.stores import Single

SERVERS = 2
UNSYNCED_S = 2.0  # what `everysec` may lose
# A power cut begins at some moment of the second in which nothing was synced.
DARK_S = 0.2

needs_compiler = pytest.mark.skipif(not any(map(shutil.which, COMPILERS)), reason="there is no C compiler here")


@pytest.mark.parametrize("fsync", ["always", "everysec"] if IS_FULL else ["always"])
async def test_g2_nothing_acknowledged_is_lost_when_the_store_is_killed(
    fsync: str, size: Size, chance: random.Random, outcome: Outcome
) -> None:
    with Single(fsync) as store, Faulty(store, SERVERS) as house:
        crowd = Crowd(house, size.rooms, chance)
        await talk_through(crowd, size, size.store_kills, lambda: go_dark(store, store.kill))
        outcome.notes(f"{size.store_kills} kills")
        outcome.is_clean(await crowd.is_over())


async def test_g7_all_see_the_same_in_one_order_while_processes_and_the_store_are_killed(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    with Single("always") as store, Faulty(store, SERVERS) as house:
        crowd = Crowd(house, size.rooms, chance)
        await crowd.arrive("observer", size.people, rooms=size.rooms)
        killing = asyncio.create_task(
            kill_in_turn(house.servers, size.kills, chance, at(crowd, size.messages, size.kills))
        )
        await talk_through(crowd, size, size.store_kills, lambda: go_dark(store, store.kill), killing.done)
        await killing
        outcome.notes(f"{size.kills} processes and the store {size.store_kills} times killed")
        outcome.is_clean(await crowd.is_over())


@needs_compiler
async def test_g3_nothing_acknowledged_is_lost_in_a_power_cut_where_every_append_is_synced(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    with Single("always", power=True) as store, Faulty(store, SERVERS) as house:
        crowd = Crowd(house, size.rooms, chance)
        dropped = await talk_through(crowd, size, size.power_cuts, lambda: go_dark(store, store.cut_power))
        outcome.notes(f"{size.power_cuts} power cuts, {sum(dropped):,} bytes gone")
        outcome.is_clean(await crowd.is_over())


@needs_compiler
async def test_g3_of_a_store_that_syncs_each_second_a_power_cut_takes_two_seconds_at_most(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    with Single("everysec", power=True) as store, Faulty(store, SERVERS) as house:
        crowd, cuts, backs = Crowd(house, size.rooms, chance), [], []

        def cut() -> int:
            store.stop_unsynced()
            cuts.append(time.perf_counter())
            dropped = store.cut_power()
            backs.append(time.perf_counter() + DARK_S)
            return dropped

        dropped = await talk_through(crowd, size, size.power_cuts, lambda: go_dark(store, cut))
        verdict = await crowd.is_over()
        # An answer may be read when the store that gave it is dead already, and not when the next one lives.
        ages = [
            min(max(0.0, at - line.at) for at, back in zip(cuts, backs, strict=True) if back > line.at)
            for line in lost(crowd.lines, crowd.lines[LAST_READER])
        ]
        outcome.notes(f"{size.power_cuts} power cuts, {sum(dropped):,} bytes gone, {len(ages)} acknowledged lost")
        outcome.notes(f"the oldest {max(ages, default=0):.2f} s")
        assert sum(dropped) > 0, "what was not synced is really gone"
        assert all(age <= UNSYNCED_S for age in ages)
        assert verdict.counts["entered, epoch"] >= len(crowd.clients) - 1, "everyone was told, but who came at the end"
        assert {fault.kind for fault in verdict.faults} <= {LOST}, (
            "no number has two meanings, nothing is missed in silence"
        )


async def talk_through(
    crowd: Crowd, size: Size, times: int, fault: Callable[[], int], is_done: Callable[[], bool] = lambda: True
) -> list[int]:
    """Everyone talks while the fault comes so many times, in its turn; what each of them gave."""
    people = await crowd.arrive("sender", size.people, rooms=2)
    given: list[int] = []

    async def faults() -> None:
        for turn in range(times):
            await until(lambda turn=turn: at(crowd, size.messages, times)(turn))  # type: ignore[misc]
            given.append(await asyncio.to_thread(fault))

    failing = asyncio.create_task(faults())
    await crowd.talk(people, lambda: failing.done() and is_done() and crowd.acknowledged >= size.messages, size.pace_s)
    await failing
    return given


def at(crowd: Crowd, messages: int, times: int) -> Callable[[int], bool]:
    """Spread over what is said."""
    return lambda turn: crowd.acknowledged >= (turn + 1) * messages / (times + 1)


def go_dark(store: Single, end: Callable[[], int | None]) -> int:
    given = end() or 0
    time.sleep(DARK_S)
    store.start()
    return given

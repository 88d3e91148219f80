"""G18: who asks for help, or is worried about, is at the desk whatever is killed or lost, and each has one carer."""

import asyncio
import random
from collections.abc import Coroutine, Iterable

import pytest

from loadtests.client import Client
from tests.faults import carers
from tests.faults.carers import Asker, Carer
from tests.faults.conftest import IS_FULL, Outcome
from tests.faults.figures import percentile
from tests.faults.house import Faulty, apart, kill_in_turn
from tests.faults.stores import Single
from tests.faults.test_killed_stores import go_dark
from tests.walks.house import PROGRAM

SERVERS = 3
CARERS = 4
ESCALATIONS, ASKERS, KILLS, STORE_KILLS = (1_000, 40, 4, 2) if IS_FULL else (60, 10, 2, 1)
LOST_SHARE = 0.2  # of what the store publishes
HEALTHY_S, THROUGH_A_RESTART_S = 1.0, 15.0
# The desk and inboxes are read whole, and nobody is asked to come more slowly than they fail.
WHOLE = {"desk_messages": "1000000", "inbox_messages": "100000", "position_check_ms": "1000"}


async def test_g18_no_escalation_is_lost_and_none_is_held_twice(chance: random.Random, outcome: Outcome) -> None:
    """While processes are killed, the store is killed, and a share of what it publishes gets lost."""
    with Single("always") as store, apart(store, SERVERS, chance, PROGRAM, **WHOLE) as (house, proxies):
        people, team = await carers.gathered(house, ASKERS, CARERS)
        for proxy in proxies:
            proxy.lose_published(LOST_SHARE)
        killing = asyncio.create_task(
            kill_in_turn(
                house.servers, KILLS, chance, lambda turn: done(people) >= (turn + 1) * ESCALATIONS / (KILLS + 1)
            )
        )
        darkness = asyncio.create_task(darken(store, people))
        await escalate(people, team, ESCALATIONS)
        await asyncio.gather(killing, darkness)
        outcome.notes(
            f"{done(people):,} escalations, {carers.claimed(team):,} claims",
            f"{KILLS} processes and the store {STORE_KILLS} times killed",
            f"{sum(proxy.lost for proxy in proxies):,} published messages lost",
        )
        judged(people, team, outcome)
        await house.see_everyone_out()


@pytest.mark.parametrize("is_restarted", [False, True], ids=["healthy", "through a restart of the store"])
async def test_g18_help_is_before_staff_in_time(is_restarted: bool, chance: random.Random, outcome: Outcome) -> None:
    with Single("always") as store, Faulty(store, 2, PROGRAM, **WHOLE) as house:
        people, team = await carers.gathered(house, ASKERS, CARERS)
        restarting = asyncio.create_task(darken(store, people, 1)) if is_restarted else None
        await escalate(people, team, ESCALATIONS // 4 or 1)
        if restarting is not None:
            await restarting
        took = [seconds for _, seconds in carers.to_staff(people, team)]
        outcome.notes(
            f"{len(took)} presses, before staff p50 {percentile(took, 0.5):.3f} s, p99 {percentile(took, 0.99):.3f} s"
        )
        judged(people, team, outcome)
        await house.see_everyone_out()
        if IS_FULL:
            assert percentile(took, 0.99) <= (THROUGH_A_RESTART_S if is_restarted else HEALTHY_S)


def test_the_judge_finds_what_is_lost_and_what_is_held_twice() -> None:
    """Diaries in which both happened."""
    one, other = Carer(Client("http://nowhere")), Carer(Client("http://nowhere"))
    one.client.welcome, other.client.welcome = {"name": "Wren"}, {"name": "Ibis"}
    asker = Asker(Client("http://nowhere"), "room:night", one)
    asker.diary("heard", {"type": "help_received", "ticket": "t1"})
    assert carers.lost([asker], [one]) == ["t1"]
    one.diary("heard", {"type": "ticket_changed", "ticket": {"ticket": "t1", "text": "", "taken_by": "", "fence": 0}})
    assert carers.lost([asker], [one]) == []
    for each in (one, other):
        each.diary("heard", {"type": "holding", "ticket": "t1", "fence": 1})
    assert carers.held_twice([one, other]) == [("t1", 1)]


async def escalate(people: list[Asker], team: list[Carer], times: int) -> None:
    """In turn by everyone, until so many were looked after."""
    caring = [asyncio.create_task(carer.cares()) for carer in team]
    turns = iter(range(times))

    async def one(person: Asker) -> None:
        for turn in turns:
            await person.escalates(turn)

    asking = asyncio.create_task(all_of(one(person) for person in people))
    try:
        await asyncio.wait([asking, *caring], return_when=asyncio.FIRST_COMPLETED)
        await asking
    finally:
        for task in caring:
            task.cancel()


async def all_of(work: Iterable[Coroutine[None, None, None]]) -> None:
    await asyncio.gather(*work)


async def darken(store: Single, people: list[Asker], times: int = STORE_KILLS) -> None:
    for turn in range(times):
        before = done(people)
        while done(people) < max(before, 1) + turn + 5:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(go_dark, store, store.kill)


def done(people: list[Asker]) -> int:
    return sum(person.escalations for person in people)


def judged(people: list[Asker], team: list[Carer], outcome: Outcome) -> None:
    lost, twice = carers.lost(people, team), carers.held_twice(team)
    outcome.notes(f"{len(lost)} lost/{len(twice)} held twice")
    assert not lost
    assert not twice
    assert carers.claimed(team) >= done(people), "everyone was looked after"

"""A store that lost its tail and has counted beyond it since: nobody takes the new numbers for the old ones."""

import asyncio
import random

import pytest

from loadtests.witness import DIFFERENT, LOST, Verdict
from tests.faults.conftest import Outcome, found
from tests.faults.house import Faulty
from tests.faults.people import Crowd
from tests.faults.stores import Single
from tests.faults.test_restored import copy, put_back
from tests.walks.house import PROGRAM

SAID = 20


async def an_evening(chance: random.Random, program: tuple[str, ...] = PROGRAM) -> Verdict:
    """Some were away when the tail was lost, and come back when there are more messages than they had ever heard."""
    with Single("everysec") as store, Faulty(store, 1, program) as house:
        crowd = Crowd(house, 1, chance)
        speakers = await crowd.arrive("speaker", 2, rooms=1)
        away = await crowd.arrive("away", 3, rooms=1)
        await crowd.talk(speakers, lambda: crowd.acknowledged >= SAID)
        await asyncio.to_thread(copy, store)
        await crowd.talk(speakers, lambda: crowd.acknowledged >= 2 * SAID)
        top = speakers[0].of(crowd.rooms[0]).top
        for each in away:
            await each.until(lambda each=each: each.of(crowd.rooms[0]).top >= top)  # type: ignore[misc]
        for each in (*speakers, *away):
            each.returns = False
            await each.lose()
        house.servers[0].kill()
        await asyncio.to_thread(put_back, store)
        await asyncio.to_thread(house.restart)
        newcomers = await crowd.arrive("newcomer", 2, rooms=1)
        await crowd.talk(newcomers, lambda: crowd.acknowledged >= 5 * SAID)
        for each in (*speakers, *away):
            await each.open()
        return await crowd.is_over()


async def test_everyone_is_told_and_no_number_has_two_meanings(chance: random.Random, outcome: Outcome) -> None:
    verdict = await an_evening(chance)
    outcome.notes(f"{verdict.counts['entered, epoch']} told", "/".join(found(verdict)))
    assert verdict.counts["entered, epoch"] == 2 * 5, "of the room, and of what concerns them"
    assert {fault.kind for fault in verdict.faults} == {LOST}, "what the store lost is lost, and known to be"


@pytest.mark.usefixtures("outcome")
async def test_a_planted_store_without_an_age_is_found(chance: random.Random) -> None:
    verdict = await an_evening(chance, ("tests.faults.planted", "ageless"))
    assert verdict.of(DIFFERENT)

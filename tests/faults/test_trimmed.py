"""G11: whoever was away for longer than the room remembers is told so, and never finds a hole in silence."""

import asyncio
import random

import pytest

from loadtests.witness import LOST, judge
from tests.faults.conftest import Outcome, Size
from tests.faults.house import Faulty
from tests.faults.people import Crowd
from tests.faults.stores import Single
from tests.walks.house import PROGRAM

KEPT = 100
SHORT_MEMORY = {"history_messages": str(KEPT), "ring_messages": "50", "history_shown": "50"}


async def resumptions(size: Size, chance: random.Random, program: tuple[str, ...] = PROGRAM) -> tuple[list[str], int]:
    """What each was answered who had been away, and how many numbers they missed in silence."""
    with Single("everysec") as store, Faulty(store, 1, program, **SHORT_MEMORY) as house:
        crowd = Crowd(house, 1, chance)
        speakers = await crowd.arrive("speaker", 2, rooms=1)
        away = await crowd.arrive("away", size.people, rooms=1)
        await speakers[0].deliver(crowd.rooms[0], "all of us")
        for each in away:
            await each.until(lambda each=each: each.texts(crowd.rooms[0]))  # type: ignore[misc]
            each.returns = False
            await each.lose()
        await crowd.talk(speakers, lambda: crowd.acknowledged >= 3 * KEPT)
        top = speakers[0].of(crowd.rooms[0]).top
        await asyncio.gather(*(each.open() for each in away))
        for each in away:
            await each.until(lambda each=each: each.of(crowd.rooms[0]).top >= top)  # type: ignore[misc]
            assert len(each.of(crowd.rooms[0]).shown()) >= 50, "recent history came with it"
        answers = [each.rooms[crowd.rooms[0]]["resumed"] for each in away]
        await asyncio.gather(*(client.close() for client in crowd.clients.values()))
        return answers, judge(crowd.lines).of(LOST)


async def test_g11_everyone_who_was_away_for_too_long_is_told(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    answers, gaps = await resumptions(size, chance)
    outcome.notes(f"{answers.count('trimmed')} of {len(answers)} told, {gaps} silent gaps")
    assert set(answers) == {"trimmed"}
    assert gaps == 0


@pytest.mark.usefixtures("outcome")
async def test_a_planted_silence_about_it_is_found(size: Size, chance: random.Random) -> None:
    answers, gaps = await resumptions(size, chance, ("tests.faults.planted", "silent"))
    assert "trimmed" not in answers
    assert gaps > 0

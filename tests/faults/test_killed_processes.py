"""G1 and G7: server processes are killed while everyone talks; nothing is lost, and all see the same in one order."""

import asyncio
import random

from tests.faults.conftest import Outcome, Size
from tests.faults.house import Faulty, kill_in_turn
from tests.faults.people import Crowd
from tests.faults.stores import Single

SERVERS = 3


async def test_g1_nothing_acknowledged_is_lost_when_processes_are_killed(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    with Single("always") as store, Faulty(store, SERVERS) as house:
        crowd = Crowd(house, size.rooms, chance)
        people = await crowd.arrive("sender", size.people, rooms=2)
        await crowd.arrive("observer", size.rooms, rooms=1)
        each = size.messages / size.kills
        killing = asyncio.create_task(
            kill_in_turn(house.servers, size.kills, chance, lambda turn: crowd.acknowledged >= turn * each)
        )
        await crowd.talk(people, lambda: killing.done() and crowd.acknowledged >= size.messages, size.pace_s)
        await killing
        outcome.notes(f"{size.kills} kills")
        outcome.is_clean(await crowd.is_over())

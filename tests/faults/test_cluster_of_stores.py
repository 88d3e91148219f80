"""A cluster: rooms lie on three nodes, one of them dies, the talk goes on and nothing acknowledged is lost."""

import asyncio
import random

from server.store import keys
from tests.faults.cluster import PRIMARIES, Cluster
from tests.faults.conftest import Outcome
from tests.faults.figures import of
from tests.faults.house import Faulty, until
from tests.faults.people import Crowd

SERVERS, PEOPLE, ROOMS = 2, 12, 9
EACH = of(150, 2_000)


async def test_a_node_of_the_cluster_dies_and_what_a_copy_confirmed_is_there(
    chance: random.Random, outcome: Outcome
) -> None:
    with Cluster(replicas=2) as store, Faulty(store, SERVERS, store_replicas="1") as house:
        crowd = Crowd(house, ROOMS, chance)
        nodes = {store.owner(keys.meta(room)).name for room in crowd.rooms}
        people = await crowd.arrive("sender", PEOPLE, rooms=3)
        await crowd.arrive("observer", ROOMS, rooms=1)

        async def dying() -> None:
            await until(lambda: crowd.acknowledged >= EACH)
            await asyncio.to_thread(store.fail_over, store.owner(keys.meta(crowd.rooms[0])))

        death = asyncio.create_task(dying())
        await crowd.talk(people, lambda: death.done() and crowd.acknowledged >= 2 * EACH, pace_s=0.05)
        await death
        outcome.is_clean(await crowd.is_over())
    assert len(nodes) == PRIMARIES, "the rooms were not spread"

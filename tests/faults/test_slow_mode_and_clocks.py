"""G23: slow mode is counted by the store's clock alone; neither tabs, processes nor their clocks can dodge it."""

import asyncio
import itertools
import random
import time

from loadtests.client import Refused
from tests.faults.brief import BriefHouse
from tests.faults.figures import FULL, SEED, tell
from tests.walks.people import Peer

PROCESSES, CONNECTIONS = 3, 10
TRIES = 1_000 if FULL else 100
SLOW_S = 1
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()  # digits could be a telephone number
JUMPING = {"program": ("tests.faults.altered",), "CLOCK": "jumps"}


async def test_of_all_tries_on_all_processes_exactly_as_many_are_taken_as_the_store_allows() -> None:
    with BriefHouse(PROCESSES, [{}, JUMPING, JUMPING], connections_per_person=str(CONNECTIONS)) as place:
        room, dice = place.fresh_room(), random.Random(SEED)
        first, mo = await place.peer(0), await place.moderator(at=1)
        session = first.client.session
        tabs = [first, *[await place.peer(at % PROCESSES, session=session) for at in range(1, CONNECTIONS)]]
        for person in (*tabs, mo):
            await person.joins(room)
        await mo.sets_slow_mode(SLOW_S)
        began = time.monotonic()
        tried = await asyncio.gather(*(tries(tab, dice.randrange(2**31)) for tab in tabs))
        lasted = time.monotonic() - began
        taken = sorted(each for of_tab in tried for each in of_tab)
        await mo.hears_in_all(len(taken))
        said = [event["at"] for event in mo.client.of(mo.channel).of("said")]
        assert len(said) == len(taken), "what was acknowledged is what is there"
        between = [later - earlier for earlier, later in itertools.pairwise(said)]
        tell("G23", seed=SEED, tries=TRIES, seconds=lasted, taken=len(said), nearest_ms=min(between))
        assert min(between) >= SLOW_S * 1_000, "no two within one turn, by the store's clock"
        # Who keeps trying gets every turn there is: a try came within each, so none was lost either.
        assert max(between) < 2 * SLOW_S * 1_000 or not FULL
        assert 2 <= len(said) <= lasted / SLOW_S + 1
        await place.see_everyone_out()


async def tries(tab: Peer, seed: int) -> list[int]:
    """Its share of the tries, evenly enough to meet every turn; the numbers of those that were taken."""
    dice, taken = random.Random(seed), []
    for _ in range(TRIES // CONNECTIONS):
        try:
            taken.append((await tab.says(" ".join(dice.choices(WORDS, k=6))))["seq"])
        except Refused as no:
            assert no.code == "slow_mode"
            assert no.retry_ms is not None
            assert 0 < no.retry_ms <= SLOW_S * 1_000
        await asyncio.sleep(dice.uniform(0, 0.4))
    return taken

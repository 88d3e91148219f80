"""G6: what is said again and again, over other connections and processes, is in the room once."""

import random

from tests.faults.conftest import Outcome, Size
from tests.faults.house import apart
from tests.faults.people import Crowd
from tests.faults.stores import Single
from tests.walks.house import PROGRAM

SERVERS = 3
REPEATED = 0.3
UNANSWERED = 0.1


async def test_g6_a_message_that_is_sent_again_is_shown_once(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    with Single("everysec") as store, apart(store, SERVERS, chance, PROGRAM) as (house, proxies):
        crowd = Crowd(house, size.rooms, chance)
        people = await crowd.arrive("sender", size.people, rooms=2)
        for proxy in proxies:
            proxy.cut_after_append(UNANSWERED)
        wanted = size.messages // (1 if size.is_judged else 3)
        await crowd.talk(people, lambda: crowd.acknowledged >= wanted, repeats=REPEATED)
        for proxy in proxies:
            proxy.forward()
        verdict = await crowd.is_over()
        again = verdict.counts["acknowledged"] - verdict.counts["different messages acknowledged"]
        outcome.notes(f"{sum(proxy.lost for proxy in proxies)} answers lost, {again} acknowledged again")
        assert sum(proxy.lost for proxy in proxies) > 0
        assert again > 0
        outcome.is_clean(verdict)

"""G9 and G10: what the store publishes does not arrive, or its link is dead in silence; all of it is found."""

import asyncio
import random
import time

import pytest

from tests.faults.checker import GAP
from tests.faults.conftest import IS_FULL, Outcome, Size, found
from tests.faults.delays import delays, p99
from tests.faults.house import apart
from tests.faults.people import Crowd
from tests.faults.stores import Single
from tests.walks.house import PROGRAM

REPAIRED_S, REPAIRED_IN_SILENCE_S = 1.0, 12.0
NOTICED_S, FILLED_S = 10.0, 2.0
ROUND_SECONDS = 60.0
DEAF_S = 4.0  # several times what it takes one that looks
SAID = ("is anyone there", "I can't hear you", "but you can hear me")
SOON = {"position_check_ms": "1000"}
ALERT = {"watchdog_ms": "500", "store_ms": "500", "position_check_ms": "1000"}


@pytest.mark.parametrize("share", [0.01, 0.2] if IS_FULL else [0.2])
async def test_g9_published_messages_that_get_lost_are_delivered_all_the_same(
    share: float, size: Size, chance: random.Random, outcome: Outcome
) -> None:
    settings: dict[str, str] = {} if size.is_judged else SOON
    with Single("everysec") as store, apart(store, 2, chance, PROGRAM, **settings) as (house, proxies):
        crowd = Crowd(house, size.rooms, chance)
        people = await crowd.arrive("sender", size.people, rooms=2)
        for proxy in proxies:
            proxy.lose_published(share)
        await crowd.talk(people, lambda: crowd.acknowledged >= size.messages, size.pace_s / 5)
        busy = delays(crowd.lines)
        for proxy in proxies:
            proxy.lose_published(1.0)
        silence = time.perf_counter()
        await asyncio.gather(*(each.deliver(next(iter(each.rooms)), "the last word") for each in people))
        lost = sum(proxy.lost for proxy in proxies)
        verdict = await crowd.is_over()
        silent = delays(crowd.lines, silence)
        outcome.notes(f"{lost:,} lost, heard after p99 {p99(busy):.2f} s, in silence {p99(silent):.2f} s")
        assert lost > 0
        outcome.is_clean(verdict)
        if size.is_judged:
            assert p99(busy) <= REPAIRED_S
            assert p99(silent) <= REPAIRED_IN_SILENCE_S


async def test_g10_a_link_that_is_dead_in_silence_is_noticed_and_what_was_missed_is_read(
    size: Size, chance: random.Random, outcome: Outcome
) -> None:
    settings: dict[str, str] = {} if size.is_judged else ALERT
    took: list[float] = []
    with Single("everysec") as store, apart(store, 2, chance, PROGRAM, **settings) as (house, proxies):
        crowd = Crowd(house, 2, chance)
        here = Crowd(house, 0, chance, [house.servers[0].url])
        here.rooms = crowd.rooms
        there = await crowd.arrive("speaker", 2, rooms=2)
        listeners = await here.arrive("listener", 10, rooms=2)
        for _ in range(size.rounds):
            proxies[0].black_hole()
            proxies[0].forward()  # for whoever comes anew
            began = time.perf_counter()
            for text in SAID:
                top = (await there[1].deliver(crowd.rooms[0], text))["seq"]
            for each in listeners:
                await each.until(lambda each=each, top=top: each.of(crowd.rooms[0]).top >= top, ROUND_SECONDS)  # type: ignore[misc]
            took.append(time.perf_counter() - began)
        crowd.diaries |= here.diaries
        crowd.clients |= here.clients
        outcome.notes(f"{size.rounds} rounds, noticed and read after {max(took):.1f} s at most")
        outcome.is_clean(await crowd.is_over())
        if size.is_judged:
            assert max(took) <= NOTICED_S + FILLED_S


@pytest.mark.skipif(not IS_FULL, reason="slow, mostly waiting for people to leave: FULL=1")
async def test_a_server_that_does_not_look_after_its_link_is_found(chance: random.Random, outcome: Outcome) -> None:
    program = ("tests.faults.planted", "deaf")
    with Single("everysec") as store, apart(store, 2, chance, program, **ALERT) as (house, proxies):
        crowd = Crowd(house, 1, chance, [house.servers[1].url])
        here = Crowd(house, 0, chance, [house.servers[0].url])
        here.rooms = crowd.rooms
        speaker = (await crowd.arrive("speaker", 1, rooms=1))[0]
        await here.arrive("listener", 3, rooms=1)
        proxies[0].black_hole()
        proxies[0].forward()
        for text in SAID:
            await speaker.deliver(crowd.rooms[0], text)
        crowd.diaries |= here.diaries
        crowd.clients |= here.clients
        verdict = await crowd.is_over(DEAF_S)
        outcome.notes("/".join(found(verdict)))
        assert verdict.of(GAP)

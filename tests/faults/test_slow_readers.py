"""G15: who stops reading is let go and harms only themselves; who reads slowly gets everything."""

import asyncio
import random
import time

import pytest

from loadtests.client import Client
from loadtests.ports import free_port
from tests.faults.arena import judged_only_if_quiet, measured, opened_arena
from tests.faults.crowd import end_of, opened_house
from tests.faults.figures import FULL, metric, resident_mib, tell

STALLED, READERS = 3, 5
MEMBERS, ROOMS, SHARE = 1_000, 4, 10
RATE, BEFORE_S, DURING_S = 400.0, 15.0, 25.0  # a hundred a second for each: enough to fill what does not flow
MOST_CLOSED_S, MOST_RISE, MOST_MIB = 15.0, 1.2, 40.0
CONNECTIONS = "porchlight_connections"
PATIENCE_S = 60.0
LETTERS = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"


async def test_who_stops_reading_is_let_go_whatever_is_said_and_the_others_hear_everything() -> None:
    port = free_port()
    async with opened_house(
        1, metrics_port=str(port), slow_ms="500", ping_ms="3000", pong_ms="2000", unsent_bytes="65536"
    ) as house:
        for traffic in ("none", "a little", "much"):
            room = f"room:{house.fresh_room()}"
            talker, *others = [(await house.peer()).client for _ in range(1 + STALLED + READERS)]
            for client in (talker, *others):
                await client.join(room)
            stalled, readers = others[:STALLED], others[STALLED:]
            for client in stalled:
                line(client).pause_reading()
            began, said = time.monotonic(), 0
            while await asyncio.to_thread(metric, port, CONNECTIONS) > 1 + READERS:
                if traffic != "none":
                    assert (await talker.post(room, long_text(said)))["type"] == "posted"
                    said += 1
                await asyncio.sleep(0.2 if traffic == "a little" else 0.0)
                assert time.monotonic() - began < PATIENCE_S
            tell(f"{STALLED} stopped reading, traffic: {traffic}", closed_within_s=time.monotonic() - began, said=said)
            for client in readers:
                await has(client, room, said)
                assert client.close_code is None
            for client in stalled:
                line(client).resume_reading()
                assert await end_of(client) in (1006, 4410)
                await client.open()
                await has(client, room, said)
                assert client.of(room).repeated == 0
            await house.see_everyone_out()


async def test_who_reads_slowly_gets_a_long_replay_whole_while_the_room_goes_on() -> None:
    """Memory holds 50, the log is read 40 at a time, messages are long, and the reader takes a sip now and then."""
    async with opened_house(
        1, unsent_bytes="65536", ring_messages="50", resume_messages="40", history_messages="1000", slow_ms="3000"
    ) as house:
        room = f"room:{house.fresh_room()}"
        ana, ben = (await house.peer()).client, (await house.peer()).client
        await ana.join(room)
        await ben.join(room)
        await ana.post(room, "before")
        await has(ben, room, 1)
        await ben.lose()
        for number in range(200):
            await ana.post(room, long_text(number))
        ben.rooms.pop(room)
        await ben.open()
        sipping = asyncio.create_task(sips(ben))
        joined = await ben.join(room)
        for number in range(200, 230):
            await ana.post(room, long_text(number))
        await has(ben, room, 231)
        sipping.cancel()
        assert joined["resumed"] == "resumed"
        assert ben.texts(room) == ["before", *map(long_text, range(230))]
        assert ben.of(room).repeated == 0
        assert ben.close_code is None


@pytest.mark.skipif(not FULL, reason="a figure: FULL=1")
async def test_a_hundred_of_a_thousand_who_stop_reading_are_gone_soon_and_the_rest_do_not_notice() -> None:
    async with opened_arena() as arena:
        cookies = await arena.people(MEMBERS)
        with arena.members(cookies, ROOMS, 16, stalled=SHARE) as load:
            before = await measured(load, rate=RATE, seconds=BEFORE_S, warm=2)
            rss_before, most = resident_mib(arena.pid), 0.0
            during = asyncio.create_task(measured(load, rate=RATE, seconds=DURING_S, stall=1))
            began, closed_s = time.monotonic(), 0.0
            while not during.done():
                await asyncio.sleep(0.2)
                most = max(most, resident_mib(arena.pid))
                there = await asyncio.to_thread(metric, arena.metrics, CONNECTIONS)
                if not closed_s and there <= MEMBERS * (100 - SHARE) / 100:
                    closed_s = time.monotonic() - began
            then = await during
            after = await measured(load, rate=RATE, seconds=BEFORE_S)
            rss_after = resident_mib(arena.pid)
        tell(
            f"{SHARE} % of {MEMBERS} stop reading at {RATE:.0f} messages/s",
            all_closed_s=closed_s,
            p99_before_ms=before.p99_us / 1e3,
            p99_during_ms=then.p99_us / 1e3,
            p99_after_ms=after.p99_us / 1e3,
            grew_mib=most - rss_before,
            kept_mib=rss_after - rss_before,
            others_cores=then.others_s / then.wall_s,
        )
        assert then.bad == 0
        assert most - rss_before <= MOST_MIB
        assert rss_after - rss_before <= MOST_MIB / 4
        judged_only_if_quiet(before, then)
        assert (then.lost, then.refused) == (0, 0)
        assert 0 < closed_s <= MOST_CLOSED_S
        assert then.p99_us <= MOST_RISE * max(before.p99_us, after.p99_us)


async def has(client: Client, room: str, messages: int) -> None:
    await client.until(lambda: len(client.texts(room)) == messages, PATIENCE_S)


def long_text(number: int) -> str:
    """About as long as a text may be: letters of three bytes each, and no two texts alike."""
    choose = random.Random(number)
    said = f"{number} "
    while len(said) < 1_950:
        said += "".join(choose.choices(LETTERS, k=7)) + " "
    return said.strip()


def line(client: Client) -> asyncio.Transport:
    assert client._socket is not None
    return client._socket.transport


async def sips(client: Client) -> None:
    """Reads for a moment now and then."""
    while True:
        line(client).pause_reading()
        await asyncio.sleep(0.05)
        line(client).resume_reading()
        await asyncio.sleep(0.001)

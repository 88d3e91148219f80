"""G21: a mute, a ban and a sign-out act on every connection of a person, on every process, whatever dies or is lost."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from loadtests.client import Refused
from loadtests.following import INBOX
from server.protocol.refusals import Close
from tests.faults.brief import BriefHouse
from tests.faults.figures import FULL, percentile, tell
from tests.walks.people import Moderator, Peer

PROCESSES = 3
CONNECTIONS = 20
AT_ONCE_S, WHEN_LOST_S = 1.0, 12.0
DEAF: dict[str, Any] = {"program": ("tests.faults.altered",), "DEAF": "1"}
# Where nothing is published to a process, it finds everything by comparing numbers.
CHECK_MS = "10000" if FULL else "1000"


def house(*each: dict[str, Any]) -> BriefHouse:
    return BriefHouse(PROCESSES, each, connections_per_person=str(CONNECTIONS), position_check_ms=CHECK_MS)


async def everywhere(house: BriefHouse, room: str) -> tuple[list[Peer], Peer, Moderator]:
    """One person's tabs on all processes, someone else, and a moderator; all in the room, one message said."""
    first = await house.peer(0)
    session = first.client.session
    tabs = [first, *[await house.peer(place % PROCESSES, session=session) for place in range(1, CONNECTIONS)]]
    ben, mo = await house.peer(1), await house.moderator(at=0)
    for person in (*tabs, ben, mo):
        await person.joins(room)
    await first.says("something unkind")
    await mo.opens_the_desk()
    return tabs, ben, mo


async def refused(tab: Peer, code: str) -> float:
    """Tries until it is refused so, each time with other words; says when that was."""
    for turn in range(200):
        try:
            await tab.says(f"again {turn}")
        except Refused as no:
            if no.code == code:
                return time.monotonic()
        await asyncio.sleep(0.05)
    raise AssertionError(f"{code} did not reach every connection")


async def after(act: Awaitable[object], tabs: list[Peer], seen: Callable[[Peer], Awaitable[float]]) -> list[float]:
    """How long each connection took to feel it, in seconds after the answer."""
    await act
    began = time.monotonic()
    return [at - began for at in await asyncio.gather(*(seen(tab) for tab in tabs))]


async def is_closed(tab: Peer) -> float:
    await tab.client.until(lambda: tab.client.close_code)
    assert tab.client.close_code == Close.SIGNED_OUT
    return time.monotonic()


async def is_out(tab: Peer) -> float:
    await tab.client.until(lambda: any(tab.client.of(INBOX).of("banned")))
    return time.monotonic()


def judged(what: str, seconds: list[float], limit: float) -> None:
    worst = percentile(seconds, 0.99)
    tell(f"G21 {what}", connections=len(seconds), p99_s=worst)
    assert not FULL or worst <= limit


async def hears_nothing_more(tabs: list[Peer], ben: Peer, text: str) -> None:
    """Once they are out; what others say afterwards reaches none of their connections."""
    await ben.says(text)
    await ben.hears(text)
    for tab in tabs:
        assert (await tab.is_refused("but")).code == "removed"
        assert text not in tab.sees


async def test_a_mute_and_a_ban_reach_every_connection_and_hold_when_everything_was_killed() -> None:
    with house() as place:
        room, other = place.fresh_room(), place.fresh_room()
        tabs, ben, mo = await everywhere(place, room)
        seq = await mo.number_of("something unkind")
        judged("muted", await after(mo.mutes(seq), tabs, lambda tab: refused(tab, "muted")), AT_ONCE_S)
        judged("banned", await after(mo.bans(seq), tabs, is_out), AT_ONCE_S)
        await hears_nothing_more(tabs, ben, "We go on.")
        assert (await tabs[0].asks_for_help())["type"] == "help_received"
        for person in (ben, mo):
            await person.joins(other)
        await ben.says("unkind, too")
        await mo.mutes(await mo.number_of("unkind, too"))

        for server in place.servers:
            server.kill()
        place.kill_store()
        place.start_store()
        place.restart()
        for at in range(PROCESSES):
            ana, again = [await place.peer(at, session=each.client.session) for each in (tabs[0], ben)]
            with pytest.raises(Refused) as no:
                await ana.joins(room)
            assert no.value.code == "removed"
            assert no.value.retry_ms is not None
            assert (await again.joins(other))["muted_until"] > 0
            assert (await again.is_refused("but")).code == "muted"
        mo = await place.moderator(at=2)
        desk = await mo.opens_the_desk()
        assert [ban["channel"] for ban in desk["bans"]] == [f"room:{room}"]
        await mo.unbans(desk["bans"][0]["ban"])
        assert (await ana.joins(room))["type"] == "joined"
        await place.see_everyone_out()


async def test_where_what_is_published_is_lost_it_is_found_by_the_numbers() -> None:
    with house({}, DEAF, DEAF) as place:
        room = place.fresh_room()
        tabs, ben, mo = await everywhere(place, room)
        seq = await mo.number_of("something unkind")
        judged("muted, nothing heard", await after(mo.mutes(seq), tabs, lambda tab: refused(tab, "muted")), AT_ONCE_S)
        judged("banned, nothing heard", await after(mo.bans(seq), tabs, is_out), WHEN_LOST_S)
        await hears_nothing_more(tabs, ben, "We go on.")
        leaving = tabs[0].client.session.leave(place.servers[0].url)
        judged("signed out, nothing heard", await after(leaving, tabs, is_closed), WHEN_LOST_S)
        await place.see_everyone_out()

"""Entries 37-39 and 64-81 of the catalogue of bad input, against the running server."""

import asyncio
import contextlib
import os

import msgpack
import pytest

from loadtests.client import Client, Ended, Refused
from tests.walks.house import Build, House
from tests.walks.people import Peer


async def ends_with(client: Client) -> int:
    await client.until(lambda: client.close_code)
    assert client.close_code is not None
    return client.close_code


async def inside(house: House, room: str) -> Peer:
    ana = await house.peer()
    await ana.joins(room)
    return ana


async def test_a_command_before_hello_ends_the_connection(house: House, room: str) -> None:
    client = house.client()
    await client.session.enter(client.urls[0])
    await client.connect()
    await client.tell("join", channel=f"room:{room}")
    assert await ends_with(client) == 4401


async def test_a_second_hello_is_refused_and_ends_the_connection(house: House) -> None:
    ana = await house.peer()
    with pytest.raises(Refused) as no:
        await ana.client.ask("hello", version=1)
    assert no.value.code == "already"
    assert await ends_with(ana.client) == 4400


@pytest.mark.parametrize("version", [0, 999, "1", -1])
async def test_another_version_is_told_to_stay_away(house: House, version: object) -> None:
    client = house.client()
    await client.session.enter(client.urls[0])
    await client.connect()
    await client.tell("hello", version=version)
    assert await ends_with(client) == 4412


@pytest.mark.parametrize("cookie", [{}, {"porchlight": "nobody"}, {"porchlight": "x" * 43}])
async def test_who_is_nobody_is_told_so_after_hello(house: House, cookie: dict[str, str]) -> None:
    client = house.client()
    client.session.cookies = dict(cookie)
    await client.connect()
    await client.tell("hello", version=1)
    assert await ends_with(client) == 4401


async def test_malformed_frames_are_refused_and_a_third_ends_the_connection(house: House) -> None:
    ana = await house.peer()
    for _ in range(3):
        await ana.client.send(b"\xc1")
    assert await ends_with(ana.client) == 4400
    refusals = [event for event in ana.client.heard if event["type"] == "refused"]
    assert {(event["code"], event["ref"]) for event in refusals} == {("bad_frame", 0)}


async def test_a_text_frame_ends_the_connection(house: House) -> None:
    ana = await house.peer()
    assert ana.client._socket is not None
    await ana.client._socket.send("hello")
    assert await ends_with(ana.client) == 1003


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b\u200b", "\u202e\u2066"], ids=["nothing", "spaces", "unseen", "bidi"]
)
async def test_words_that_are_none_are_empty(house: House, room: str, text: str) -> None:
    ana = await inside(house, room)
    assert (await ana.is_refused(text)).code in ("empty", "bad_chars")


@pytest.mark.parametrize("text", ["a" * 2_001, "é" * 2_001, "日" * 2_700, "\ufdfa" * 2_001])
async def test_too_many_words_are_told_as_such(house: House, room: str, text: str) -> None:
    ana = await inside(house, room)
    assert (await ana.is_refused(text)).code == "too_long"


async def test_the_longest_text_is_taken_whole(house: House, room: str) -> None:
    ana = await inside(house, room)
    text = ("All is quiet here tonight. " * 80)[:2_000].strip()
    await ana.says(text)
    await ana.hears(text)


async def test_line_breaks_and_marks_without_end_are_folded(house: House, room: str) -> None:
    ana = await inside(house, room)
    posted = await ana.says("a" + "\n" * 1_000 + "b" + "\u0301" * 100)
    assert posted["text"].count("\n") <= 20
    assert posted["text"].count("\u0301") <= 4


@pytest.mark.parametrize("name", ["room:there-is-none", "ticket:there", "ticket:0"])
async def test_a_channel_that_is_not_there_or_not_yours_is_one_answer(house: House, name: str) -> None:
    ana = await house.peer()
    with pytest.raises(Refused) as no:
        await ana.client.join(name)
    assert no.value.code == "no_room"


@pytest.mark.parametrize("name", ["room:../etc", "room:*", "desk", "inbox:1", "room:" + "a" * 10_240])
async def test_a_channel_that_is_no_name_is_a_bad_frame(house: House, name: str) -> None:
    ana = await house.peer()
    await ana.client.tell("join", channel=name)
    assert (await ana.notices("refused"))["code"] == "bad_frame"


async def test_who_has_not_joined_says_nothing_there(house: House, room: str) -> None:
    ana = await house.peer()
    for ask in (
        ana.client.post(f"room:{room}", "hello"),
        ana.client.ask("history", channel=f"room:{room}", before=5),
        ana.client.ask("report", channel=f"room:{room}", seq=1, reason="other"),
    ):
        with pytest.raises(Refused) as no:
            await ask
        assert no.value.code == "not_joined"


async def test_the_eleventh_room_is_one_too_many(house: House) -> None:
    ana = await house.peer()
    for _ in range(10):
        await ana.joins(house.fresh_room())
    with pytest.raises(Refused) as no:
        await ana.joins(house.fresh_room())
    assert no.value.code == "limit"


async def test_rules_that_were_not_on_screen_are_not_agreed_to(house: House, room: str) -> None:
    ana = await inside(house, room)
    with pytest.raises(Refused) as no:
        await ana.says("hello", rules=0)
    assert no.value.code == "rules"


async def test_too_many_words_at_once_are_refused_with_a_wait(build: Build) -> None:
    house = build(servers=1, message_burst="5", messages_per_minute="30")
    ana = await inside(house, house.fresh_room())
    answers = await asyncio.gather(*(ana.says(f"line {turn}") for turn in range(10)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert len(refused) == 5
    assert {no.code for no in refused} == {"rate"}
    assert all(no.retry_ms and no.retry_ms <= 60_000 for no in refused)


async def test_a_flood_is_refused_then_cut_off_and_help_still_gets_through(build: Build) -> None:
    house = build(servers=1, frame_burst="40", frames_per_minute="120", flood_per_minute="400")
    ana = await inside(house, house.fresh_room())
    for _ in range(100):
        await ana.client.tell("ping")
    await ana.notices("refused", code="rate")
    assert (await ana.asks_for_help())["type"] == "help_received"
    with contextlib.suppress(Ended):
        for _ in range(2_000):
            await ana.client.tell("ping")
    assert await ends_with(ana.client) == 4429


async def test_nothing_of_what_was_wrong_is_given_back(house: House, room: str) -> None:
    ana = await inside(house, room)
    canary = os.urandom(8).hex()
    await ana.client.send({"type": canary, "ref": 1, canary: canary})
    await ana.client.send(msgpack.packb({"type": "post", "ref": 2, "channel": canary}))
    await ana.notices("refused")
    assert canary not in repr(ana.client.heard)
    assert all(canary not in server.said() for server in house.servers)

import asyncio
import os
import socket

import pytest

from loadtests.client import Refused
from tests.walks.house import Build, House


async def test_after_a_lost_connection_nothing_is_missing_and_nothing_comes_twice(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(1)
    await ana.joins(room)
    await ben.joins(room)
    await ana.says("before")
    await ben.hears("before")
    await ben.loses_the_network()
    missed = [f"missed {turn}" for turn in range(30)]
    for text in missed:
        await ana.says(text)
    joined = await ben.comes_back()
    assert joined["resumed"] == "resumed"
    await ben.hears(missed[-1])
    assert ben.sees == ["before", *missed]
    assert ben.client.of(ben.channel).repeated == 0


async def test_a_connection_is_resumed_in_another_process(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(0)
    await ana.joins(room)
    await ben.joins(room)
    await ben.loses_the_network()
    await ana.says("while you were away")
    ben.client.urls.reverse()
    assert (await ben.comes_back())["resumed"] == "resumed"
    await ben.hears("while you were away")
    assert ben.client.of(ben.channel).repeated == 0


async def test_what_concerned_one_person_is_resumed_with_hello(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator(at=1)
    await ana.joins(room)
    await mo.joins(room)
    await ana.says("hello")
    seq = await mo.number_of("hello")
    await ana.loses_the_network()
    await mo.mutes(seq, minutes=3)
    await ana.comes_back()
    assert ana.client.welcome["resumed"] in ("resumed", "fresh")
    await ana.is_told("muted", channel=ana.channel)


async def test_a_message_that_was_removed_meanwhile_is_gone_and_leaves_no_gap(house: House, room: str) -> None:
    ana, ben, mo = await house.peer(0), await house.peer(1), await house.moderator()
    for person in (ana, ben, mo):
        await person.joins(room)
    await ana.says("stays")
    await ana.says("goes")
    await ben.hears("goes")
    await ben.loses_the_network()
    await ana.says("also goes")
    await mo.removes(await mo.number_of("goes"))
    await mo.removes(await mo.number_of("also goes"))
    await ana.says("last")
    assert (await ben.comes_back())["resumed"] == "resumed"
    await ben.hears("last")
    await ben.no_longer_sees("goes")
    assert ben.sees == ["stays", "last"]


async def test_a_position_in_the_future_is_answered_with_history(house: House, room: str) -> None:
    ana = await house.peer()
    epoch = (await ana.joins(room))["position"]["epoch"]
    await ana.says("here")
    joined = await ana.client.ask("join", channel=ana.channel, since={"epoch": epoch, "seq": 10_000})
    assert joined["resumed"] == "ahead"
    await ana.hears("here")


@pytest.mark.parametrize("epoch", [0, 7, 2**53 - 1])
async def test_a_position_of_another_epoch_is_answered_with_history(house: House, room: str, epoch: int) -> None:
    ana = await house.peer()
    real = (await ana.joins(room))["position"]["epoch"]
    await ana.says("here")
    other = epoch if epoch != real else epoch + 1
    joined = await ana.client.ask("join", channel=ana.channel, since={"epoch": other, "seq": 1})
    assert joined["resumed"] == "epoch"
    await ana.hears("here")


async def test_a_position_that_is_no_longer_kept_is_told_as_a_gap(build: Build) -> None:
    house = build(servers=1, history_messages="20", history_shown="5", ring_messages="10")
    ana, ben = await house.peer(), await house.peer()
    room = house.fresh_room()
    await ana.joins(room)
    await ben.joins(room)
    await ana.says("long ago")
    await ben.hears("long ago")
    await ben.loses_the_network()
    for turn in range(200):
        await ana.says(f"line {turn}")
    assert (await ben.comes_back())["resumed"] == "trimmed"
    await ben.hears("line 199")
    assert ben.sees[-5:] == [f"line {turn}" for turn in range(195, 200)]


NOWHERE = {"epoch": 1, "seq": 1}


@pytest.mark.parametrize(
    "frame",
    [
        {"type": "join", "channel": "room:walk-0", "since": {"epoch": "7" * 10_240, "seq": 1}},
        {"type": "join", "channel": "room:walk-0", "since": {"epoch": -1, "seq": 1}},
        {"type": "join", "channel": "room:walk-0", "since": {"epoch": 1, "seq": 2**63}},
        {"type": "join", "channel": "room:walk-0", "since": [1, 1]},
        {"type": "join", "channel": [f"room:walk-{place}" for place in range(1_000)], "since": NOWHERE},
        {"type": "join", "channel": "room:walk-0", "since": {f"room:walk-{place}": NOWHERE for place in range(400)}},
        {"type": "join", "channel": "inbox:" + "a" * 32, "since": NOWHERE},
        {"type": "history", "channel": "room:walk-0", "before": 9, "limit": 0},
        {"type": "history", "channel": "room:walk-0", "before": 9, "limit": -1},
        {"type": "history", "channel": "room:walk-0", "before": 9, "limit": 10**9},
        {"type": "history", "channel": "room:walk-0", "before": 9, "limit": "10"},
        {"type": "history", "channel": "room:walk-0", "before": 9, "limit": 101},
    ],
    ids=[
        "85 an epoch of 10 KB",
        "85 an epoch below all",
        "84 a number beyond all",
        "84 a position of another shape",
        "87 a thousand rooms",
        "87 four hundred positions",
        "88 somebody's inbox",
        "89 a page of nothing",
        "89 a page of less",
        "89 a page of everything",
        "89 a page in words",
        "89 a page of one too many",
    ],
)
async def test_a_resume_that_is_none_is_refused_by_the_decoder_and_the_person_stays(
    house: House, frame: dict[str, object]
) -> None:
    ana = await house.peer()
    await ana.client.send({"ref": 77, **frame})
    refused = await ana.notices("refused")
    assert (refused["code"], refused["ref"]) == ("bad_frame", 0)
    assert (await ana.client.ask("ping"))["type"] == "pong"


async def test_87_the_eleventh_room_is_one_too_many_with_a_position_too(house: House) -> None:
    ana = await house.peer()
    for _ in range(10):
        await ana.joins(house.fresh_room())
    with pytest.raises(Refused) as no:
        await ana.client.ask("join", channel=f"room:{house.fresh_room()}", since=NOWHERE)
    assert no.value.code == "limit"


async def test_88_a_position_is_no_key_it_opens_only_ones_own_inbox(house: House, room: str) -> None:
    ana, mo = await house.peer(0), await house.moderator()
    await ana.joins(room)
    await mo.joins(room)
    await ana.says("hello")
    await mo.mutes(await mo.number_of("hello"), minutes=3)
    await ana.is_told("muted", channel=ana.channel)
    of_ana = ana.client.of("inbox").position
    eve = house.client()
    await eve.session.enter(eve.urls[0])
    await eve.connect()
    welcome = await eve.ask("hello", version=1, inbox=of_ana)
    assert welcome["resumed"] in ("ahead", "epoch")
    assert (await eve.ask("ping"))["type"] == "pong"
    assert not eve.of("inbox").events


async def test_88_a_sign_in_that_was_ended_resumes_nothing(house: House, room: str) -> None:
    ana = await house.peer()
    await ana.joins(room)
    old = dict(ana.client.session.cookies)
    await ana.client.session.leave(ana.client.urls[0])
    await ana.client.until(lambda: ana.client.close_code)
    late = house.client()
    late.session.cookies = old
    await late.connect()
    await late.tell("hello", version=1, inbox=NOWHERE)
    await late.until(lambda: late.close_code)
    assert late.close_code == 4401


async def test_a_repeated_post_gets_the_first_answer_and_is_shown_once(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(1)
    await ana.joins(room)
    await ben.joins(room)
    client_id = os.urandom(16)
    first = await ana.says("once", client_id)
    await ana.loses_the_network()
    ana.client.urls.reverse()
    await ana.comes_back()
    again = await ana.says("once", client_id)
    assert (again["seq"], again["id"], again["dup"]) == (first["seq"], first["id"], False)
    await ana.says("marker")
    await ben.hears("marker")
    assert ben.sees == ["once", "marker"]


async def test_other_words_under_the_same_client_id_change_nothing_and_say_so(house: House, room: str) -> None:
    ana = await house.peer()
    await ana.joins(room)
    client_id = os.urandom(16)
    first = await ana.says("the first words", client_id)
    again = await ana.says("other words", client_id)
    assert (again["seq"], again["dup"]) == (first["seq"], True)
    await ana.says("marker")
    await ana.hears("marker")
    assert ana.sees == ["the first words", "marker"]


async def test_a_client_id_of_another_person_is_new(house: House, room: str) -> None:
    ana, ben = await house.peer(0), await house.peer(1)
    await ana.joins(room)
    await ben.joins(room)
    client_id = os.urandom(16)
    first = await ana.says("mine", client_id)
    second = await ben.says("mine too", client_id)
    assert second["seq"] != first["seq"]
    assert second["dup"] is False


async def test_a_client_id_of_nothing_is_refused(house: House, room: str) -> None:
    ana = await house.peer()
    await ana.joins(room)
    with pytest.raises(Refused) as no:
        await ana.says("hello", bytes(16))
    assert no.value.code == "bad_frame"


async def test_nobody_is_written_what_was_meant_for_somebody_who_left(house: House, room: str) -> None:
    ana = await house.peer(0)
    await ana.joins(room)
    host, port = ana.client.urls[0].removeprefix("http://").split(":")
    strangers: list[socket.socket] = []
    for turn in range(12):
        ben = await house.peer(0)
        await ben.joins(room)
        said = asyncio.create_task(ana.says(f"said {turn}"))
        await ben.loses_the_network()
        # The kernel gives the lowest free number to whoever comes next: often the one that was just let go.
        strangers.append(socket.create_connection((host, int(port))))
        await said
        await ana.says(f"and again {turn}")
    for stranger in strangers:
        stranger.setblocking(False)
        with pytest.raises(BlockingIOError):
            stranger.recv(1)
        stranger.close()
    assert ana.client.of(ana.channel).repeated == 0

"""Walks in which processes and stores are killed; nothing that was acknowledged may be lost."""

import asyncio
from pathlib import Path

import pytest

from loadtests.client import Refused
from tests.walks.house import Build
from tests.walks.people import Peer

PEERS = 20
EACH = 100
# Numbers said one after the other would be looked at as a telephone number in pieces.
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()


async def test_when_one_of_two_processes_dies_nothing_acknowledged_is_lost(build: Build) -> None:
    house = build(servers=2, history_messages="5000", ring_messages="3000", history_shown="3000")
    room = f"room:{house.fresh_room()}"
    peers = [await house.peer(place % 2, returns=True) for place in range(PEERS)]
    for peer in peers:
        await peer.joins(room)
    talking = [asyncio.create_task(talk(peer, place)) for place, peer in enumerate(peers)]
    await peers[0].hears_in_all(PEERS * EACH // 3)
    house.servers[1].kill()
    acknowledged = [text for texts in await asyncio.gather(*talking) for text in texts]
    assert len(acknowledged) == PEERS * EACH

    for peer in peers:
        await peer.hears_in_all(len(acknowledged))
    assert sorted(peers[0].sees) == sorted(acknowledged), "every acknowledged message, once"
    for peer in peers:
        assert peer.sees == peers[0].sees, "in the same order at everyone"
        assert peer.client.of(room).repeated == 0
    for place in range(PEERS):
        own = [text for text in peers[0].sees if text.startswith(f"{spelled(place)}:")]
        assert own == lines(place), "each in their own order"


async def talk(peer: Peer, place: int) -> list[str]:
    """A hundred lines, each until it is acknowledged."""
    for text in lines(place):
        answer = await peer.client.deliver(peer.channel, text)
        assert answer["type"] == "posted", answer["why"]
        await asyncio.sleep(0.01)
    return lines(place)


def lines(place: int) -> list[str]:
    return [f"{spelled(place)}: {spelled(turn)}" for turn in range(EACH)]


def spelled(number: int) -> str:
    return f"{WORDS[number // 10]} {WORDS[number % 10]}"


async def test_tickets_mutes_and_words_survive_the_death_of_everything(build: Build) -> None:
    house = build(servers=2)
    room = house.fresh_room()
    ana, ben, mo = await house.peer(0), await house.peer(1), await house.moderator()
    for person in (ana, ben, mo):
        await person.joins(room)
    await ben.says("something unkind")
    await ana.says("before the night")
    await mo.mutes(await mo.number_of("something unkind"), minutes=60)
    ticket = (await ana.asks_for_help())["ticket"]
    held = await ana.says("write to me at ana@example.com please")
    assert held["type"] == "held"

    for server in house.servers:
        server.kill()
    house.kill_store()
    house.start_store()
    house.restart()

    ana, ben = await house.peer(0, session=ana.client.session), await house.peer(1, session=ben.client.session)
    mo = await house.moderator()
    desk = await mo.opens_the_desk()
    assert ticket in [each["ticket"] for each in desk["tickets"]]
    assert held["hold"] in [each["hold"] for each in desk["holds"]]
    assert (await ana.joins(room))["held"][0]["hold"] == held["hold"]
    await ana.hears("before the night")
    assert (await ben.joins(room))["muted_until"] > 0
    assert (await ben.is_refused("but")).code == "muted"


async def test_a_killed_server_with_a_store_of_its_own_finds_everything_again(build: Build, tmp_path: Path) -> None:
    """As `make run` has it: the store goes with its program, and nothing that was acknowledged goes with it."""
    house = build(servers=1, redis_url="", data_dir=str(tmp_path))
    ana, mo = await house.peer(returns=True), await house.moderator()
    await ana.joins(house.fresh_room())
    await ana.says("before")
    ticket = (await ana.asks_for_help())["ticket"]
    house.servers[0].kill()
    await ana.client.until(lambda: not ana.client.is_open)
    house.restart()
    await ana.client.deliver(ana.channel, "after")
    await ana.hears("after")
    assert ana.sees == ["before", "after"]
    mo = await house.moderator()
    assert ticket in [each["ticket"] for each in (await mo.opens_the_desk())["tickets"]]


async def test_numbers_go_on_after_a_clean_restart_and_the_room_is_resumed(build: Build) -> None:
    house = build(servers=1)
    room = house.fresh_room()
    ana = await house.peer(returns=True)
    await ana.joins(room)
    await ana.says("before")
    await ana.hears("before")
    await asyncio.to_thread(house.servers[0].stop)
    await ana.client.until(lambda: not ana.client.is_open)
    house.store.stop()
    house.start_store()
    house.restart()
    await ana.client.until(lambda: ana.client.is_open)
    assert ana.client.rooms[ana.channel]["resumed"] == "resumed"
    await ana.says("after")
    await ana.hears("after")
    assert ana.sees == ["before", "after"]


async def test_while_the_store_is_gone_nothing_is_acknowledged_and_it_is_said(build: Build) -> None:
    house = build(servers=1)
    ana = await house.peer(returns=True)
    await ana.joins(house.fresh_room())
    await ana.says("before")
    house.kill_store()
    with pytest.raises(Refused) as no:
        await ana.says("while it is gone")
    assert no.value.code == "unavailable"
    house.start_store()
    await ana.client.deliver(ana.channel, "when it is back")
    await ana.hears("when it is back")
    assert "while it is gone" not in ana.sees


async def test_a_stopped_process_lets_its_people_go_with_a_word(build: Build) -> None:
    house = build(servers=2)
    ana = await house.peer(0)
    await asyncio.to_thread(house.servers[0].stop)
    await ana.client.until(lambda: ana.client.close_code)
    assert ana.client.close_code == 1012

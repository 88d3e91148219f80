"""The training over real sockets and two processes: the gate, the practice that no peer can reach, and its end."""

import asyncio
from typing import Any

import pytest

from loadtests.client import Client, Refused
from tests.walks.house import Build, House
from tests.walks.people import Peer
from tests.walks.test_listening import at_the_desk, waits

LASTS_MS = 6_000
COMMANDS: dict[str, dict[str, Any]] = {
    "open_course": {},
    "answer_lesson": {"lesson": "listening", "choice": 0},
    "practise": {"practice": "heavy-week"},
}


async def goes_through(client: Client) -> None:
    """As someone who learns: everything is tried until it helps."""
    course = await client.ask("open_course")
    for lesson in course["lessons"]:
        for choice in range(len(lesson["choices"])):
            if (await client.ask("answer_lesson", lesson=lesson["id"], choice=choice))["right"]:
                break
    for practice in course["practices"]:
        moves: list[str] = []
        turn = await client.ask("practise", practice=practice["id"])
        while not turn["over"]:
            assert {line["voice"] for line in turn["lines"]} == {"practice"}
            for move in turn["moves"]:
                moves.append(move["id"])
                turn = await client.ask("practise", practice=practice["id"], moves=moves)
                if turn["helps"]:
                    break


async def code_of(client: Client, command: str, **fields: Any) -> str:
    with pytest.raises(Refused) as no:
        await client.ask(command, **fields)
    return no.value.code


async def test_the_gate_opens_by_training_is_watched_at_first_and_closes_with_time(build: Build) -> None:
    house = build(2, training_required="1", watched_first="1", training_ms=str(LASTS_MS))
    ana, wren = await house.peer(0), await at_the_desk(house, "Wren", at=1)
    assert (await waits(ana, draft="it has been a long week"))["listeners"] == 0
    assert await code_of(wren.client, "listen", availability="available") == "training"
    for command, fields in COMMANDS.items():
        assert await code_of(ana.client, command, **fields) == "forbidden"
    await goes_through(wren.client)
    assert not wren.was_told("offered"), "who trains is offered nobody"
    told = await wren.is_told("training_changed")
    assert (told["training"]["due"], told["training"]["to_watch"]) == (None, 1)

    await wren.client.ask("listen", availability="available")
    offer = (await wren.is_told("offered"))["offer"]["offer"]
    await wren.client.ask("accept", offer=offer)
    for person in (ana, wren):
        assert (await person.is_told("one_began"))["one"]["watched"]
        await person.joins(f"one:{offer}")
    sue = await at_the_desk(house, "Sue", role="supervisor")
    await sue.client.ask("duty", state="on")
    assert await to_watch(sue) == [f"one:{offer}"]
    await sue.client.ask("watch", channel=f"one:{offer}")
    assert await to_watch(sue) == []
    await wren.hears("it has been a long week")
    await ana.client.ask("goodbye", channel=f"one:{offer}")
    assert "practice" not in {event.get("voice") for each in (ana, sue) for event in each.client.heard}

    await wren.client.ask("listen", availability="off")
    await asyncio.sleep(LASTS_MS / 1000)
    assert await code_of(wren.client, "listen", availability="available") == "training"
    assert (await wren.client.ask("listening"))["training"]["due"] == "again"


async def test_who_trained_elsewhere_is_let_in_by_the_operators_word(build: Build) -> None:
    house = build(1, training_required="1")
    lark = await at_the_desk(house, "Lark")
    assert house.command("trained", "lark") == "Lark is on record as trained.\n"
    await lark.is_told("training_changed")
    await lark.client.ask("listen", availability="available")
    assert audited(house) == [["operator", "trained_elsewhere", "Lark", ""]]


async def to_watch(sue: Peer) -> list[str]:
    return [one["channel"] for one in (await sue.client.ask("overview"))["ones"] if one["to_watch"]]


def audited(house: House) -> list[list[str]]:
    return [row.split("\t")[1:] for row in house.command("audit").splitlines()]

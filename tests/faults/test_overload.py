"""G16: too much to do is refused at once and done later; help, reports, staff and private threads are done now."""

import asyncio
import os
import signal
import time
from collections import Counter

from loadtests.client import Client, Refused
from tests.faults.crowd import opened_house
from tests.faults.figures import tell

BOUND, TALKERS, EACH = 20, 10, 6
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()


async def test_while_the_store_stands_still_little_piles_up_and_afterwards_everything_is_said_once() -> None:
    async with opened_house(1, commands_in_flight=str(BOUND), store_ms="30000") as house:
        room = f"room:{house.fresh_room()}"
        talkers = [(await house.peer()).client for _ in range(TALKERS)]
        reader, ana, mo = await house.peer(), await house.peer(), await house.moderator()
        for client in (*talkers, reader.client, ana.client, mo.client):
            await client.join(room)
        seen = Counter[str]()
        os.kill(house.store.pid, signal.SIGSTOP)
        try:
            saying = [
                asyncio.create_task(until_it_is_said(client, room, f"{WORDS[place]} {WORDS[turn]}", seen))
                for place, client in enumerate(talkers)
                for turn in range(EACH)
            ]
            await reader.client.until(lambda: True)
            while seen["overloaded"] < TALKERS * EACH - BOUND:
                await asyncio.sleep(0.01)
            # What is asked now stands beside all that, and is not refused.
            reserved = [
                asyncio.create_task(ana.client.ask("help", client_id=os.urandom(16), channel=room)),
                asyncio.create_task(mo.client.ask("gate", channel=room, state="open")),
                asyncio.create_task(mo.client.ask("desk")),
            ]
            answered_while_still = await ana.client.ask("ping")
            await asyncio.sleep(0.2)
            assert not any(asked.done() for asked in reserved)
            joined = await refusal(reader.client, "join", channel=f"room:{house.fresh_room()}", since=None)
            history = await refusal(reader.client, "history", channel=room, before=100)
        finally:
            os.kill(house.store.pid, signal.SIGCONT)
        answers = [answer["type"] for answer in await asyncio.gather(*reserved)]
        assert answers == ["help_received", "done", "desk_state"]
        assert answered_while_still["type"] == "pong"
        assert {joined.code, history.code} == {"overloaded"}
        assert all(1_000 <= (no.retry_ms or 0) <= 3_000 for no in (joined, history))
        await asyncio.gather(*saying)
        said = sorted(f"{WORDS[place]} {WORDS[turn]}" for place in range(TALKERS) for turn in range(EACH))
        await reader.client.until(lambda: sorted(reader.client.texts(room)) == said, 60.0)
        assert (await mo.client.ask("history", channel=room, before=100))["type"] == "page"
        tell(f"{TALKERS * EACH} posts, {BOUND} at once, a store that stands still", refused=seen["overloaded"])


async def until_it_is_said(client: Client, room: str, text: str, seen: Counter[str]) -> None:
    """Always with the same id, as soon as the server asks for it again."""
    client_id = os.urandom(16)
    while True:
        began = time.monotonic()
        try:
            await client.post(room, text, client_id)
            return
        except Refused as no:
            assert no.code == "overloaded"
            seen["slow refusals"] += time.monotonic() - began > 2.0
            seen["overloaded"] += 1
            await asyncio.sleep((no.retry_ms or 1_000) / 1_000)


async def refusal(client: Client, kind: str, **fields: object) -> Refused:
    try:
        answer = await client.ask(kind, **fields)
    except Refused as no:
        return no
    raise AssertionError(f"it was answered: {answer['type']}")

"""G8: a person's own posts keep their order while screening takes each another time; a held one blocks nothing."""

import asyncio
import os
import shutil
from pathlib import Path

from loadtests.following import Event
from tests.faults.brief import BriefHouse
from tests.faults.figures import FULL, SEED, tell
from tests.walks.people import Peer

DATA = Path(__file__).parents[2] / "server" / "data"
SENDERS = 100 if FULL else 10
SENDS = 5_000 if FULL else 200
SLOW_MS = 2_000 if FULL else 60
SLOW = '[[screeners]]\nname = "slow"\nkind = "tests.faults.altered:Slow"\n\n[[screeners]]'
UNDER_WAY = 8  # of one sender, on the wire one after the other
BEFORE = 100  # posts that stand in line when help is asked for
HELD = "ring me on 07700 900123"
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()


def house(folder: Path, slow_ms: int) -> BriefHouse:
    """A house with one more screener, named in the policy file as an operator names theirs."""
    policy = (DATA / "policy.toml").read_text()
    (folder / "policy.toml").write_text(policy.replace("[[screeners]]", SLOW, 1))
    shutil.copy(DATA / "rooms.toml", folder / "rooms.toml")
    every = str(SENDS * 2)
    return BriefHouse(
        1,
        content_dir=str(folder),
        slow_ms=str(slow_ms),
        seed=str(SEED),
        screening_remote_ms="10000",
        history_messages=every,
        ring_messages=every,
        history_shown=every,
        commands_in_flight=every,
        store_delay_ms="60000",  # a machine that is busy with other things is no crowd here
    )


async def test_no_sender_is_heard_out_of_their_order_and_nothing_waits_that_need_not(tmp_path: Path) -> None:
    each = SENDS // SENDERS
    with house(tmp_path, SLOW_MS) as place:
        senders = [await place.peer() for _ in range(SENDERS)]
        listener = await place.peer()
        for person in (*senders, listener):
            await person.joins("evening")
        answers = await asyncio.gather(*(says_all(sender, name, each) for name, sender in enumerate(senders)))
        await listener.client.until(lambda: len(listener.sees) >= SENDS, patience=300)
        for name, answered in enumerate(answers):
            own = [text for text in listener.sees if text.startswith(f"{word(name)}:")]
            assert own == lines(name, each), "as it was sent"
            assert [answer["seq"] for answer in answered] == sorted(answer["seq"] for answer in answered)
        tell("G8", seed=SEED, sends=SENDS, senders=SENDERS, screened_up_to_ms=SLOW_MS, out_of_order=0)
        await a_held_one_blocks_nothing(*senders[:2])
        await help_and_leaving_do_not_wait(senders[2])
        await place.see_everyone_out()


async def says_all(sender: Peer, name: int, each: int) -> list[Event]:
    """One after the other on the wire, the next without waiting for the answer to the last."""
    places = asyncio.Semaphore(UNDER_WAY)
    sending = [asyncio.create_task(says(sender, line, places)) for line in lines(name, each)]
    return list(await asyncio.gather(*sending))


async def says(sender: Peer, line: str, places: asyncio.Semaphore) -> Event:
    async with places:
        answer = await sender.says(line)
    assert answer["type"] == "posted", answer
    return answer


async def a_held_one_blocks_nothing(ana: Peer, ben: Peer) -> None:
    held = await ana.says(HELD)
    assert held["type"] == "held"
    await ana.says("after what is held")
    await ben.hears("after what is held")


async def help_and_leaving_do_not_wait(cleo: Peer) -> None:
    waiting = [asyncio.create_task(cleo.says(f"{word(turn)} is looked at")) for turn in range(BEFORE)]
    await asyncio.sleep(0)
    helped = await cleo.client.ask("help", client_id=os.urandom(16), channel=cleo.channel)
    assert helped["type"] == "help_received"
    await cleo.leaves()
    assert not all(each.done() for each in waiting), "both were answered before what was sent before them"
    await asyncio.gather(*waiting, return_exceptions=True)


def lines(name: int, each: int) -> list[str]:
    return [f"{word(name)}: {word(turn)}" for turn in range(each)]


def word(number: int) -> str:
    """Numbers said one after the other would be looked at as a telephone number in pieces."""
    return " ".join(WORDS[int(digit)] for digit in f"{number:03}")

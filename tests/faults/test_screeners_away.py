"""G17, M2: screeners die, hang and speak rubbish while people write; nothing unscreened is shown in a room."""

import asyncio
import itertools
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from loadtests.client import Refused
from loadtests.diary import Diary, Line
from loadtests.following import Event
from tests.faults.conftest import IS_FULL, Outcome
from tests.faults.figures import percentile
from tests.faults.shaken import Fault, Shaken
from tests.walks.people import Moderator, Peer

SENDERS, SENDS, TURNS, FAULT_S, PACE_S = (50, 10_000, 20, 1.2, 2.2) if IS_FULL else (8, 320, 2, 0.4, 0.1)
HELD_SEEN_S = 2.0
ROOMS = 4
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()


@dataclass
class Accounts:
    """Of every message: what its author was told, and when; who saw it, and when the desk had it."""

    answers: dict[bytes, Event] = field(default_factory=dict)
    answered: dict[bytes, float] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)

    def of(self, kind: str) -> set[bytes]:
        return {message for message, answer in self.answers.items() if answer["type"] == kind}


async def an_evening(house: Shaken, chance: random.Random, faults: list[Fault], turns: int, sends: int) -> "Evening":
    evening = Evening(house)
    await evening.begins()
    said = itertools.count()
    falling = asyncio.create_task(weathers(faults, turns))
    await asyncio.gather(*(evening.talks(sender, said, sends, falling, chance) for sender in evening.senders))
    await falling
    return evening


async def weathers(faults: list[Fault], turns: int) -> None:
    """Each in its turn, with a calm after it in which the circuit closes again."""
    for _ in range(turns):
        for _, begins, ends in faults:
            await asyncio.sleep(FAULT_S)
            await asyncio.to_thread(begins)
            await asyncio.sleep(FAULT_S)
            await asyncio.to_thread(ends)
    await asyncio.sleep(FAULT_S)


class Evening:
    def __init__(self, house: Shaken) -> None:
        self.house = house
        self.accounts = Accounts()
        self.senders: list[Peer] = []
        self.seen_at_the_desk: dict[str, float] = {}  # by text

    async def begins(self) -> None:
        for place in range(SENDERS):
            sender = await self.house.peer(place % 2)
            await sender.joins(f"walk-{place % ROOMS}")
            self.senders.append(sender)
        self.reader = await self.house.peer(1)
        for place in range(ROOMS):
            await self.reader.joins(f"walk-{place}")
        self.mo: Moderator = await self.house.moderator(at=1)
        self.mo.client.diary = Diary(self._at_the_desk)
        await self.mo.opens_the_desk()

    async def talks(
        self,
        sender: Peer,
        said: "itertools.count[int]",
        sends: int,
        falling: "asyncio.Task[None]",
        chance: random.Random,
    ) -> None:
        """Until enough was said and every fault was had."""
        accounts = self.accounts
        while (turn := next(said)) < sends or not falling.done():
            text, message = spelled(turn), chance.randbytes(16)
            accounts.texts[message] = text
            try:
                accounts.answers[message] = await sender.says(text, message)
            except Refused as no:
                accounts.answers[message] = {"type": f"refused: {no.code}"}
            accounts.answered[message] = time.perf_counter()
            await asyncio.sleep(chance.uniform(0, PACE_S))

    async def ends(self) -> None:
        """Everyone has heard what they will hear."""
        posted, held = len(self.accounts.of("posted")), self.accounts.of("held")
        reader = self.reader.client
        await reader.until(lambda: len(self.shown()) >= posted, 60)
        await self.mo.client.until(lambda: all(self.accounts.texts[each] in self.seen_at_the_desk for each in held), 60)

    def shown(self) -> set[str]:
        """On anyone's screen."""
        return {
            text
            for person in (self.reader, *self.senders)
            for place in range(ROOMS)
            for text in person.client.texts(f"room:walk-{place}")
        }

    def lateness(self) -> list[float]:
        """Of each held message: from the answer to its author until a moderator had it."""
        accounts = self.accounts
        return [self.seen_at_the_desk[accounts.texts[each]] - accounts.answered[each] for each in accounts.of("held")]

    def _at_the_desk(self, line: Line) -> None:
        if line.what == "heard" and line.frame["type"] == "hold_arrived":
            self.seen_at_the_desk[line.frame["hold"]["text"]] = line.at


async def test_nothing_that_a_screener_did_not_look_at_is_shown_in_a_room(
    tmp_path: Path, chance: random.Random, outcome: Outcome
) -> None:
    house = Shaken(tmp_path)
    try:
        evening = await an_evening(house, chance, house.faults, TURNS, SENDS)
        await evening.ends()
        accounts, shown, screened = evening.accounts, evening.shown(), house.screened()
        told = Counter(answer["type"] for answer in accounts.answers.values())
        late = evening.lateness()
        outcome.notes(
            f"{len(accounts.answers):,} sent",
            *(f"{count:,} {kind}" for kind, count in told.most_common()),
            f"{TURNS} of each of {len(house.faults)} faults",
            f"{len(shown - screened)} unscreened shown",
            f"held seen at the desk p99 {percentile(late, 0.99):.3g} s, at most {max(late):.3g} s",
        )
        assert len(shown) >= SENDS // 10, "the calm is long enough that most is delivered"
        assert not shown - screened
        assert shown == {accounts.texts[each] for each in accounts.of("posted")}
        assert accounts.answers.keys() == accounts.texts.keys()
        assert all(kind in ("posted", "held") or kind.startswith("refused: ") for kind in told)
        assert told["posted"] + told["held"] > 0.99 * len(accounts.answers)
        assert {answer["why"] for answer in accounts.answers.values() if "why" in answer} == {"unscreened"}
        assert not IS_FULL or max(late) <= HELD_SEEN_S
    finally:
        house.close()


async def test_a_house_that_delivers_what_a_screener_was_too_late_for_is_found(
    tmp_path: Path, chance: random.Random, outcome: Outcome
) -> None:
    house = Shaken(tmp_path, program=("tests.faults.planted", "lenient"))
    try:
        hung = [fault for fault in house.faults if "hung" in fault[0]]
        evening = await an_evening(house, chance, hung, turns=1, sends=40)
        await evening.ends()
        unscreened = evening.shown() - house.screened()
        outcome.notes(f"{len(unscreened)} unscreened shown")
        assert unscreened
    finally:
        house.close()


def spelled(number: int) -> str:
    """A number as words: digits one after the other would be looked at as a telephone number in pieces."""
    return " ".join(WORDS[int(digit)] for digit in f"{number:05}")

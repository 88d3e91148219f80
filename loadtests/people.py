"""People as they come: talkers, lurkers, returners, a crowd that talks at once, and a moderator."""

import asyncio
import random
import secrets
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from loadtests import talk
from loadtests.client import Client, Ended, Refused
from loadtests.diary import Diary
from loadtests.doorway import NOT_LET_IN
from loadtests.following import DESK, Event
from loadtests.session import Session

TYPING_SECONDS = 3.0
KNOCK_AGAIN_SECONDS = (1.0, 3.0)
TALKS_IN, READS_IN = 1, 2  # rooms
READING_SECONDS = 6.0
LOOKS_BACK, GREETS, MOVES_ON = 0.1, 0.05, 0.05
CROWDED = 20  # people; beyond that a room shows no names
CONNECTED_SECONDS, AWAY_SECONDS = 8.0, (0.2, 4.0)
STORM_SECONDS = 15.0  # from one storm to the next
STORM_LINES = 3
ACT_SECONDS = 3.0
REMOVES, RESTORES, MUTES, SLOWS = 0.5, 0.3, 0.1, 0.1
REACH = 8  # the newest messages, of which a moderator picks
SLOW_SECONDS, SLOW_FOR_SECONDS = 5, (5.0, 12.0)
PASSPHRASE = "a calm and long passphrase"


@dataclass
class Evening:
    """What all people of one run share."""

    url: str
    rooms: list[str]
    staff: Session = field(default_factory=Session)
    invitation: str = ""
    invitations: list[str] = field(default_factory=list)  # of listeners, one each
    pace: float = 1.0  # how much faster than people they live
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def some_rooms(self, count: int) -> list[str]:
        """The first ones are the fullest, as in life."""
        left = list(self.rooms)
        chosen: list[str] = []
        while left and len(chosen) < count:
            chosen += random.choices(left, [1 / place for place in range(1, len(left) + 1)])
            left.remove(chosen[-1])
        return chosen

    async def pause(self, seconds: float) -> None:
        """Until then, or until the evening ends."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds / self.pace):
                await self.closing.wait()


class Person:
    """Comes in, lives there until the evening closes, and stays to listen."""

    rooms = READS_IN

    def __init__(self, evening: Evening, diary: Diary) -> None:
        self.evening = evening
        self.client = self._client()
        self.client.diary = diary
        self.channels = evening.some_rooms(random.randint(1, self.rooms))

    async def visits(self) -> None:
        await self.evening.pause(random.random())  # nobody keeps step with the others
        while not self.client.is_open and not self.evening.closing.is_set():
            with suppress(*NOT_LET_IN, Ended, Refused):
                await self.client.open()
                break
            await self.evening.pause(random.uniform(*KNOCK_AGAIN_SECONDS))
        await self._goes_in()
        await self.lives()

    async def lives(self) -> None:
        raise NotImplementedError

    async def says(self, text: str) -> None:
        """With what comes of it: refused for good, it stays unsaid."""
        with suppress(Refused, TimeoutError):
            await self.client.deliver(self.channels[0], text)

    async def tries(self, asked: Awaitable[Any]) -> bool:
        """Whether it went through; the network, someone else or a rule may have been in the way."""
        try:
            await asked
        except (Refused, Ended, TimeoutError):
            return False
        return True

    def _client(self) -> Client:
        return Client(self.evening.url, returns=True)

    async def _goes_in(self) -> None:
        for channel in self.channels:
            await self.tries(self.client.join(channel))


class Talker(Person):
    """Thinks, types, says it, sometimes several lines at once; and waits for others."""

    rooms = TALKS_IN

    async def lives(self) -> None:
        while not self.evening.closing.is_set():
            await self.evening.pause(talk.thinking_seconds())
            for text in talk.turn():
                await self._types(text)
                if not self.evening.closing.is_set():
                    await self.says(text)

    async def _types(self, text: str) -> None:
        left = talk.typing_seconds(text)
        while left > 0 and not self.evening.closing.is_set():
            await self.tries(self.client.tell("typing", channel=self.channels[0]))
            await self.evening.pause(min(left, TYPING_SECONDS))
            left -= TYPING_SECONDS


class Returner(Talker):
    """Talks, on a network that goes away without a word, also in the middle of a message."""

    async def lives(self) -> None:
        await asyncio.gather(super().lives(), self._is_cut_off())

    async def _is_cut_off(self) -> None:
        while not self.evening.closing.is_set():
            await self.evening.pause(talk.thinking_seconds(CONNECTED_SECONDS))
            if not self.client.is_open:
                continue  # on the way back already
            self.client.returns = False
            await self.client.lose()
            await asyncio.sleep(random.uniform(*AWAY_SECONDS))
            self.client.returns = True
            await self.client.come_back()


class Lurker(Person):
    """Reads, looks back, notices who comes, moves on from a crowd."""

    async def lives(self) -> None:
        people: dict[str, int] = {}
        while not self.evening.closing.is_set():
            await self.evening.pause(talk.thinking_seconds(READING_SECONDS))
            if random.random() < LOOKS_BACK:
                await self.tries(self._looks_back())
            for here in self._notices():
                await self._reacts(here["channel"], here["people"] - people.get(here["channel"], 0), here["people"])
                people[here["channel"]] = here["people"]

    async def _reacts(self, channel: str, newcomers: int, people: int) -> None:
        if channel not in self.channels:
            return
        if people > CROWDED and random.random() < MOVES_ON:
            await self.tries(self._moves_on(channel))
        elif channel == self.channels[0] and newcomers > 0 and random.random() < GREETS:
            await self.says("Hello, and welcome.")

    async def _looks_back(self) -> None:
        channel = self.channels[0]
        await self.client.ask("history", channel=channel, before=max(1, self.client.of(channel).top - 20), limit=20)

    async def _moves_on(self, channel: str) -> None:
        elsewhere = [room for room in self.evening.rooms if room not in self.channels]
        if elsewhere:
            await self.client.leave(channel)
            self.channels.remove(channel)
            self.channels.insert(0, random.choice(elsewhere))
            await self.client.join(self.channels[0])

    def _notices(self) -> list[Event]:
        heard = [event for event in self.client.heard if event["type"] == "here"]
        self.client.heard.clear()
        return heard


class Stormer(Person):
    """One of a crowd in the first room: all at once, everyone says several lines."""

    async def lives(self) -> None:
        while not self.evening.closing.is_set():
            now = asyncio.get_running_loop().time() * self.evening.pace
            await self.evening.pause(STORM_SECONDS - now % STORM_SECONDS)
            for _ in range(STORM_LINES * (not self.evening.closing.is_set())):
                await self.says(talk.text())

    async def _goes_in(self) -> None:
        self.channels = self.evening.rooms[:1]
        await super()._goes_in()


class Moderator(Person):
    """On duty in every room: decides what is held, removes, restores, mutes, slows."""

    async def lives(self) -> None:
        decided: set[str] = set()
        while not self.evening.closing.is_set():
            await self.evening.pause(talk.thinking_seconds(ACT_SECONDS))
            await self.tries(self.client.tell("hand"))
            for arrived in list(self.client.of(DESK).of("hold_arrived")):
                if arrived["hold"]["hold"] not in decided:
                    decided.add(arrived["hold"]["hold"])
                    await self.tries(self._decides(arrived["hold"]))
            await self.tries(self._acts(random.choice(self.channels)))

    async def visits(self) -> None:
        session = self.evening.staff
        if not session.cookies:
            name = f"Mo {secrets.token_hex(2)}"
            await session.accept(self.evening.url, self.evening.invitation, name, PASSPHRASE)
        await super().visits()

    async def _goes_in(self) -> None:
        self.channels = list(self.evening.rooms)
        await super()._goes_in()
        await self.tries(self.client.follow_desk())
        await self.tries(self.client.ask("duty", state="on"))

    async def _decides(self, hold: Event) -> None:
        decision = random.choice(["allow", "allow", "ask_edit", "refuse"])
        reason = None if decision == "allow" else "contact"
        await self.client.ask("decide", channel=hold["channel"], hold=hold["hold"], decision=decision, reason=reason)

    async def _acts(self, channel: str) -> None:
        events = self.client.of(channel).events
        newest = [seq for seq in sorted(events)[-REACH:] if events[seq]["type"] == "said"]
        if not newest:
            return
        seq, chance = random.choice(newest), random.random()
        if chance < REMOVES:
            await self.client.ask("remove", channel=channel, seq=seq, reason="other")
            if random.random() < RESTORES:
                await self.evening.pause(random.uniform(0.5, 3.0))
                await self.client.ask("restore", channel=channel, seq=seq)
        elif chance < REMOVES + MUTES:
            await self.client.ask("mute", channel=channel, seq=seq, minutes=1, reason="other")
        elif chance < REMOVES + MUTES + SLOWS:
            await self.client.ask("slow_mode", channel=channel, seconds=SLOW_SECONDS)
            await self.evening.pause(random.uniform(*SLOW_FOR_SECONDS))
            await self.client.ask("slow_mode", channel=channel, seconds=0)

    def _client(self) -> Client:
        return Client(self.evening.url, session=self.evening.staff, returns=True)

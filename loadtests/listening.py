"""People who queue for a listener, and listeners: a draft, an offer, a talk in turns, and goodbye; then the next."""

import os
import random
import secrets
from collections.abc import Callable
from typing import TypeVar

from loadtests import talk
from loadtests.client import Client
from loadtests.diary import Diary
from loadtests.following import INBOX, Event
from loadtests.people import PASSPHRASE, Evening, Person
from loadtests.session import Session

LOOK_SECONDS = 0.2
THINKS_SECONDS = 2.0
TURNS = (2, 6)  # answers until goodbye
NEEDS_MORE = 0.2  # who asks for help during a talk
COMES_AGAIN_SECONDS = 10.0
T = TypeVar("T")


class OneToOne(Person):
    """Either of the two. They speak in turns, so nobody speaks into what is over."""

    def __init__(self, evening: Evening, diary: Diary) -> None:
        super().__init__(evening, diary)
        self.channels = []
        self._known: set[str] = set()

    async def _sees(self, look: Callable[[], T]) -> T | None:
        """What is looked for, once it is there; nothing where the evening ends before."""
        while not (found := look()) and not self.evening.closing.is_set():
            await self.evening.pause(LOOK_SECONDS * self.evening.pace)
        return found or None

    async def _begins(self) -> str | None:
        """The channel of a one-to-one that was not known before; then they are in it."""
        channel = await self._sees(self._new_one)
        if channel is not None:
            self._known.add(channel)
            await self.client.join(channel)
        return channel

    def _new_one(self) -> str:
        began = (str(event["one"]["channel"]) for event in self.client.of(INBOX).of("one_began"))
        return next((channel for channel in began if channel not in self._known), "")

    def _words(self, channel: str) -> list[Event]:
        return list(self.client.of(channel).of("said"))

    def _is_over(self, channel: str) -> bool:
        return any(event["one"]["channel"] == channel for event in self.client.of(INBOX).of("one_ended"))

    async def _answers(self, channel: str) -> None:
        await self.evening.pause(talk.thinking_seconds(THINKS_SECONDS))
        if not self.evening.closing.is_set():
            await self.tries(self.client.deliver(channel, talk.text()))


class Waiter(OneToOne):
    """Queues with a draft, talks with whoever takes them, and comes again some time later."""

    async def lives(self) -> None:
        while not self.evening.closing.is_set():
            await self.client.ask("queue", client_id=os.urandom(16), draft=talk.text())
            channel = await self._begins()
            if channel is None:
                return
            await self._talks(channel)
            await self.evening.pause(talk.thinking_seconds(COMES_AGAIN_SECONDS))

    async def _talks(self, channel: str) -> None:
        answered = 0
        while not self.evening.closing.is_set():
            await self._sees(lambda known=answered: self._is_over(channel) or self._of_the_other(channel) > known)  # type: ignore[misc]
            if self._is_over(channel) or self.evening.closing.is_set():
                break
            answered = self._of_the_other(channel)
            if random.random() < NEEDS_MORE:
                await self.client.ask("help", client_id=os.urandom(16), channel=channel)
            await self._answers(channel)
        await self.client.leave(channel)

    def _of_the_other(self, channel: str) -> int:
        return sum(said["voice"] == "listener" for said in self._words(channel))


class Listener(OneToOne):
    """Checks in, accepts, talks, says goodbye; and takes the next when the time to breathe is over."""

    async def visits(self) -> None:
        await self.client.session.accept(
            self.evening.url, self.evening.invitations.pop(), f"Li {secrets.token_hex(2)}", PASSPHRASE
        )
        await super().visits()

    async def lives(self) -> None:
        await self.client.ask("listen", availability="available")
        answered: set[str] = set()
        while not self.evening.closing.is_set():
            offer = await self._sees(lambda: self._offer(answered))
            if offer is None:
                return
            answered.add(offer)
            if await self.tries(self.client.ask("accept", offer=offer)):
                channel = await self._begins()
                if channel is not None:
                    await self._listens(channel)

    async def _listens(self, channel: str) -> None:
        for turn in range(1, random.randint(*TURNS) + 1):
            await self._answers(channel)
            if await self._sees(lambda turn=turn: self._of_the_peer(channel) > turn) is None:  # type: ignore[misc]
                return
        await self.client.ask("goodbye", channel=channel)
        await self.client.leave(channel)

    def _offer(self, answered: set[str]) -> str:
        offers = (str(event["offer"]["offer"]) for event in self.client.of(INBOX).of("offered"))
        return next((offer for offer in offers if offer not in answered), "")

    def _of_the_peer(self, channel: str) -> int:
        """With the draft."""
        return sum(said["voice"] == "peer" for said in self._words(channel))

    def _client(self) -> Client:
        return Client(self.evening.url, session=Session(), returns=True)

"""The reference client, written from docs/protocol.md alone, on a WebSocket and a MessagePack library."""

import asyncio
import itertools
import os
import random
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgpack
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from loadtests import doorway
from loadtests.following import DESK, INBOX, SUPERVISION, Event, Following, numbered_in
from loadtests.returning import wait_seconds
from loadtests.session import Session

VERSION = 1
STAY_AWAY = {1000, 1008, 4400, 4401, 4403, 4409, 4412}
ANSWER_SECONDS = 20.0
ASK_AGAIN = {"slow_mode", "rate", "unavailable", "overloaded"}
COME_BACK_SECONDS = 120.0
NO_CODE = 1006  # the connection ended without saying why

Diary = Callable[..., None]  # what happened, the frame, its number
T = TypeVar("T")


class Refused(Exception):
    """The server said no."""

    def __init__(self, event: Event) -> None:
        super().__init__(event["code"])
        self.code: str = event["code"]
        self.retry_ms: int | None = event["retry_ms"]
        self.offers: list[str] = event["offers"]


class Ended(Exception):
    """The connection ended before an answer came."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


class Client:
    """One person in one tab. While `returns`, it comes back by itself, to the next of its addresses."""

    def __init__(self, *urls: str, session: Session | None = None, returns: bool = False) -> None:
        self.urls = list(urls)
        self.diary: Diary = lambda *line: None
        self.session = session or Session()
        self.returns = returns
        self.is_open = False
        self.close_code: int | None = None
        self.welcome: Event = {}
        self.rooms: dict[str, Event] = {}  # the last `joined` of every channel
        self.following: dict[str, Following] = {}
        self.heard: list[Event] = []  # what has no number and answers nothing: here, writing, on_duty, bad frames
        self._refs = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Event]] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._socket: ClientConnection | None = None
        self._greeted_by: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None

    # -- coming and going

    async def open(self) -> Event:
        """Signs in where need be, opens the socket, says hello and goes back into every channel."""
        try:
            if not self.session.cookies:
                self.diary("knocks")
                await self.session.enter(self.urls[0])
            await self.connect()
        except doorway.NOT_LET_IN as no:
            self.diary("failed", {"why": repr(no), "status": doorway.status(no)})
            raise
        try:
            self.welcome = await self.ask("hello", version=VERSION, inbox=self.of(INBOX).position)
            for channel in list(self.rooms):
                await self._join_again(channel)
            if self.close_code is not None:  # it ended with its last answer
                raise Ended(self.close_code)
        except BaseException:
            self._abort()
            raise
        self.is_open, self._greeted_by = True, self._socket
        self._tell_waiters()
        return self.welcome

    async def connect(self) -> None:
        """The socket alone, without a hello."""
        self.diary("opens")
        self._socket = await doorway.socket(self.urls[0], self.session)
        self.close_code = None
        self.diary("opened")
        self._listening = asyncio.create_task(self._listen(self._socket))

    async def close(self) -> None:
        self.returns = False
        self.diary("leaves")
        if self._socket is not None:
            await self._socket.close()
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    async def lose(self) -> None:
        """The network is gone: no goodbye in either direction."""
        self._abort()
        await self.until(lambda: not self.is_open)

    def _abort(self) -> None:
        assert self._socket is not None
        self.diary("cut")
        self._socket.transport.abort()

    async def _listen(self, socket: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for frame in socket:
                assert isinstance(frame, bytes)
                self._hear(*msgpack.unpackb(frame))
        was_greeted = self._greeted_by is socket
        self.is_open = False
        self.close_code = socket.close_code or NO_CODE
        self.diary("ended", {"code": self.close_code})
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(Ended(self.close_code))
        self._tell_waiters()
        if was_greeted and self.returns and self.close_code not in STAY_AWAY:
            await self.come_back()

    async def come_back(self) -> None:
        """After a while, and again until it succeeds."""
        code, tries, not_before = self.close_code or NO_CODE, 0, 0.0
        while self.returns:
            await asyncio.sleep(not_before + wait_seconds(code, tries, random.random()))
            tries += 1
            self.urls.append(self.urls.pop(0))
            try:
                await self.open()
                return
            except Ended as ended:
                code, not_before = ended.code, 0.0
            except (*doorway.NOT_LET_IN, Refused) as no:
                code, not_before = NO_CODE, doorway.retry_after(no)

    async def _join_again(self, channel: str) -> None:
        """A connection is not given up because a channel can't be entered this moment, or any more."""
        while True:
            try:
                await self.join(channel)
                return
            except Refused as no:
                if no.code not in ASK_AGAIN:
                    del self.rooms[channel]  # it is over, or they were sent out
                    return
                await asyncio.sleep((no.retry_ms or 1_000) / 1_000)

    # -- asking

    async def ask(self, kind: str, **fields: object) -> Event:
        """One command and its answer; raises `Refused`, or `Ended` where none came."""
        ref = next(self._refs)
        self._answers[ref] = answer = asyncio.get_running_loop().create_future()
        try:
            await self.send({"type": kind, "ref": ref, **fields})
            async with asyncio.timeout(ANSWER_SECONDS):  # not wait_for: Python 3.11's may forget that it was cancelled
                event: Event = await answer
        finally:
            del self._answers[ref]
        if event["type"] == "refused":
            raise Refused(event)
        return event

    async def tell(self, kind: str, **fields: object) -> None:
        """A command that has no answer."""
        await self.send({"type": kind, "ref": next(self._refs), **fields})

    async def send(self, command: object) -> None:
        """Any value, or bytes as they are."""
        assert self._socket is not None
        if isinstance(command, dict):
            self.diary("sent", command)
        frame = command if isinstance(command, bytes) else msgpack.packb(command)
        try:
            await self._socket.send(frame)
        except ConnectionClosed:
            self.is_open = False
            raise Ended(self._socket.close_code or NO_CODE) from None

    async def join(self, channel: str) -> Event:
        return await self.ask("join", channel=channel, since=self.of(channel).position)

    async def leave(self, channel: str) -> None:
        await self.ask("leave", channel=channel)
        self.rooms.pop(channel, None)

    async def follow_desk(self) -> Event:
        return await self.ask("desk")

    async def follow_supervision(self) -> Event:
        return await self.ask("supervise")

    async def post(self, channel: str, text: str, client_id: bytes | None = None, **more: object) -> Event:
        """Says it once; the answer is `posted` or `held`."""
        rules = self.welcome.get("rules", 0)
        fields = {"channel": channel, "text": text, "client_id": client_id or os.urandom(16), "rules": rules, **more}
        return await self.ask("post", **fields)

    async def deliver(self, channel: str, text: str, client_id: bytes | None = None) -> Event:
        """Says it until it is answered, over as many connections as that takes, always with the same client id."""
        client_id = client_id or os.urandom(16)
        while True:
            await self.until(lambda: self.is_open, COME_BACK_SECONDS)
            try:
                return await self.post(channel, text, client_id)
            except Ended:
                continue
            except Refused as no:
                if no.code not in ASK_AGAIN:
                    raise
                await asyncio.sleep((no.retry_ms or 1_000) / 1_000)

    # -- hearing

    def of(self, channel: str) -> Following:
        return self.following.setdefault(channel, Following())

    def texts(self, channel: str) -> list[str]:
        """What this person's screen shows of a channel."""
        return [said["text"] for said in self.of(channel).shown()]

    async def until(self, condition: Callable[[], T], patience: float = ANSWER_SECONDS) -> T:
        """Waits for what is heard to make the condition true, and gives what it then is."""
        async with asyncio.timeout(patience):
            while not (value := condition()):
                news = asyncio.get_running_loop().create_future()
                self._waiting.append(news)
                await news
        return value

    def _hear(self, seq: int, event: Event) -> None:
        self.diary("heard", event, seq)
        match event["type"]:
            case "welcome":
                self.of(INBOX).entered(event["inbox"], event["resumed"])
            case "joined":
                self.of(event["channel"]).entered(event["position"], event["resumed"])
                self.rooms[event["channel"]] = event
            case "desk_state":
                self.of(DESK).entered(event["position"], "fresh")
            case "supervision_state":
                self.of(SUPERVISION).entered(event["position"], "fresh")
            case "watching":
                self.of(event["channel"]).entered(event["position"], event["resumed"])
        if seq:
            self.of(numbered_in(event)).hear(seq, event)
        elif (answer := self._answers.get(event.get("ref", 0))) is not None:
            if not answer.done():
                answer.set_result(event)
        else:
            self.heard.append(event)
        self._tell_waiters()

    def _tell_waiters(self) -> None:
        waiting, self._waiting = self._waiting, []
        for news in waiting:
            if not news.done():
                news.set_result(None)

"""The link: one connection to the store. A turn asks in one write; answers and what is published come back on it.

The client library finds the store and signs in (URL, TLS, passwords); after that the bytes are ours. Its own
request path is much of what a post would cost, and a second connection for what is published would cost a
second wake-up for every message.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

import hiredis
from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.config import Settings
from server.protocol.refusals import Code, Refused

Argument: TypeAlias = str | bytes | int

# A store that answers and can't serve now is away like one that does not answer.
AWAY = frozenset(
    {"BUSY", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "OOM", "READONLY", "TRYAGAIN"}
)
RETRY_MS = 2_000  # when the store does not answer: ask again then
PAUSE_S = 0.25  # between attempts to reach the store
BREATH_S = 0.02  # before the first one after a loss
LOOKS = 4  # at the oldest unanswered call, in the time that it has
NOTHING = object()  # no whole answer has come yet

log = logging.getLogger("porchlight.store")
packed: Callable[[tuple[Argument, ...]], bytes] = cast(Any, hiredis.pack_command)


class ReplyError(Exception):
    """The store's own word of what was wrong; its first part is a code."""

    @property
    def code(self) -> str:
        return str(self).partition(" ")[0]


class Call(NamedTuple):
    """One command on its way, and who waits for its answer; `source` where it runs a script."""

    packed: bytes
    source: str
    answer: asyncio.Future[Any]
    at: float


class Listener(Protocol):
    """Who hears what is published; the bus."""

    def connected(self) -> None: ...
    def heard(self, channel: bytes, payload: bytes) -> None: ...


def unavailable() -> Refused:
    return Refused(Code.UNAVAILABLE, retry_ms=RETRY_MS)


class Link(asyncio.Protocol):
    """Connects by itself, again and again; what is asked meanwhile waits for the attempt that is under way."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self.listener: Listener | None = None
        self.client = client
        self._patience_s = settings.store_ms / 1000
        self._ping_s = settings.watchdog_ms / 1000
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._writer: asyncio.StreamWriter
        self._reader = _reader()
        self._waiting: list[Call] = []  # for the end of this turn, or for a connection
        self._asked: deque[Call] = deque()  # answers come in this order
        self._lost = asyncio.Event()
        self._duties = [asyncio.create_task(duty) for duty in (self._keep(), self._look(), self._ping())]

    async def close(self) -> None:
        for duty in self._duties:
            duty.cancel()
        await asyncio.gather(*self._duties, return_exceptions=True)
        if self._transport is not None:
            self._transport.close()
        await self.client.aclose()

    def ask(self, command: tuple[Argument, ...], source: str = "") -> asyncio.Future[Any]:
        """What the store answers, as hiredis reads RESP3; `Refused(UNAVAILABLE)` when it does not in time."""
        return self.send(packed(command), source)

    def send(self, packed_command: bytes, source: str = "") -> asyncio.Future[Any]:
        """As `ask`, for what is packed already."""
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._add(Call(packed_command, source, answer, monotonic()))
        return answer

    @property
    def is_owed(self) -> bool:
        """True while something that was asked is not answered yet."""
        return bool(self._asked)

    @property
    def owed_s(self) -> float:
        """For how long the oldest of it has waited: about as long as the next thing that is asked will."""
        return monotonic() - self._asked[0].at if self._asked else 0.0

    def follow(self, *channels: bytes) -> None:
        """From here on `heard` is told; what is asked after it sees no message that will not be heard."""
        self._tell(b"SUBSCRIBE", channels)

    def unfollow(self, *channels: bytes) -> None:
        self._tell(b"UNSUBSCRIBE", channels)

    def data_received(self, data: bytes) -> None:
        # Whoever waits for an answer is woken before what was published is handed on: so the answers
        # of this turn are written before the turn's frames go out.
        published: list[list[Any]] = []
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not NOTHING:
            if type(reply) is hiredis.PushNotification:
                published.append(reply)
            else:
                self._settle(self._asked.popleft(), reply)
        if self.listener is not None:
            for push in published:
                if push[0] == b"message":
                    self.listener.heard(push[1], push[2])

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        unanswered, self._asked = self._asked, deque()
        _refuse(unanswered)
        self._lost.set()

    def _add(self, call: Call) -> None:
        if not self._waiting:
            self._loop.call_soon(self._send)
        self._waiting.append(call)

    def _tell(self, word: bytes, channels: tuple[bytes, ...]) -> None:
        """Answered by pushes alone. Without a connection nothing is told: `connected` follows everything again."""
        if self._transport is not None and channels:
            self._send()
            self._transport.write(packed((word, *channels)))

    def _send(self) -> None:
        if self._transport is not None and self._waiting:
            calls, self._waiting = self._waiting, []
            self._asked.extend(calls)
            self._transport.write(b"".join([call.packed for call in calls]))

    def _settle(self, call: Call, reply: Any) -> None:
        if call.answer.done():  # its caller was cancelled
            return
        if type(reply) is not ReplyError:
            call.answer.set_result(reply)
        elif reply.code == "NOSCRIPT" and call.source:
            # A restarted store has forgotten the scripts: it is given this one, and the call met nothing.
            self.ask(("SCRIPT", "LOAD", call.source)).add_done_callback(asyncio.Future.exception)
            self._add(Call(call.packed, "", call.answer, monotonic()))
        else:
            _fail(call.answer, unavailable() if reply.code in AWAY else reply)

    async def _keep(self) -> None:
        """There is always a connection or an attempt; an attempt that fails refuses what waited for it."""
        while True:
            try:
                await self._connect()
            except (RedisError, OSError, TimeoutError):
                waiting, self._waiting = self._waiting, []
                _refuse(waiting)
                await asyncio.sleep(PAUSE_S)
            else:
                await self._lost.wait()
                log.warning("the connection to the store was lost; it is made again")
                await asyncio.sleep(BREATH_S)

    async def _connect(self) -> None:
        connection = cast(Any, self.client).connection_pool.make_connection()
        async with asyncio.timeout(self._patience_s):
            await connection.connect()
        # The bytes are ours from here on; a stream's writer that is let go would close them under us.
        self._writer, connection._writer, connection._reader = connection._writer, None, None
        transport = cast(asyncio.Transport, self._writer.transport)
        transport.set_protocol(self)
        self._reader = _reader()
        self._lost.clear()
        self._transport = transport
        waiting, self._waiting = self._waiting, []
        if self.listener is not None:  # first: what is read after a subscription leaves no hole
            self.listener.connected()
        self._waiting += waiting
        self._send()

    async def _look(self) -> None:
        """A peer that has died in silence shows only by what it does not answer."""
        while True:
            await asyncio.sleep(self._patience_s / LOOKS)
            if self._asked and monotonic() - self._asked[0].at > self._patience_s and self._transport:
                log.warning("the store does not answer; the connection is replaced")
                self._transport.abort()

    async def _ping(self) -> None:
        """So that a link that only listens has something to be answered."""
        while True:
            await asyncio.sleep(self._ping_s)
            with suppress(Refused):
                await self.ask(("PING",))


def _reader() -> Any:
    return hiredis.Reader(replyError=ReplyError, notEnoughData=NOTHING)


def _refuse(calls: "list[Call] | deque[Call]") -> None:
    for call in calls:
        if not call.answer.done():
            _fail(call.answer, unavailable())


def _fail(answer: asyncio.Future[Any], fault: Exception) -> None:
    answer.set_exception(fault)
    answer.exception()  # of two that were asked together, the second is not awaited once the first has failed

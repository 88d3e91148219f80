"""The link: one connection to one node. A turn asks in one write; answers and what is published come back on it.

The client library finds the node and signs in (URL, TLS, passwords, Sentinel); after that the bytes are ours. Its own
request path is much of what a post would cost, and a second connection for what is published would cost a
second wake-up for every message.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Any, Protocol, TypeAlias, cast

import hiredis
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError, RedisError, ResponseError

from server.config import Settings
from server.protocol.refusals import Refused
from server.store import node
from server.store.call import AWAY, READS, Argument, Call, ReplyError, packed, unavailable
from server.store.copies import Copies
from server.store.node import Copy, Node

PAUSE_S = 0.25  # between attempts to reach the node
BREATH_S = 0.02  # before the first one after a loss
LOOKS = 4  # at the oldest unanswered call, in the time that it has
NOTHING = object()  # no whole answer has come yet
SUBSCRIBED = frozenset({b"subscribe", b"ssubscribe"})
UNSUBSCRIBED = frozenset({b"unsubscribe", b"sunsubscribe"})
HEARD = frozenset({b"message", b"smessage"})

Settle: TypeAlias = Callable[[Any, Node, str], Awaitable[str]]

log = logging.getLogger("porchlight.store")


class Listener(Protocol):
    """Who hears what is published; the bus."""

    def connected(self, link: "Link") -> None: ...
    def heard(self, channel: bytes, payload: bytes) -> None: ...


class Link(asyncio.Protocol):
    """Connects by itself, again and again; what is asked meanwhile waits for the attempt that is under way.

    `settle` is asked on every new connection for the lineage of what the node holds. `lost` is told of every
    connection that ended, every attempt that failed and every answer that the node is no longer the right one.
    """

    def __init__(
        self, client: Redis, settings: Settings, settle: Settle, lost: Callable[[], None] | None = None
    ) -> None:
        self.listener: Listener | None = None
        self.client = client
        self.lineage = ""
        self.node: Node | None = None
        self.place = ("", 0)  # host and port of the connection
        self.trouble = ""  # why the last attempt failed, where the node could say it
        self._settle_lineage = settle
        self._tell_lost = lost or (lambda: None)
        self._patience_s = (settings.store_ms + (settings.store_wait_ms if settings.store_replicas else 0)) / 1000
        self._ping_s = settings.watchdog_ms / 1000
        self._copies = Copies(settings)
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._writer: asyncio.StreamWriter
        self._reader = _reader()
        self._waiting: list[Call] = []  # for the end of this turn, for copies, or for a connection
        self._asked: deque[Call] = deque()  # answers come in this order
        self._ended = asyncio.Event()
        self._duties = [asyncio.create_task(duty) for duty in (self._keep(), self._look(), self._ping())]

    async def close(self) -> None:
        for duty in self._duties:
            duty.cancel()
        await asyncio.gather(*self._duties, return_exceptions=True)
        if self._transport is not None:
            self._transport.close()
        _refuse(self._waiting)
        await self.client.aclose()

    def ask(self, command: tuple[Argument, ...], source: str = "") -> asyncio.Future[Any]:
        """What the node answers, as hiredis reads RESP3; `Refused(UNAVAILABLE)` when it does not in time."""
        return self.send(packed(command), source, bool(source) or command[0] not in READS)

    def send(self, packed_command: bytes, source: str, changes: bool = True) -> asyncio.Future[Any]:
        """As `ask`, for what is packed already; `changes` where copies must have it before it is answered."""
        answer: asyncio.Future[Any] = self._loop.create_future()
        if not self._waiting:
            self._loop.call_soon(self._send)
        self._waiting.append(Call(packed_command, source, changes, answer, monotonic()))
        return answer

    def leave(self) -> None:
        """The node is no longer the right one: the client library is asked for it again."""
        if self._transport is not None:
            self._transport.abort()

    @property
    def is_owed(self) -> bool:
        """True while something that was asked is not answered yet."""
        return bool(self._asked)

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    @property
    def owed_s(self) -> float:
        """For how long the oldest of it has waited: about as long as the next thing that is asked will."""
        return monotonic() - self._asked[0].at if self._asked else 0.0

    def follow(self, *channels: bytes) -> None:
        """From here on `heard` is told; what is asked after it sees no message that will not be heard."""
        self._tell("SSUBSCRIBE", channels)

    def hear(self, *channels: bytes) -> None:
        """As `follow`, for what is told to every node of a cluster."""
        self._tell("SUBSCRIBE", channels)

    def unfollow(self, *channels: bytes) -> None:
        # A node of a cluster unsubscribes us by itself from a slot that it gives away, and ours would then be answered
        # otherwise: what nobody follows is heard there until the connection ends, and dropped.
        if not self._is_clustered:
            self._tell("SUNSUBSCRIBE", channels)

    def data_received(self, data: bytes) -> None:
        # Whoever waits for an answer is woken before what was published is handed on: so the answers
        # of this turn are written before the turn's frames go out.
        published: list[list[Any]] = []
        self._reader.feed(data)
        while (reply := self._reader.gets()) is not NOTHING:
            if type(reply) is not hiredis.PushNotification:
                call = self._asked.popleft()
                if type(reply) is ReplyError or self._copies.asked is not None:
                    self._answered(call, reply)
                else:  # nearly always
                    call.settle(reply)
            elif reply[0] in HEARD:
                published.append(reply)
            elif reply[0] in SUBSCRIBED or (reply[0] in UNSUBSCRIBED and not self._is_clustered):
                self._asked.popleft()
            elif reply[0] in UNSUBSCRIBED:
                self._tell_lost()
        if self.listener is not None:
            for push in published:
                self.listener.heard(push[1], push[2])

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        unanswered, self._asked = self._asked, deque()
        self._copies.answered(None)
        _refuse(unanswered)
        self._ended.set()

    @property
    def _is_clustered(self) -> bool:
        return self.node is not None and self.node.is_clustered

    def _add(self, call: Call) -> None:
        if not self._waiting:
            self._loop.call_soon(self._send)
        self._waiting.append(call)

    def _tell(self, word: str, channels: tuple[bytes, ...]) -> None:
        """One by one: a cluster takes them in no other way. Without a connection nothing is told: `connected` will."""
        if self._transport is not None:
            for channel in channels:
                self._add(Call(packed((word, channel)), "", False, None, monotonic()))

    def _send(self) -> None:
        if self._transport is None or not self._waiting or self._copies.asked is not None:
            return
        calls, self._waiting = self._waiting, []
        if self._copies.must_confirm(calls):
            calls.append(self._copies.ask())
        self._asked.extend(calls)
        self._transport.write(b"".join([call.packed for call in calls]))

    def _answered(self, call: Call, reply: Any) -> None:
        confirming = self._copies.asked
        if call is confirming:
            self._copies.answered(reply)
            self._send()
        elif type(reply) is ReplyError:
            self._refused(call, reply)
        elif confirming is not None and call.changes:
            self._copies.hold(call, reply)
        else:
            call.settle(reply)

    def _refused(self, call: Call, reply: ReplyError) -> None:
        match reply.code:
            case "NOSCRIPT" if call.source and call.answer is not None:
                # A restarted node has forgotten the scripts: it is given this one, and the call met nothing.
                self._add(Call(packed(("SCRIPT", "LOAD", call.source)), "", False, None, monotonic()))
                self._add(call._replace(source="", at=monotonic()))
                return
            case "MOVED" | "ASK":
                self._tell_lost()
            case "READONLY":  # it was demoted: the primary is elsewhere
                self.leave()
        call.fail(unavailable() if reply.code in AWAY else reply)

    async def _keep(self) -> None:
        """There is always a connection or an attempt; an attempt that fails refuses what waited for it."""
        while True:
            try:
                await self._connect()
            except (RedisError, OSError, TimeoutError) as fault:
                self.trouble = str(fault) if isinstance(fault, Copy | AuthenticationError | ResponseError) else ""
                waiting, self._waiting = self._waiting, []
                _refuse(waiting)
                self._tell_lost()
                await asyncio.sleep(PAUSE_S)
            else:
                await self._ended.wait()
                log.warning("the connection to the store was lost; it is made again")
                self._tell_lost()
                await asyncio.sleep(BREATH_S)

    async def _connect(self) -> None:
        connection = cast(Any, self.client).connection_pool.make_connection()
        try:
            async with asyncio.timeout(self._patience_s):
                await connection.connect()
                told = await node.asked(connection)
                lineage = await self._settle_lineage(connection, told, self.node.run if self.node else "")
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        if lineage != self.lineage:  # what was packed for another lineage would give a number a second time
            stale = [call for call in self._waiting if call.source]
            self._waiting = [call for call in self._waiting if not call.source]
            _refuse(stale)
        self.lineage, self.node = lineage, told
        self.place = (getattr(connection, "host", ""), getattr(connection, "port", 0))
        # The bytes are ours from here on; a stream's writer that is let go would close them under us.
        self._writer, connection._writer, connection._reader = connection._writer, None, None
        transport = cast(asyncio.Transport, self._writer.transport)
        transport.set_protocol(self)
        self._reader = _reader()
        self._ended.clear()
        self._transport = transport
        waiting, self._waiting = self._waiting, []
        if self.listener is not None:  # first: what is read after a subscription leaves no hole
            self.listener.connected(self)
        self._waiting += waiting
        self._send()

    async def _look(self) -> None:
        """A peer that has died in silence shows only by what it does not answer."""
        while True:
            await asyncio.sleep(self._patience_s / LOOKS)
            if self._asked and monotonic() - self._asked[0].at > self._patience_s:
                log.warning("the store does not answer; the connection is replaced")
                self.leave()

    async def _ping(self) -> None:
        """So that a link that only listens has something to be answered."""
        while True:
            await asyncio.sleep(self._ping_s)
            with suppress(Refused):
                await self.ask(("PING",))


def _reader() -> Any:
    return hiredis.Reader(replyError=ReplyError, notEnoughData=NOTHING)


def _refuse(calls: Iterable[Call]) -> None:
    for call in calls:
        call.fail(unavailable())

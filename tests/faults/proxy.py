"""A proxy for one socket, in a thread of its own: it forwards, delays, swallows, cuts, and loses what a store says."""

import asyncio
import random
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self, cast

from tests.faults.resp import Splitter

START_SECONDS = 10.0
MESSAGES = (b">3\r\n$7\r\nmessage\r\n", b">3\r\n$8\r\nsmessage\r\n")
POSTED = b"$6\r\nposted\r\n"


class Proxy:
    """Before whatever listens on `port`; any thread may say at any time what it does to its connections.

    With a `store` behind it, whole answers and published messages can be lost, by chance from `chance`.
    """

    def __init__(self, port: int, *, store: bool = False, chance: random.Random | None = None) -> None:
        self.port = 0
        self.behind = port
        self.lost = 0  # published messages, and answers to an append
        self.seconds = 0.0
        self.swallows = False
        self.lost_share = self.cut_share = 0.0
        self.chance = chance or random.Random(0)
        self.is_store = store
        self.pairs: set[Pair] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._do(self._open)

    @property
    def url(self) -> str:
        return f"{'redis' if self.is_store else 'http'}://127.0.0.1:{self.port}"

    def forward(self) -> None:
        """As if there were no proxy. What was swallowed stays so: that connection is dead until it is given up."""
        self.swallows, self.seconds, self.lost_share, self.cut_share = False, 0.0, 0.0, 0.0

    def delay(self, seconds: float) -> None:
        """In each direction."""
        self.seconds = seconds

    def black_hole(self) -> None:
        """Nothing passes any more and nothing is closed; newcomers are taken in and never answered."""
        self.swallows = True
        self._do(self._swallow)

    def cut(self) -> None:
        """Resets every connection; newcomers are let in."""
        self._do(self._cut)

    def lose_published(self, share: float) -> None:
        """Of the messages that the store publishes, whole ones."""
        self.lost_share = share

    def cut_after_append(self, share: float) -> None:
        """The store has kept a message; instead of its answer there is a reset."""
        self.cut_share = share

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self._do(self._close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _do(self, step: Callable[[], object]) -> None:
        async def done() -> None:
            result = step()
            if asyncio.iscoroutine(result):
                await result

        asyncio.run_coroutine_threadsafe(done(), self._loop).result(START_SECONDS)

    async def _open(self) -> None:
        self._server = await self._loop.create_server(lambda: Pair(self).front, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        self._cut()
        await asyncio.sleep(0)

    def _cut(self) -> None:
        for pair in list(self.pairs):
            pair.cut()

    def _swallow(self) -> None:
        for pair in self.pairs:
            pair.swallows = True


class Pair:
    """One connection and its other half."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.swallows = proxy.swallows
        self.front, self.back = Half(self), Half(self)
        self.front.other, self.back.other = self.back, self.front
        self.splitter = Splitter() if proxy.is_store else None

    async def connect(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: self.back, "127.0.0.1", self.proxy.behind)
        except OSError:
            self.cut()

    def passes(self, half: "Half", data: bytes) -> None:
        if self.swallows:
            return
        if half is self.back and self.splitter is not None:
            data = self._what_is_left(self.splitter.feed(data))
        if data:
            half.other.write(data, self.proxy.seconds)

    def cut(self) -> None:
        self.swallows = True
        self.proxy.pairs.discard(self)
        for half in (self.front, self.back):
            if half.transport is not None:
                half.transport.abort()

    def _what_is_left(self, values: list[bytes]) -> bytes:
        proxy, kept = self.proxy, []
        for value in values:
            if proxy.lost_share and value.startswith(MESSAGES) and proxy.chance.random() < proxy.lost_share:
                proxy.lost += 1
            elif proxy.cut_share and is_append(value) and proxy.chance.random() < proxy.cut_share:
                proxy.lost += 1
                self.cut()
                return b""
            else:
                kept.append(value)
        return b"".join(kept)


class Half(asyncio.Protocol):
    """One of a pair's two sockets; what comes before it is open waits."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.other: Half
        self.transport: asyncio.Transport | None = None
        self._waiting: list[bytes] = []
        self._free_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self is self.pair.front:
            self.pair.proxy.pairs.add(self.pair)
            if not self.pair.swallows:
                self._connecting = asyncio.ensure_future(self.pair.connect())
        for data in self._waiting:
            self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        self.pair.passes(self, data)

    def write(self, data: bytes, seconds: float) -> None:
        """Never before what was written earlier, whatever the delay is now."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._free_at = max(self._free_at, now + seconds)
        if self._free_at > now:
            loop.call_at(self._free_at, self._write, data)
        else:
            self._write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.pair.swallows and self is self.pair.back:
            return  # a network that swallows tells nobody
        self.pair.proxy.pairs.discard(self.pair)
        if self.other.transport is not None:
            self.other.transport.close()

    def _write(self, data: bytes) -> None:
        if self.transport is None:
            self._waiting.append(data)
        elif not self.pair.swallows:
            with suppress(RuntimeError):
                self.transport.write(data)


def is_append(value: bytes) -> bool:
    return value.startswith(b"*") and value.partition(b"\r\n")[2].startswith(POSTED)

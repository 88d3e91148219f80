"""Replays: what members who came or fell behind are still owed of a channel, in steps as fast as each takes it."""

import asyncio
from collections import deque
from collections.abc import Callable

from server.actions.caller import Page
from server.protocol.refusals import Close, Refused
from server.transport.channel import Channel
from server.transport.connection import Connection
from server.transport.frames import framed


class Replay:
    """From the log, where memory does not reach back so far, then from the channel's ring, until nothing is left.

    Meanwhile its member is not told what comes: that is in the ring and has its turn. So a replay of any length
    never fills a socket's buffer, and who reads slowly is not taken for someone who does not read.
    """

    __slots__ = ("_after", "_page", "_step", "channel", "connection", "is_reading")

    def __init__(self, connection: Connection, channel: Channel, after: int, page: Page | None, step: int) -> None:
        self.connection = connection
        self.channel = channel
        self.is_reading = False
        self._after = after  # all up to it was written, or is in the page
        self._page: deque[bytes] = deque()
        self._step = step
        if page is not None:
            self.turn_to(page)

    @property
    def needs_the_log(self) -> bool:
        return not self._page and self._after < self.channel.floor

    @property
    def is_done(self) -> bool:
        ring = self.channel.ring
        return not (self._page or self.needs_the_log or (ring and ring[-1][0] > self._after))

    def next(self) -> bytes:
        """About a step of it; nothing where the log must be read first."""
        frames: list[bytes] = []
        room = self._step
        while self._page and room > 0:
            frames.append(self._page.popleft())
            room -= len(frames[-1])
        if not self._page and not self.needs_the_log:
            for number, frame in self.channel.ring or ():
                if room <= 0:
                    break
                if number > self._after:
                    self._after = number
                    frames.append(frame)
                    room -= len(frame)
        return b"".join(frames)

    def turn_to(self, page: Page) -> None:
        self._page = deque(map(framed, page.frames))
        self._after = page.reached

    async def read(self) -> None:
        """The next page of the log; where it can't be told whole any more, they come back and are told so."""
        self.is_reading = True
        try:
            page = await self.connection.read_on(self.channel.name, self.channel.epoch, self._after)
        except Refused:
            page = None
        self.is_reading = False
        if page is None:
            self.connection.close(Close.STATE_LOST)
        else:
            self.turn_to(page)


class Replays:
    """All that are not done, in steps of so many bytes.

    `settle` writes what waits in a channel, for those who were there before.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, settle: Callable[[Channel], None], step: int) -> None:
        self._loop = loop
        self._settle = settle
        self._step = step
        self._waiting: dict[Connection, list[Replay]] = {}
        self._going: set[Connection] = set()

    def begin(self, connection: Connection, channel: Channel, after: int, page: Page | None = None) -> None:
        """Its first step goes out with what else is said in this turn."""
        self.forget(connection, channel)
        self._settle(channel)
        if page is None and after >= channel.top and connection.is_up_to_date:  # most inboxes
            return channel.place(connection)
        replay = Replay(connection, channel, after, page, self._step)
        if first := replay.next():
            connection.write(first)
        if replay.is_done and connection.is_up_to_date:
            channel.place(connection)
        else:
            self._hold(replay)
            self.go_on_soon(connection)

    def hold(self, connection: Connection, channel: Channel, after: int) -> None:
        """Begins when the socket takes something again."""
        self._hold(Replay(connection, channel, after, None, self._step))

    def go_on_soon(self, connection: Connection) -> None:
        if connection in self._waiting and connection not in self._going:
            self._going.add(connection)
            self._loop.call_soon(self._go_on, connection)

    def forget(self, connection: Connection, channel: Channel | None = None) -> None:
        """That of one channel, or without one all of them."""
        if connection in self._waiting:
            left = [replay for replay in self._waiting.pop(connection) if channel not in (None, replay.channel)]
            if left:
                self._waiting[connection] = left

    def _hold(self, replay: Replay) -> None:
        replay.channel.wait_for(replay.connection)
        self._waiting.setdefault(replay.connection, []).append(replay)

    def _go_on(self, connection: Connection) -> None:
        """One step of one replay; when the socket has taken it, another."""
        self._going.discard(connection)
        connection.flush()
        replays = self._waiting.get(connection)
        if not replays or not connection.is_up_to_date or replays[0].is_reading:
            return
        replay = replays[0]
        if replay.needs_the_log:
            return replay.connection.begin(self._read(replay))
        self._settle(replay.channel)
        if step := replay.next():
            connection.send(step)
        if replay.is_done and connection.is_up_to_date:
            self.forget(connection, replay.channel)
            replay.channel.place(connection)
        self.go_on_soon(connection)

    async def _read(self, replay: Replay) -> None:
        await replay.read()
        self.go_on_soon(replay.connection)

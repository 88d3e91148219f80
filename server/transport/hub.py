"""The hub: which connection of this process follows which channel, and the one loop that hands frames to them.

Here our own code is worth writing. A frame arrives encoded; it is framed once; what piled up for a
channel in one turn of the loop is joined and written once per member; no queue, no task per connection.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Protocol, cast

from server import metrics
from server.actions.caller import Caller
from server.actions.control import CloseConnections, Control, decode_control, encode_control
from server.protocol.codec import unnumbered
from server.protocol.events import Event
from server.protocol.refusals import Close
from server.transport.connection import Connection
from server.transport.frames import framed


class Kept(Protocol):
    """An entry of the log, as the bus hands it over."""

    @property
    def seq(self) -> int: ...
    @property
    def frame(self) -> bytes: ...
    @property
    def gone(self) -> int: ...


class Standing(Protocol):
    @property
    def epoch(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def floor(self) -> int: ...


class Bus(Protocol):
    async def follow(self, channel: str) -> None: ...
    def unfollow(self, channel: str) -> None: ...
    async def control(self, message: bytes) -> None: ...


class Channel:
    """A channel's members here, its recent frames, and what waits for the end of this turn."""

    __slots__ = ("epoch", "floor", "members", "name", "pending", "ring", "top")

    def __init__(self, name: str, epoch: int, top: int, floor: int) -> None:
        self.name = name
        self.epoch = epoch
        self.top = top
        self.floor = floor
        self.ring: deque[tuple[int, bytes]] = deque()
        self.members: set[Connection] = set()
        self.pending: list[bytes] = []

    def keep(self, seq: int, frame: bytes, gone: int, size: int) -> None:
        self.top = seq
        self.ring.append((seq, frame))
        if gone:
            self.ring = deque(kept for kept in self.ring if kept[0] != gone)
        while len(self.ring) > size:
            self.floor = self.ring.popleft()[0]

    def latest(self, count: int) -> int:
        """The number after which the last `count` frames come."""
        return self.ring[-count][0] - 1 if len(self.ring) > count else self.floor

    def after(self, seq: int) -> list[bytes]:
        return [frame for number, frame in self.ring if number > seq]

    def flush(self) -> None:
        if self.pending:
            joined = b"".join(self.pending)
            self.pending.clear()
            for member in self.members:
                member.write(joined)
            metrics.writes.inc(len(self.members))


class Hub:
    """Implements what the bus tells (`Listener`) and what the actions ask (`Here`)."""

    def __init__(self, process: str, ring_messages: int) -> None:
        self.process = process
        self.bus: Bus
        self.connections: set[Connection] = set()
        self._ring_messages = ring_messages
        self._channels: dict[str, Channel] = {}
        self._people: dict[str, set[Connection]] = {}

    # what the connections say

    def opened(self, connection: Connection) -> None:
        self.connections.add(connection)
        metrics.connections.set(len(self.connections))

    def admit(self, connection: Connection) -> None:
        self._people.setdefault(connection.person.id, set()).add(connection)

    def closed(self, connection: Connection) -> None:
        self.connections.discard(connection)
        metrics.connections.set(len(self.connections))
        for channel in list(connection.following):
            self.leave(connection, channel)
        if connection.greeted:
            mine = self._people.get(connection.person.id, set())
            mine.discard(connection)
            if not mine:
                self._people.pop(connection.person.id, None)

    # what the actions ask

    async def ring(self, channel: str) -> Channel:
        if channel not in self._channels:
            await self.bus.follow(channel)
        return self._channels[channel]

    def start(self, caller: Caller, channel: str, earlier: Sequence[bytes], after: int) -> None:
        """Replays and begins to feed in one turn, so that nothing falls between."""
        connection = cast(Connection, caller)
        followed = self._channels.get(channel)
        if followed is None or after < followed.floor:  # it began anew, or ran on by a whole ring meanwhile
            connection.close(Close.STATE_LOST)
            return
        followed.flush()
        replay = [framed(frame) for frame in earlier] + followed.after(after)
        if replay:
            connection.write(b"".join(replay))
        followed.members.add(connection)
        connection.following.add(channel)

    def leave(self, caller: Caller, channel: str) -> None:
        connection = cast(Connection, caller)
        connection.following.discard(channel)
        followed = self._channels.get(channel)
        if followed is not None:
            followed.members.discard(connection)

    def tell(self, person: str, event: Event) -> None:
        frame = framed(unnumbered(event))
        for connection in self._people.get(person, ()):
            connection.write(frame)

    async def close(self, person: str, code: Close, session: str = "", socket: str = "") -> None:
        """Closes connections of a person on every process: all, those of one sign-in, or one."""
        await self.bus.control(encode_control(CloseConnections(person, code, session, socket)))

    async def forget_unfollowed(self) -> None:
        """Lets go of channels that nobody here follows; run it now and then, so that a reload costs nothing."""
        for channel in [channel for channel in self._channels.values() if not channel.members]:
            del self._channels[channel.name]
            self.bus.unfollow(channel.name)

    # what the bus tells

    def begun(self, channel: str, standing: Standing, recent: Sequence[Kept]) -> None:
        top = max(standing.seq, recent[-1].seq if recent else 0)
        is_whole = len(recent) < self._ring_messages
        floor = standing.floor if is_whole else recent[0].seq - 1
        followed = self._channels[channel] = Channel(channel, standing.epoch, top, floor)
        followed.ring.extend((kept.seq, framed(kept.frame)) for kept in recent)

    def delivered(self, channel: str, seq: int, frame: bytes, author_tag: bytes, gone: int) -> None:
        followed = self._channels.get(channel)
        if followed is None:
            return
        metrics.frames.inc()
        bytes_for_all = framed(frame)
        followed.keep(seq, bytes_for_all, gone, self._ring_messages)
        if not followed.pending:
            asyncio.get_running_loop().call_soon(followed.flush)
        followed.pending.append(bytes_for_all)

    def passing(self, channel: str, frame: bytes) -> None:
        """An unnumbered event: to a channel's members or, without a channel, to everyone; skips who is behind."""
        followed = self._channels.get(channel)
        members = self.connections if not channel else followed.members if followed else ()
        bytes_for_all = framed(frame)
        for member in members:
            if member.greeted and member.is_up_to_date:
                member.write(bytes_for_all)

    def began_anew(self, channel: str) -> None:
        """The channel's numbers mean something else now: its members come back and merge by id."""
        followed = self._channels.pop(channel, None)
        for member in list(followed.members if followed else ()):
            member.close(Close.STATE_LOST)

    def controlled(self, message: bytes) -> None:
        control: Control = decode_control(message)
        match control:
            case CloseConnections(person, code, session, socket):
                for connection in list(self._people.get(person, ())):
                    if session in ("", connection.person.session) and socket in ("", connection.socket_name):
                        connection.close(code)

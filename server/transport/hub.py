"""The hub: which connection of this process follows which channel, and the one loop that hands frames to them.

Here our own code is worth writing. A frame arrives encoded; it is framed once; what piled up for a
channel in one turn of the loop is joined and written once per member; no queue, no task per connection.
"""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any, Protocol, cast

from server import metrics
from server.actions.caller import Caller, Page
from server.actions.control import CloseConnection, Control, decode_control, encode_control
from server.config import Settings
from server.protocol.codec import inside, of_any, unnumbered
from server.protocol.events import Banned, Event, SignedOut
from server.protocol.people import Role
from server.protocol.refusals import Close
from server.protocol.transfers import HandedOn
from server.transport.allowance import Rate
from server.transport.apart import told_apart
from server.transport.channel import Channel
from server.transport.connection import Connection
from server.transport.frames import framed
from server.transport.replay import NOBODY, Replays

INBOX = "inbox:"
sends_away = of_any(Banned, HandedOn, SignedOut)


class Kept(Protocol):
    """An entry of the log, as the bus hands it over."""

    @property
    def seq(self) -> int: ...
    @property
    def frame(self) -> bytes: ...
    @property
    def gone(self) -> int: ...
    @property
    def author_tag(self) -> bytes: ...


class Standing(Protocol):
    @property
    def epoch(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def floor(self) -> int: ...


class Bus(Protocol):
    async def follow(self, channel: str) -> None: ...
    def listen(self, channel: str) -> None: ...
    def begin(self, channel: str, standing: Any, recent: Sequence[Any]) -> None: ...
    def forget_unbegun(self) -> None: ...
    def unfollow(self, channel: str) -> None: ...
    async def control(self, message: bytes) -> None: ...
    @property
    def expects_more(self) -> bool: ...
    @property
    def delay_s(self) -> float: ...


class Hub:
    """Implements what the bus tells (`Listener`), what the actions ask (`Here`) and what a connection needs."""

    def __init__(self, process: str, settings: Settings) -> None:
        self.process = process
        self.loop = asyncio.get_running_loop()  # asked once: each asking is a system call
        self.frames = Rate(settings.frames_per_minute, settings.frame_burst)
        self.flood = Rate(settings.flood_per_minute, settings.flood_per_minute)
        self.bus: Bus
        self.connections: set[Connection] = set()
        self.under_way = 0
        self._most_under_way, self._most_delay_s = settings.commands_in_flight, settings.store_delay_ms / 1000
        self._ring_messages = settings.ring_messages
        self._large, self._joining_s = settings.large_channel, settings.joining_ms / 1000
        self._channels: dict[str, Channel] = {}
        self._empty: set[str] = set()  # channels that had nobody when it was last looked, and that nobody has asked for
        step = settings.unsent_bytes // 4  # of a replay: room is left for what comes beside it
        self._replays = Replays(self.loop, self._settle, step)
        self._overheard: dict[str, Callable[[bytes | None], None]] = {}
        self._overheard_times = 0
        self._people: dict[str, tuple[Connection, ...]] = {}
        self._sounding: list[Channel] = []  # channels and connections that have something to say this turn
        self._speaking: list[Connection] = []
        self._is_turn_ending = False
        self._waiting: asyncio.TimerHandle | None = None  # for what a large channel is about to have, too

    # what the connections say

    @property
    def is_full(self) -> bool:
        return self.under_way >= self._most_under_way or self.bus.delay_s > self._most_delay_s

    def opened(self, connection: Connection) -> None:
        self.connections.add(connection)
        metrics.connections.set(len(self.connections))

    def admit(self, connection: Connection) -> None:
        person = connection.person.id
        others = self._people.get(person, ())
        if connection not in others:
            self._people[person] = (*others, connection)

    def closed(self, connection: Connection) -> None:
        self.connections.discard(connection)
        metrics.connections.set(len(self.connections))
        self._replays.forget(connection)
        for channel in connection.following:
            if followed := self._channels.get(channel):
                followed.remove(connection)
        if connection.greeted:
            person = connection.person.id
            others = tuple(other for other in self._people.get(person, ()) if other is not connection)
            if others:
                self._people[person] = others
            else:
                self._people.pop(person, None)

    def flow_changed(self, connection: Connection) -> None:
        """Who can't take everything reads on from what they had: a crowd of them costs the others nothing."""
        if connection.fd is None or not connection.is_up_to_date:
            for name in connection.following:
                channel = self._channels.get(name)
                if channel is not None and (connection in channel.flowing or connection in channel.apart):
                    self._replays.hold(connection, channel, channel.told)
        self._replays.go_on_soon(connection)

    def speaks(self, connection: Connection) -> None:
        self._speaking.append(connection)
        self._end_turn_soon()

    # what the actions ask

    async def ring(self, channel: str) -> Channel:
        self._empty.discard(channel)
        while channel not in self._channels:
            await self.bus.follow(channel)
        return self._channels[channel]

    def listen(self, channel: str) -> None:
        self._empty.discard(channel)
        if channel not in self._channels:
            self.bus.listen(channel)

    def begin(self, channel: str, standing: Standing, recent: Sequence[Any]) -> None:
        self._empty.discard(channel)
        if channel not in self._channels:
            self.bus.begin(channel, standing, recent)

    async def hurry(self) -> None:
        """Gives up on work that does not end; run it now and then."""
        now = self.loop.time()
        for connection in self.connections:
            connection.hurry(now)

    def start(self, caller: Caller, channel: str, after: int, page: Page | None = None) -> None:
        """Ends the replay and begins to feed in one turn, so that nothing falls between."""
        connection = cast(Connection, caller)
        followed = self._channels.get(channel)
        if followed is None:  # it began anew meanwhile
            connection.close(Close.STATE_LOST)
            return
        if channel not in connection.following:
            connection.following = (*connection.following, channel)
        self._replays.begin(connection, followed, after, page)

    def leave(self, caller: Caller, channel: str) -> None:
        connection = cast(Connection, caller)
        connection.following = tuple(each for each in connection.following if each != channel)
        followed = self._channels.get(channel)
        if followed is not None:
            followed.remove(connection)
            self._replays.forget(connection, followed)

    def send_out(self, person: str, channel: str) -> None:
        for connection in self._people.get(person, ()):
            connection.leave(channel)

    def callers(self, person: str) -> tuple[Caller, ...]:
        return self._people.get(person, ())

    def people(self) -> tuple[str, ...]:
        return tuple(self._people)

    def hide(self, caller: Caller, channel: str, tags: frozenset[bytes]) -> None:
        """What was heard before is told before; whoever is in a replay finds it out there."""
        connection = cast(Connection, caller)
        if tags == connection.hidden.get(channel, NOBODY):
            return
        followed = self._channels.get(channel)
        fed = followed is not None and (connection in followed.flowing or connection in followed.apart)
        if followed is not None and fed:
            self._settle(followed)
        connection.hidden = {name: hidden for name, hidden in connection.hidden.items() if name != channel}
        if tags:
            connection.hidden = {**connection.hidden, channel: tags}
        if followed is not None and fed:
            followed.place(connection)

    async def overhear(self, channel: str, heard: Callable[[bytes | None], None]) -> None:
        self._overheard[channel] = heard
        (await self.ring(channel)).heard = self._heard_here(channel)

    def overheard(self) -> int:
        return self._overheard_times

    def tell(self, person: str, event: Event) -> None:
        frame = framed(unnumbered(event))
        for connection in self._people.get(person, ()):
            connection.write(frame)

    async def close(self, person: str, code: Close, socket: str) -> None:
        """Closes one of a person's connections, on whichever process it is."""
        await self.bus.control(encode_control(CloseConnection(person, code, socket)))

    async def forget_unfollowed(self) -> None:
        """Lets go of channels that nobody has followed here since the last time; run it now and then.

        So a reload costs nothing, and who is on their way in finds the channel.
        """
        empty = {channel.name for channel in self._channels.values() if not channel.members} - self._overheard.keys()
        for channel in empty & self._empty:
            del self._channels[channel]
            self.bus.unfollow(channel)
        self._empty = empty - self._empty
        self.bus.forget_unbegun()

    # what the bus tells

    def begun(self, channel: str, standing: Standing, recent: Sequence[Kept]) -> None:
        top = max(standing.seq, recent[-1].seq if recent else 0)
        is_whole = len(recent) < self._ring_messages
        floor = standing.floor if is_whole else recent[0].seq - 1
        followed = self._channels[channel] = Channel(channel, standing.epoch, top, floor)
        followed.heard = self._heard_here(channel)
        if recent:
            followed.ring = deque((kept.seq, framed(kept.frame), kept.author_tag) for kept in recent)

    def delivered(self, channel: str, seq: int, frame: bytes, author_tag: bytes, gone: int) -> None:
        followed = self._channels.get(channel)
        if followed is None:
            return
        if followed.heard is not None:
            followed.heard(frame)
        metrics.frames.inc()
        bytes_for_all = framed(frame)
        followed.keep(seq, bytes_for_all, author_tag, gone, self._ring_messages)
        if followed.pending is None:
            followed.pending = []
            followed.due = monotonic() + self._joining_s if len(followed.flowing) >= self._large else 0.0
            self._sounding.append(followed)
        self._end_turn_soon()
        followed.pending.append(bytes_for_all)
        followed.tags.append(author_tag)

    def passing(self, channel: str, frame: bytes, about: bytes = b"") -> None:
        """An unnumbered event: to a channel's members or, without a channel, to everyone; skips who is behind.

        `about`: whom it tells of, for those who don't meet all of them.
        """
        bytes_for_all = framed(frame)
        followed = self._channels.get(channel)
        if followed is not None:
            followed.write(bytes_for_all)
            for member, hidden in list(followed.apart.items()):
                if member.is_up_to_date:
                    member.send(framed(told_apart(frame, about, hidden)))
        elif not channel:
            for member in self.connections:
                if member.greeted and member.is_up_to_date:
                    member.send(bytes_for_all)

    def began_anew(self, channel: str) -> None:
        """The channel's numbers mean something else now: its members come back and merge by id."""
        followed = self._channels.pop(channel, None)
        if channel in self._overheard:
            self._hear_over(channel, None)
        for member in followed.members if followed else ():
            member.close(Close.STATE_LOST)

    def controlled(self, message: bytes) -> None:
        control: Control = decode_control(message)
        match control:
            case CloseConnection(person, code, socket):
                for connection in self._people.get(person, ()):
                    if connection.socket_name == socket:
                        connection.close(code)

    def _heard_here(self, channel: str) -> Callable[[bytes], None] | None:
        """What this process itself does about each frame of the channel; of most channels it does nothing."""
        if channel.startswith(INBOX):
            return partial(self._send_away, channel)
        return partial(self._hear_over, channel) if channel in self._overheard else None

    def _hear_over(self, channel: str, frame: bytes | None) -> None:
        self._overheard_times += 1
        self._overheard[channel](frame)

    def _settle(self, channel: Channel) -> None:
        """What came before goes to those who were here before."""
        if channel.pending:
            channel.due = 0.0
            self._end_turn()

    def _send_away(self, inbox: str, frame: bytes) -> None:
        """The inbox is numbered: what pub/sub loses is found there, and every process hears of it."""
        if not sends_away(frame):
            return
        person = inbox.removeprefix(INBOX)
        match inside(frame):
            case Banned(channel=channel):
                self.send_out(person, channel)
            case HandedOn(one=one):
                for connection in self._people.get(person, ()):
                    connection.step_out(one.channel)
            case SignedOut(sign_in=ended):
                # A peer's sockets may have been opened under the token before this one; staff may be at two desks.
                for connection in self._people.get(person, ()):
                    if connection.person.role is Role.PEER or connection.person.session.startswith(ended):
                        connection.close(Close.SIGNED_OUT)

    def _end_turn_soon(self) -> None:
        if not self._is_turn_ending:
            self._is_turn_ending = True
            self.loop.call_soon(self._end_turn)

    def _end_turn(self) -> None:
        """Answers first: a replay that follows one stands before what has come since.

        While the store still owes answers, a large channel waits a moment: in a storm what they bring is joined to
        what is here, and telling a thousand people of one message takes longer than the wait.
        """
        self._is_turn_ending = False
        speaking, self._speaking = self._speaking, []
        if not self._sounding:
            for connection in speaking:
                connection.flush()
            return
        now = monotonic() if self.bus.expects_more else math.inf
        for connection in speaking:
            self._answer(connection, now)
        sounding, self._sounding = self._sounding, []
        for channel in sounding:
            if channel.due > now:
                self._sounding.append(channel)
            else:
                channel.flush()
        if self._sounding and self._waiting is None:
            self._waiting = self.loop.call_later(self._joining_s, self._waited)

    def _waited(self) -> None:
        self._waiting = None
        for channel in self._sounding:
            channel.due = 0.0  # the loop's clock is coarser than ours: it must not be asked to wait twice
        self._end_turn()

    def _answer(self, connection: Connection, now: float) -> None:
        """With what a channel of theirs has for them, where there is one: most answers are to something just said.

        Where there are more, none of them must come before it.
        """
        sounding: Channel | None = None
        for name in connection.following:
            channel = self._channels.get(name)
            if channel is not None and channel.pending and channel.due <= now and connection in channel.flowing:
                if sounding is not None:
                    return connection.flush()
                sounding = channel
        if sounding is None:
            connection.flush()
        else:
            sounding.answered = {**sounding.answered, connection: connection.taken()}

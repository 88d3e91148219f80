"""A connection: one browser's socket after the handshake, from hello to goodbye."""

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from server import metrics
from server.actions import dispatch, following, greeting, membership
from server.actions.faults import where
from server.actions.services import Services
from server.protocol import blocking, codec, commands, events, feedback, listening, own_data
from server.protocol.fields import Position
from server.protocol.refusals import Close, Code, Refused
from server.transport import lanes
from server.transport.allowance import Rate
from server.transport.frames import framed
from server.transport.work import LATE, Work

if TYPE_CHECKING:
    from server.actions.caller import Page
    from server.domain.accounts import Person
    from server.domain.blocks import Apart
    from server.domain.care import Rest

log = logging.getLogger("porchlight.connection")

# One person's words keep their order; help, leaving and what staff do never wait behind them.
IN_ORDER = frozenset(
    {
        commands.Join,
        commands.Rename,
        commands.Post,
        commands.Withdraw,
        commands.History,
        commands.Report,
        blocking.Block,
        blocking.Unblock,
        commands.Answer,
        listening.Queue,
        listening.QueueDraft,
        feedback.FeltHeard,
        feedback.RateAgain,
        own_data.DeleteMine,
        own_data.KeepSummary,
        own_data.Wipe,
    }
)
NOTHING: Mapping[str, frozenset[bytes]] = {}
NO_SEATS: dict[str, str] = {}  # shared, and never changed: few are in a one-to-one
NEVER_REFUSED = frozenset({commands.Help, commands.Leave})


class Socket(Protocol):
    """What lies below: `transport/websocket.py`."""

    cookie: str | None

    def send(self, framed: bytes) -> None: ...
    def close(self, code: Close, reason: str = "") -> None: ...
    @property
    def fd(self) -> int | None: ...
    @property
    def unsent(self) -> int: ...
    @property
    def answered(self) -> float: ...


class House(Protocol):
    """The hub, as a connection needs it; the rates are the same for everyone."""

    process: str
    loop: asyncio.AbstractEventLoop
    under_way: int
    frames: Rate
    flood: Rate

    @property
    def is_full(self) -> bool: ...
    def opened(self, connection: "Connection") -> None: ...
    def admit(self, connection: "Connection") -> None: ...
    def closed(self, connection: "Connection") -> None: ...
    def speaks(self, connection: "Connection") -> None: ...
    def flow_changed(self, connection: "Connection") -> None: ...


class Connection(Work):
    """One socket's person, names and turn. `names` says what this person is called in each channel they are in,
    and `hidden`, by channel, the authors whom they don't hear there."""

    __slots__ = (
        "_afters",
        "_bad",
        "_flooded_at",
        "_framed_at",
        "_greeting",
        "_leaving",
        "_number",
        "_said",
        "_services",
        "_socket",
        "accepted",
        "following",
        "greeted",
        "hidden",
        "names",
        "person",
        "rest",
        "seats",
        "sent_out",
        "sides",
    )

    _house: House
    _numbers = itertools.count(1)

    def __init__(self, socket: Socket, services: Services, house: House) -> None:
        super().__init__(house)
        self.person: Person
        self.accepted = 0
        self.rest: Rest | None = None
        self.names: dict[str, str] = {}
        self.sent_out: tuple[str, ...] = ()
        self.sides: tuple[Apart, ...] = ()
        self.hidden: Mapping[str, frozenset[bytes]] = NOTHING
        self.seats: dict[str, str] = NO_SEATS
        self.following: tuple[str, ...] = ()
        self.greeted = False
        self._number = next(self._numbers)
        self._socket = socket
        self._services = services
        self._leaving = False
        self._said: list[bytes] | None = None
        self._bad: tuple[float, ...] = ()
        self._afters: tuple[Callable[[], None], ...] = ()
        self._framed_at = self._flooded_at = 0.0
        self._greeting: asyncio.TimerHandle | None = house.loop.call_later(
            services.settings.hello_ms / 1000, self.close, Close.NO_HELLO
        )
        house.opened(self)

    # what the hub and the actions use

    @property
    def socket_name(self) -> str:
        return f"{self._house.process}:{self._number}"

    @property
    def fd(self) -> int | None:
        """The descriptor of an open socket, for the hub; nothing else may hold it for longer than a turn."""
        return self._socket.fd

    def send(self, framed_bytes: bytes) -> None:
        """Straight to the socket; for the hub, that has joined what belongs together."""
        self._socket.send(framed_bytes)

    def write(self, framed_bytes: bytes) -> None:
        """What is written in one turn goes out together, at its end."""
        if self._said is None:
            self._said = []
            self._house.speaks(self)
        self._said.append(framed_bytes)

    def taken(self) -> bytes:
        """What is to be written at the end of this turn; it is the caller's now."""
        said, self._said = self._said, None
        return b"" if said is None else said[0] if len(said) == 1 else b"".join(said)

    def flush(self) -> None:
        if self._said is not None:
            self._socket.send(self.taken())

    def leave(self, channel: str) -> None:
        """Sent out by a moderator."""
        membership.send_out(self._services, self, channel)

    def step_out(self, channel: str) -> None:
        """Someone else is in their place."""
        membership.leave(self._services, self, channel)

    async def read_on(self, channel: str, epoch: int, after: int) -> "Page | None":
        """From the log, what a replay needs and memory has no longer."""
        return await following.read_on(self._services, channel, Position(epoch=epoch, seq=after))

    def close(self, code: Close) -> None:
        self.flush()
        self._socket.close(code)

    def let_go(self) -> None:
        """This process is being replaced: what is under way is answered, then they are asked to come back.

        What they say from here on is not taken. It was not answered, so they say it again where they come to.
        """
        self._leaving = True
        if self.is_done:
            self.done()

    def done(self) -> None:
        if self._leaving:
            self.close(Close.RESTART)

    def admit(self, person: "Person") -> None:
        self.person = person
        self.greeted = True
        self._house.admit(self)

    def then(self, after: Callable[[], None]) -> None:
        """Run this when the next answer has gone out; an action calls it after all its waiting."""
        self._afters = (*self._afters, after)

    @property
    def is_up_to_date(self) -> bool:
        return self._socket.unsent == 0

    @property
    def answering(self) -> bool:
        """True while the browser answers pings."""
        settings = self._services.settings
        quiet_s = self._house.loop.time() - self._socket.answered
        return quiet_s < (settings.ping_ms + settings.pong_ms) / 1000

    # what the socket says

    def received(self, frame: bytes) -> None:
        now = self._house.loop.time()
        self._flooded_at, wait = self._house.flood.take(self._flooded_at, now)
        if wait:
            self.close(Close.FLOOD)
        elif self._leaving:
            return
        elif self._greeting is not None:
            self._greet(frame)
        else:
            self._take(frame, now)

    def flow_changed(self) -> None:
        self._house.flow_changed(self)

    def closed(self) -> None:
        self._house.closed(self)
        if self._greeting is not None:
            self._greeting.cancel()
            self._greeting = None
        self.stop()
        if self.greeted:
            greeting.farewell(self._services, self)

    def _greet(self, frame: bytes) -> None:
        if not codec.speaks_our_version(frame):
            return self.close(Close.VERSION)
        try:
            command = codec.decode(frame)
        except Refused as no:
            return self._malformed(no)
        if not isinstance(command, commands.Hello):
            return self.close(Close.NO_SESSION)
        if self._house.under_way >= lanes.FEW and self._is_too_much(command):
            return self.close(Close.OVERLOADED)
        assert self._greeting is not None
        self._greeting.cancel()
        self._greeting = None
        self.stand_in_line(command)

    async def _hello(self, command: commands.Hello) -> None:
        try:
            await self._welcome(command)
        except Refused:  # the store is away: come back a little later
            self._turn_away(Close.OVERLOADED)
        except Exception as bug:
            log.error("hello failed: %s", where(bug))
            self._turn_away(Close.FAULT)
        except asyncio.CancelledError:
            self._turn_away(Close.OVERLOADED)
            raise

    async def _welcome(self, command: commands.Hello) -> None:
        cookie, self._socket.cookie = self._socket.cookie, None
        answer = await greeting.hello(self._services, self, cookie, command)
        if answer is None:
            return self._turn_away(Close.NO_SESSION)
        self._answer(answer)

    def _turn_away(self, code: Close) -> None:
        self.empty_line()
        self.close(code)

    def _take(self, frame: bytes, now: float) -> None:
        try:
            command = codec.decode(frame)
        except Refused as no:
            return self._malformed(no)
        kind = type(command)
        if kind is commands.Hello:
            self._refuse(command.ref, Refused(Code.ALREADY))
            return self.close(Close.BAD_FRAME)
        if kind not in NEVER_REFUSED:
            self._framed_at, wait = self._house.frames.take(self._framed_at, now)
            if wait:
                return self._refuse(command.ref, Refused(Code.RATE, retry_ms=int(wait * 1000) + 1))
        if self._house.under_way >= lanes.FEW and self._is_too_much(command):
            return self._refuse_for_load(command)
        if kind in IN_ORDER or not self.greeted:
            self.stand_in_line(command)
        else:
            self.begin(self._run(command))

    def _is_too_much(self, command: commands.Command) -> bool:
        if type(command) in lanes.ENTERING:
            settings = self._services.settings
            return self._house.under_way >= settings.commands_in_flight + settings.handshake_burst
        return self._house.is_full and not lanes.is_reserved(command, self.person.role if self.greeted else None)

    def _refuse_for_load(self, command: commands.Command) -> None:
        """Costs little more than reading it: a storm must not do the harm that taking it in would."""
        kind = type(command)
        metrics.answers.inc(kind.__name__, Code.OVERLOADED)
        if kind not in lanes.UNANSWERED:
            self._refuse(command.ref, lanes.overloaded())

    def serve(self, command: commands.Command) -> Coroutine[Any, Any, None]:
        return self._hello(command) if isinstance(command, commands.Hello) else self._run(command)

    async def _run(self, command: commands.Command) -> None:
        try:
            answer = await dispatch.run(self._services, self, command)
        except asyncio.CancelledError as cancelled:
            if cancelled.args != (LATE,):
                raise
            log.error("%s was not answered in time", type(command).__name__)
            answer = dispatch.refused(command.ref, Refused(Code.INTERNAL))
        if answer is not None:
            self._answer(answer)

    def _answer(self, event: events.Event) -> None:
        self.write(framed(codec.unnumbered(event)))
        if self._afters:
            afters, self._afters = self._afters, ()
            for after in afters:
                after()

    def _refuse(self, ref: int, no: Refused) -> None:
        self.write(framed(codec.unnumbered(dispatch.refused(ref, no))))

    def _malformed(self, no: Refused) -> None:
        now = self._house.loop.time()
        self._refuse(0, no)
        most = self._services.settings.bad_frames
        self._bad = (*self._bad, now)[-most:]
        if len(self._bad) == most and now - self._bad[0] < 60.0:
            self.close(Close.BAD_FRAME)

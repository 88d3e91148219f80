"""A connection: one browser's socket after the handshake, from hello to goodbye."""

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from server.actions import dispatch, greeting
from server.actions.accounts import recognise
from server.actions.faults import where
from server.actions.services import Services
from server.protocol import codec, commands, events
from server.protocol.refusals import Close, Code, Refused
from server.transport.allowance import Allowance
from server.transport.frames import framed
from server.transport.line import Line

if TYPE_CHECKING:
    from server.domain.accounts import Person
    from server.domain.care import Rest

log = logging.getLogger("porchlight.connection")

# One person's words keep their order; help, leaving and what staff do never wait behind them.
IN_ORDER = (
    commands.Join,
    commands.Rename,
    commands.Post,
    commands.Withdraw,
    commands.History,
    commands.Report,
    commands.Answer,
)
NEVER_REFUSED = (commands.Help, commands.Leave)
ANSWER_WITHIN_S = 60.0  # nothing an action waits for takes longer; a bug must not stop a person's words for ever


class Socket(Protocol):
    """What lies below: `transport/websocket.py`."""

    cookie: str | None

    def send(self, framed: bytes) -> None: ...
    def close(self, code: Close, reason: str = "") -> None: ...
    @property
    def unsent(self) -> int: ...
    @property
    def answered(self) -> float: ...


class House(Protocol):
    """The hub, as a connection needs it."""

    process: str

    def opened(self, connection: "Connection") -> None: ...
    def admit(self, connection: "Connection") -> None: ...
    def closed(self, connection: "Connection") -> None: ...


class Connection:
    """One socket's person, names and turn. `names` says what this person is called in each channel they are in."""

    __slots__ = (
        "_afters",
        "_allowance",
        "_bad",
        "_flood",
        "_greeting",
        "_house",
        "_line",
        "_services",
        "_socket",
        "_tasks",
        "accepted",
        "following",
        "greeted",
        "names",
        "person",
        "rest",
        "socket_name",
    )

    _numbers = itertools.count(1)

    def __init__(self, socket: Socket, services: Services, house: House) -> None:
        settings = services.settings
        self.person: Person
        self.accepted = 0
        self.rest: Rest | None = None
        self.names: dict[str, str] = {}
        self.following: set[str] = set()
        self.greeted = False
        self.socket_name = f"{house.process}:{next(self._numbers)}"
        self._socket = socket
        self._services = services
        self._house = house
        self._allowance = Allowance(settings.frames_per_minute, settings.frame_burst)
        self._flood = Allowance(settings.flood_per_minute, settings.flood_per_minute)
        self._bad: deque[float] = deque(maxlen=settings.bad_frames)
        self._afters: list[Callable[[], None]] = []
        self._line = Line(self._spawn)
        self._tasks: set[asyncio.Task[None]] = set()
        self._greeting: asyncio.TimerHandle | None = asyncio.get_running_loop().call_later(
            settings.hello_ms / 1000, self.close, Close.NO_HELLO
        )
        house.opened(self)

    # what the hub and the actions use

    def write(self, framed_bytes: bytes) -> None:
        self._socket.send(framed_bytes)

    def close(self, code: Close) -> None:
        self._socket.close(code)

    def then(self, after: Callable[[], None]) -> None:
        """Run this when the next answer has gone out; an action calls it after all its waiting."""
        self._afters.append(after)

    @property
    def is_up_to_date(self) -> bool:
        return self._socket.unsent == 0

    @property
    def answering(self) -> bool:
        """True while the browser answers pings."""
        settings = self._services.settings
        quiet_s = asyncio.get_running_loop().time() - self._socket.answered
        return quiet_s < (settings.ping_ms + settings.pong_ms) / 1000

    # what the socket says

    def received(self, frame: bytes) -> None:
        now = asyncio.get_running_loop().time()
        if self._flood.take(now):
            self.close(Close.FLOOD)
        elif self._greeting is not None:
            self._greet(frame)
        else:
            self._take(frame, now)

    def closed(self) -> None:
        if self._greeting is not None:
            self._greeting.cancel()
        for task in self._tasks:
            task.cancel()
        self._house.closed(self)
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
        assert self._greeting is not None
        self._greeting.cancel()
        self._greeting = None
        self._line.add(lambda: self._hello(command))

    async def _hello(self, command: commands.Hello) -> None:
        try:
            await self._welcome(command)
        except Refused:  # the store is away: come back a little later
            self._turn_away(Close.OVERLOADED)
        except Exception as bug:
            log.error("hello failed: %s", where(bug))
            self._turn_away(Close.FAULT)

    async def _welcome(self, command: commands.Hello) -> None:
        person = await recognise(self._services, self._socket.cookie)
        if person is None:
            return self._turn_away(Close.NO_SESSION)
        self.person = person
        self._house.admit(self)
        self.greeted = True
        self._answer(await greeting.welcome(self._services, self, command))

    def _turn_away(self, code: Close) -> None:
        self._line.close()
        self.close(code)

    def _take(self, frame: bytes, now: float) -> None:
        try:
            command = codec.decode(frame)
        except Refused as no:
            return self._malformed(no)
        if isinstance(command, commands.Hello):
            self._refuse(command.ref, Refused(Code.ALREADY))
            self.close(Close.BAD_FRAME)
        elif not isinstance(command, NEVER_REFUSED) and (wait := self._allowance.take(now)):
            self._refuse(command.ref, Refused(Code.RATE, retry_ms=int(wait * 1000) + 1))
        elif isinstance(command, IN_ORDER) or not self.greeted:
            self._line.add(lambda: self._run(command))
        else:
            self._spawn(self._run(command))

    async def _run(self, command: commands.Command) -> None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                answer = await dispatch.run(self._services, self, command)
        except TimeoutError:
            log.error("%s was not answered in time", type(command).__name__)
            answer = dispatch.refused(command.ref, Refused(Code.INTERNAL))
        if answer is not None:
            self._answer(answer)

    def _answer(self, event: events.Event) -> None:
        self.write(framed(codec.unnumbered(event)))
        afters, self._afters = self._afters, []
        for after in afters:
            after()

    def _refuse(self, ref: int, no: Refused) -> None:
        self.write(framed(codec.unnumbered(dispatch.refused(ref, no))))

    def _malformed(self, no: Refused) -> None:
        now = asyncio.get_running_loop().time()
        self._refuse(0, no)
        self._bad.append(now)
        if len(self._bad) == self._bad.maxlen and now - self._bad[0] < 60.0:
            self.close(Close.BAD_FRAME)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

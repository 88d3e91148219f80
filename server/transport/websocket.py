"""One browser's socket: our own WebSocket class, which uvicorn builds for every upgrade (`ws=`)."""

import asyncio
import logging
from collections.abc import Callable
from enum import Enum
from time import monotonic
from typing import Any, ClassVar, Protocol, assert_never, cast

from server import metrics
from server.actions.faults import where
from server.config import Settings
from server.protocol.refusals import Close
from server.transport import frames
from server.transport.admission import Admission, Full
from server.transport.door import Door, Knock, Turned
from server.transport.origins import caller, peer_address
from server.transport.pulse import Pulse

log = logging.getLogger("porchlight.sockets")

CLOSE_SECONDS = 5.0  # for the other side to say goodbye, too
FRAME_MINUTE = 60_000


class State(Enum):
    CONNECTING = "connecting"
    OPEN = "open"
    CLOSING = "closing"  # we have said goodbye; what still comes is dropped
    CLOSED = "closed"


CONNECTING, OPEN, CLOSING, CLOSED = State.CONNECTING, State.OPEN, State.CLOSING, State.CLOSED


class Endpoint(Protocol):
    """Whom the socket serves. `opened` and `closed` come once each, in this order, and the others only between them.

    `flow_changed`: from now on its `fd` may be written to, or may not.
    """

    def opened(self, socket: "WebSocket") -> None: ...
    def received(self, socket: "WebSocket", data: bytes) -> None: ...
    def flow_changed(self, socket: "WebSocket") -> None: ...
    def closed(self, socket: "WebSocket") -> None: ...


class WebSocket(asyncio.Protocol):
    """No task, no queue and no timer of its own: ten thousand of these wait in one process."""

    __slots__ = (
        "_fd",
        "_frames_heard",
        "_reader",
        "_server_state",
        "_state",
        "_transport",
        "answered",
        "cookie",
        "endpoint_state",
        "prefix",
        "slot",
    )

    settings: ClassVar[Settings]
    endpoint: ClassVar[Endpoint]
    admission: ClassVar[Admission]
    door: ClassVar[Door]
    pulse: ClassVar[Pulse]
    limits: ClassVar[frames.Limits]

    def __init__(self, config: object, server_state: Any, app_state: object) -> None:
        self._server_state = server_state
        self._transport: asyncio.Transport = cast(asyncio.Transport, None)
        self._state = CONNECTING
        self._reader: frames.Reader | None = None  # only while something is begun; mostly nothing is
        self._frames_heard = 0
        self._fd = -1
        self.answered = 0.0
        self.cookie: str | None = None
        self.prefix = b""
        self.slot = 0
        self.endpoint_state: object = None

    @property
    def fd(self) -> int | None:
        """Whole frames may be written to it while `unsent` is 0, past the transport, which costs more than all of this.

        The transport closes it only after `connection_lost`, and `closed` is told in there: no number is written
        to that the kernel has given to another connection.
        """
        return self._fd if self._state is OPEN else None

    def send(self, framed: bytes) -> None:
        """Writes whole frames; silent where the socket is going."""
        if self._state is not OPEN:
            return
        # Looked at before the write: one large answer is fine, a second on top of it unread is not.
        if self._transport.get_write_buffer_size() > self.settings.unsent_bytes:
            self.close(Close.TOO_SLOW)
        else:
            self._transport.write(framed)

    def close(self, code: Close, reason: str = "") -> None:
        """Says goodbye; `closed` follows when the other side has answered, or soon without."""
        if self._state is not OPEN:
            return
        self._begin_closing()
        metrics.closed.inc(code.name.lower())
        self._expect(CLOSE_SECONDS)
        if not self._transport.is_closing():
            self._transport.write(frames.closing(code, reason))

    @property
    def unsent(self) -> int:
        """Bytes that the other side has not taken yet."""
        return self._transport.get_write_buffer_size()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._server_state.connections.add(self)

    def data_received(self, data: bytes) -> None:
        if self._state is CONNECTING:
            return self.shake_hands(data)
        self.answered = monotonic()
        if self._reader is None and (message := frames.whole(data, self.limits.message_bytes)) is not None:
            self._frames_heard += 1
            return self._hear(message)
        was_unfinished = self._reader is not None
        reader = self._reader or frames.Reader(self.limits)
        for event in reader.receive(data):
            self._frames_heard += 1
            was_unfinished &= not isinstance(event, bytes)
            self._hear(event)
        self._reader = None if reader.idle else reader
        self._watch_for_end(was_unfinished)

    def shake_hands(self, request: bytes | Knock) -> None:
        peer = peer_address(self._transport)
        try:
            opened = self.door.knock(request, peer)
            self.prefix = self.admission.enter(caller(self.door.house, peer, opened.forwarded))
        except Turned as turned:
            return self._turn_away(turned)
        except Full as full:
            return self._turn_away(Turned(503, "full", ((b"retry-after", b"%d" % full.seconds),)))
        self._state = OPEN
        self._fd = self._transport.get_extra_info("socket").fileno()
        self._transport.set_write_buffer_limits(high=0)  # it writes at once, and says when it could not
        self._transport.write(opened.answer)
        self.cookie = opened.cookie
        self.answered = monotonic()
        self.pulse.join(self)
        self._tell(self.endpoint.opened, self)

    def pause_writing(self) -> None:
        self.pulse.falls_behind(self)
        self._tell(self.endpoint.flow_changed, self)

    def resume_writing(self) -> None:
        self.pulse.catches_up(self)
        self._tell(self.endpoint.flow_changed, self)

    def connection_lost(self, exc: Exception | None) -> None:
        before, self._state = self._state, CLOSED
        if before is OPEN or before is CLOSING:  # it was let in
            self._tell(self.endpoint.closed, self)
            self.pulse.leave(self)
            self.admission.leave(self.prefix)
        self._server_state.connections.discard(self)

    def shutdown(self) -> None:
        """The process ends: whoever is still here after the draining goes now."""
        if self._state is CONNECTING:
            self._transport.close()
        else:
            self.close(Close.RESTART)

    def ping(self) -> None:
        share = self.settings.flood_per_minute * self.settings.ping_ms // FRAME_MINUTE
        self._frames_heard = max(0, self._frames_heard - max(1, share))
        self.send(frames.ping())

    def unanswered(self) -> None:
        self.close(Close.TOO_SLOW)
        self._transport.abort()

    def overdue(self) -> None:
        """A message was begun and never ended, or our goodbye was never answered."""
        if self._state is OPEN:
            self._fail(Close.FLOOD)
        else:
            self._transport.abort()

    def _begin_closing(self) -> None:
        self._state = CLOSING
        self._tell(self.endpoint.flow_changed, self)

    def _turn_away(self, turned: Turned) -> None:
        self._state = CLOSED
        metrics.turned_away.inc(turned.code)
        self._transport.write(self.door.refusal(turned))
        self._transport.close()

    def _hear(self, event: frames.Event) -> None:
        if self._state is not OPEN:
            if type(event) is frames.Closing:
                self._transport.close()
            return
        if self._frames_heard > self.settings.flood_per_minute:
            return self._fail(Close.FLOOD)
        match event:
            case bytes():
                self._tell(self.endpoint.received, self, event)
            case frames.Ping(data):
                self.send(frames.pong(data))
            case frames.Pong():
                pass
            case frames.Closing(code):
                self._begin_closing()
                self._expect(CLOSE_SECONDS)  # what is unsent may never be taken
                self._transport.write(frames.closing(code))
                self._transport.close()
            case str():
                self._fail(Close.BINARY_ONLY)
            case frames.Broken(broken):
                self._fail(broken)
            case _:
                assert_never(event)

    def _fail(self, code: Close) -> None:
        """The other side broke the rules: one last frame, then our half of the connection ends at once."""
        self.close(code)
        if self._transport.can_write_eof() and not self._transport.is_closing():
            self._transport.write_eof()

    def _tell(self, call: Callable[..., None], *what: object) -> None:
        try:
            call(*what)
        except Exception as fault:  # a bug behind one socket must not reach the loop or another socket
            log.error("the endpoint failed: %s", where(fault))
            self.close(Close.FAULT)

    def _watch_for_end(self, was_unfinished: bool) -> None:
        """Keeps one deadline per message that was begun, in the shared timer; most messages never need one."""
        if self._state is OPEN and self._reader is None:
            self.pulse.settled(self)
        elif self._state is OPEN and not was_unfinished:
            self._expect(self.settings.fragment_ms / 1000)

    def _expect(self, seconds: float) -> None:
        self.pulse.expect(self, monotonic() + seconds)


def bound(endpoint: Endpoint, settings: Settings, admission: Admission) -> type[WebSocket]:
    """The class that uvicorn builds for every upgrade, with all that its sockets share."""
    shared = {
        "__slots__": (),
        "settings": settings,
        "endpoint": endpoint,
        "admission": admission,
        "door": Door(settings),
        "pulse": Pulse(settings),
        "limits": frames.Limits(settings.message_bytes, settings.fragments),
    }
    return type("BoundWebSocket", (WebSocket,), shared)

"""What is refused before the web framework sees it: heads and bodies that are too large, too slow or ambiguous."""

import asyncio
import logging
import socket
from time import monotonic
from typing import Any, ClassVar, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server import metrics
from server.config import Settings
from server.transport import headers
from server.transport.websocket import WebSocket

HEAD_SECONDS = 10.0  # a request must be said by then; also how long a silent connection is kept
KEEP_ALIVE_SECONDS = 15
STOP_SECONDS = 3  # for requests under way, once the sockets are gone; then they are cut off
METHODS = frozenset({"GET", "HEAD", "POST", "DELETE"})
ALLOW = ((b"allow", b"GET, HEAD, POST, DELETE"),)


class _Refused(Exception):
    """Raised inside the parser, which ends with it; the answer is already chosen."""


class Guard(HttpToolsProtocol):
    """uvicorn's own protocol with a deadline for every part of a request and one reading of every request."""

    settings: ClassVar[Settings]
    security: ClassVar[headers.Headers]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._refusal: tuple[int, str, headers.Headers] = (400, "bad_request", ())
        self._reading_head = True
        self._head_bytes = 0
        self._field_bytes = 0
        self._body_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._must_end(HEAD_SECONDS, "head")

    def connection_lost(self, exc: Exception | None) -> None:
        self._done()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._reading_head:
            self._head_bytes += len(data)
        super().data_received(data)
        # An unfinished header never reaches `on_header`; only the bytes tell how long it is already.
        most = self.settings.request_line_bytes + self.settings.header_bytes
        if self._reading_head and self._head_bytes > most and not self.transport.is_closing():
            self._refusal = (431, "too_large", ())
            self.send_400_response("")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._reading_head = True
        self._field_bytes = self._body_bytes = 0
        self._must_end(HEAD_SECONDS, "head")

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > self.settings.request_line_bytes:
            self._refuse(414, "too_long")

    def on_header(self, name: bytes, value: bytes) -> None:
        super().on_header(name, value)
        size = len(name) + len(value)
        self._field_bytes += size
        limits = self.settings
        if (
            size > limits.header_field_bytes
            or self._field_bytes > limits.header_bytes
            or len(self.headers) > limits.headers
        ):
            self._refuse(431, "too_large")

    def on_headers_complete(self) -> None:
        self._reading_head = False
        self._head_bytes = 0
        self._done()
        self._check_head()
        self._must_end(self.settings.body_ms / 1000, "body")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        if self._body_bytes > self.settings.body_bytes:
            self._refuse(413, "too_large")
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._done()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._done()
        super().handle_websocket_upgrade()
        self.parser = None  # type: ignore[assignment]  # parser and protocol hold each other: ten kilobytes per socket

    def send_400_response(self, msg: str) -> None:
        """Every refusal below the framework ends here. In the middle of an answer there is only the end."""
        self._done()
        status, code, extra = self._refusal
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(headers.refusal(status, code, self.security, extra))
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _check_head(self) -> None:
        if self.parser.get_method().decode("ascii") not in METHODS:
            self._refuse(405, "method", ALLOW)
        lengths = [value for name, value in self.headers if name == b"content-length"]
        codings = [value for name, value in self.headers if name == b"transfer-encoding"]
        # Two readings of where a request ends are how one person's request becomes part of another's.
        if (lengths and codings) or len(lengths) > 1 or any(coding.lower() != b"chunked" for coding in codings):
            self._refuse(400, "bad_request")
        if lengths and int(lengths[0]) > self.settings.body_bytes:
            self._refuse(413, "too_large")
        if self.parser.should_upgrade() and self.parser.get_http_version() != "1.1":
            self._refuse(400, "bad_request")

    def _refuse(self, status: int, code: str, extra: headers.Headers = ()) -> None:
        self._refusal = (status, code, extra)
        raise _Refused

    def _must_end(self, seconds: float, part: str) -> None:
        self._done()
        self._deadline = self.loop.call_later(seconds, self._too_slow, part)

    def _done(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self, part: str) -> None:
        if self.transport.is_closing():
            return
        if part == "head" and not self._head_bytes:
            self.transport.close()  # nothing was asked
        else:
            self._refusal = (408, "too_slow", ())
            self.send_400_response("")


class Porch(asyncio.Protocol):
    """A plain handshake goes straight to its socket, everything else to the guard, with every byte that was said.

    uvicorn's HTTP protocol costs more than all else in a handshake, and most connections here are sockets.
    """

    __slots__ = ("_server_state", "_transport", "_uvicorn")

    guard: ClassVar[type[Guard]]
    sockets: ClassVar[type[WebSocket]]

    def __init__(self, config: Any, server_state: Any, app_state: Any, _loop: Any = None) -> None:
        self._uvicorn = (config, server_state, app_state)
        self._server_state = server_state
        self._transport: asyncio.Transport = cast(asyncio.Transport, None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        inside = self.sockets.admission.connections
        if len(self._server_state.connections) - inside >= self.sockets.settings.half_open:
            metrics.turned_away.inc("half_open")
            return self._transport.abort()
        self._server_state.connections.add(self)
        self.sockets.pulse.expect(self, monotonic() + HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        self._go()
        knock = self.sockets.door.plain(data)
        inside: Any = self.guard(*self._uvicorn) if knock is None else self.sockets(*self._uvicorn)
        self._transport.set_protocol(inside)
        inside.connection_made(self._transport)
        if knock is None:
            inside.data_received(data)
        else:
            inside.shake_hands(knock)

    def connection_lost(self, exc: Exception | None) -> None:
        self._go()

    def shutdown(self) -> None:
        self._transport.close()

    def overdue(self) -> None:
        self._transport.close()

    def _go(self) -> None:
        self._server_state.connections.discard(self)
        self.sockets.pulse.settled(self)


def limit_kernel_buffer(listening: socket.socket, settings: Settings) -> None:
    """For every socket accepted here: else the kernel takes megabytes for a stalled reader before we see anything."""
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, settings.socket_buffer_bytes)


def serving(app: Any, sockets: type[WebSocket], settings: Settings) -> uvicorn.Config:
    """How uvicorn runs us: our own protocol classes, and no line in any log about who asked for what."""
    guard = type("BoundGuard", (Guard,), {"settings": settings, "security": headers.security(settings)})
    porch = type("BoundPorch", (Porch,), {"__slots__": (), "guard": guard, "sockets": sockets})
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=cast(Any, porch),
        ws=cast(Any, sockets),
        access_log=False,
        log_config=None,
        log_level=logging.ERROR,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )

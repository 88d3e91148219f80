"""A server that really runs, and a client that can say anything to it, byte by byte."""

import asyncio
import base64
import contextlib
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import uvicorn
import uvloop

from server.app import house
from server.config import Settings
from server.transport import websocket
from server.transport.admission import Admission
from server.transport.guard import limit_kernel_buffer, serving
from server.transport.http import create_app
from server.transport.pages import Pages
from server.transport.reception import Reception
from server.transport.websocket import WebSocket

T = TypeVar("T")

PATIENCE = 15.0  # generous: outcomes are asserted, never times
KEY = base64.b64encode(bytes(16)).decode()


@dataclass
class Recorder:
    """An endpoint that writes down what it is told; `answer` says what to do with a message."""

    answer: Callable[[WebSocket, bytes], None] = lambda socket, data: None
    sockets: list[WebSocket] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    closed_sockets: list[WebSocket] = field(default_factory=list)

    def opened(self, socket: WebSocket) -> None:
        self.sockets.append(socket)

    def received(self, socket: WebSocket, data: bytes) -> None:
        self.heard.append(data)
        self.answer(socket, data)

    def flow_changed(self, socket: WebSocket) -> None:
        pass

    def closed(self, socket: WebSocket) -> None:
        self.closed_sockets.append(socket)


async def nothing_here(scope: Any, receive: Any, send: Any) -> None:
    """The smallest web application: every page is `ok`."""
    if scope["type"] == "http":
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


class Running:
    """A uvicorn on a free port, in a thread and a loop of its own, as in production."""

    def __init__(self, endpoint: Any, settings: Settings, app: Any = nothing_here) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        limit_kernel_buffer(self._listener, settings)
        self.port: int = self._listener.getsockname()[1]
        self.settings = replace(settings, port=self.port)
        self.admission = Admission(self.settings, time.monotonic)
        self._endpoint, self._app = endpoint, app
        self.server: uvicorn.Server | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        until(lambda: self.server and self.server.started)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            self.loop = runner.get_loop()
            runner.run(self.open())
        self._listener.close()

    async def open(self) -> None:
        await self.serve(self._endpoint, self._app)

    async def serve(self, endpoint: Any, app: Any) -> None:
        self.server = uvicorn.Server(serving(app, self.sockets(endpoint), self.settings))
        await self.server.serve(sockets=[self._listener])

    def sockets(self, endpoint: Any) -> type[WebSocket]:
        return websocket.bound(endpoint, self.settings, self.admission)

    def call(self, function: Callable[..., object], *args: object) -> None:
        self.loop.call_soon_threadsafe(lambda: function(*args))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a coroutine in the server's own loop and waits for what it gives."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def stop(self) -> None:
        assert self.server is not None
        self.server.should_exit = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the server did not stop"


@contextlib.contextmanager
def running(endpoint: Any = None, app: Any = nothing_here, **settings: Any) -> Iterator[Running]:
    server = Running(endpoint or Recorder(), Settings(**{"drain_ms": 0, **settings}), app)
    try:
        yield server
    finally:
        while Client.everyone:
            Client.everyone.pop().closes()
        server.stop()


class House(Running):
    """The whole house behind the socket: real store, real pages; only the client's files are a few made-up ones."""

    def __init__(self, settings: Settings, dist: Path) -> None:
        self._dist = dist
        super().__init__(None, settings)

    async def open(self) -> None:
        async with house(self.settings, self.settings.redis_url) as (services, hub):
            self.services = services
            pages = Pages(services.content, self.settings, self._dist)
            app = create_app(services, pages, self._dist, self.admission)
            await self.serve(Reception(services, hub), app)


def until(true: Callable[[], object]) -> None:
    """Waits for an outcome."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def request(port: int, raw: bytes) -> Answer:
    """Says these bytes and reads until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as plain:
        plain.sendall(raw)
        return parsed(everything(plain))


def everything(plain: socket.socket) -> bytes:
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := plain.recv(65_536):
            said += chunk
    return said


def parsed(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    line, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return Answer(int(line.split()[1]), headers, body)


def handshake(port: int, *, leave_out: str = "", target: str = "/ws", method: str = "GET", **changed: str) -> bytes:
    """A good request for a socket; keyword arguments change headers (`sec_websocket_key=...`)."""
    headers = {
        "host": f"127.0.0.1:{port}",
        "origin": f"http://127.0.0.1:{port}",
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": KEY,
        **{name.replace("_", "-"): value for name, value in changed.items()},
    }
    lines = [f"{name}: {value}" for name, value in headers.items() if name != leave_out]
    return "\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""]).encode()


class Client:
    """One socket, opened; says raw frames and hears raw frames. Closed, at the latest, with the server."""

    everyone: ClassVar[list["Client"]] = []

    def __init__(self, port: int, **changed: str) -> None:
        self.plain = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.everyone.append(self)
        self.plain.sendall(handshake(port, **changed))
        self._said = b""
        while b"\r\n\r\n" not in self._said:
            self._more()
        head, _, self._said = self._said.partition(b"\r\n\r\n")
        self.answer = parsed(head + b"\r\n\r\n")
        assert self.answer.status == 101, self.answer

    def _more(self) -> None:
        chunk = self.plain.recv(65_536)
        if not chunk:
            raise ConnectionError("the server ended the connection")
        self._said += chunk

    def says(self, *raw: bytes) -> None:
        self.plain.sendall(b"".join(raw))

    def hears(self) -> tuple[int, bytes]:
        """The next frame: opcode and payload."""
        while True:
            if frame := self._frame():
                return frame
            self._more()

    def hears_close(self) -> int:
        """Reads on until the server says goodbye, and gives its code."""
        while True:
            opcode, payload = self.hears()
            if opcode == 0x8:
                return int.from_bytes(payload[:2]) if payload else 1005

    def is_let_go(self) -> bool:
        """True once the server has ended the connection."""
        everything(self.plain)
        return True

    def closes(self) -> None:
        self.plain.close()

    def _frame(self) -> tuple[int, bytes] | None:
        if len(self._said) < 2:
            return None
        length, start = self._said[1], 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length, start = int.from_bytes(self._said[2 : 2 + size]), 2 + size
        if len(self._said) < start + length:
            return None
        first, payload = self._said[0], self._said[start : start + length]
        self._said = self._said[start + length :]
        return first & 0x0F, payload


def frame(
    opcode: int, payload: bytes = b"", *, final: int = 0x80, reserved: int = 0, mask: bytes | None = None
) -> bytes:
    """One client frame; the mask is random unless it is given, and `mask=b""` sends it unmasked."""
    mask = os.urandom(4) if mask is None else mask
    flag = 0x80 if mask else 0
    head = bytes([final | reserved | opcode])
    if len(payload) < 126:
        head += bytes([flag | len(payload)])
    elif len(payload) < 65_536:
        head += bytes([flag | 126]) + struct.pack("!H", len(payload))
    else:
        head += bytes([flag | 127]) + struct.pack("!Q", len(payload))
    return head + mask + (bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload)) if mask else payload)


def asks(port: int, target: str = "/", method: str = "GET", body: bytes = b"", **changed: str) -> Answer:
    """One request as our own page makes it; keyword arguments change headers, empty ones leave them out."""
    headers = {"host": f"127.0.0.1:{port}", "connection": "close"}
    if method not in ("GET", "HEAD"):
        headers |= {
            "origin": f"http://127.0.0.1:{port}",
            "sec-fetch-site": "same-origin",
            "x-porchlight": "1",
            "content-type": "application/json",
            "content-length": str(len(body)),
        }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items() if value)]
    return request(port, "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body)

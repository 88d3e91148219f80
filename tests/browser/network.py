"""The network between a browser and its server: it knows one frame from the next, and is cut where a test says."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import Enum, auto
from typing import Any, NamedTuple

import msgpack

PIECE = 65_536
HEAD_END = b"\r\n\r\n"
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: gone at once, as a network is


class Way(Enum):
    UP = auto()  # from the browser
    DOWN = auto()


class Place(Enum):
    """Where, of the frame that is waited for."""

    BEFORE = auto()
    HALF = auto()
    AFTER = auto()


class Cut(NamedTuple):
    """At the next frame of that kind; `without`: kinds that meanwhile do not arrive."""

    way: Way
    kind: str
    place: Place
    without: tuple[str, ...] = ()
    then: Callable[[], object] = lambda: None


class Network:
    """Listens on a port of its own; `target` may be set later, and is where every connection leads."""

    def __init__(self, target: int = 0) -> None:
        self.target = target
        self.is_down = False
        self.was_cut = threading.Event()
        self._cut: Cut | None = None
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """At once, whatever is under way; nobody comes through until it is healed."""
        with self._lock:
            self.is_down = True
            for end in self._open:
                _reset(end)
            self._open.clear()

    def cut_at(self, cut: Cut) -> None:
        self.was_cut.clear()
        self._cut = cut

    def heal(self) -> None:
        self._cut = None
        self.is_down = False

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                threading.Thread(target=self._connect, args=(browser,), daemon=True).start()

    def _connect(self, browser: socket.socket) -> None:
        with browser, suppress(OSError), socket.create_connection(("127.0.0.1", self.target)) as server:
            both = {browser, server}
            with self._lock:
                self._open |= both
                if self.is_down:
                    return
            back = threading.Thread(target=self._carry, args=(server, browser, Way.DOWN), daemon=True)
            back.start()
            self._carry(browser, server, Way.UP)
            back.join()
            with self._lock:
                self._open -= both

    def _carry(self, source: socket.socket, sink: socket.socket, way: Way) -> None:
        frames = Frames()
        with suppress(OSError):
            while data := source.recv(PIECE):
                for raw, kind in frames.of(data):
                    if not self._pass(raw, kind, sink, way):
                        return
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _pass(self, raw: bytes, kind: str, sink: socket.socket, way: Way) -> bool:
        cut = self._cut
        if cut is None or (way, kind) != (cut.way, cut.kind):
            if cut is None or kind not in cut.without:
                sink.sendall(raw)
            return True
        match cut.place:
            case Place.HALF:
                sink.sendall(raw[: len(raw) // 2])
            case Place.AFTER:
                sink.sendall(raw)
        cut.then()
        self.cut()
        self.was_cut.set()
        return False


class Frames:
    """Takes one direction of a connection apart: the head of its first request, then frames."""

    def __init__(self) -> None:
        self._rest = b""
        self._is_socket: bool | None = None

    def of(self, data: bytes) -> Iterator[tuple[bytes, str]]:
        """Whole pieces as they came, each with the `type` of the event or command in it."""
        if self._is_socket is False:
            yield data, ""
            return
        self._rest += data
        if self._is_socket is None:
            if HEAD_END not in self._rest:
                return
            head, _, rest = self._rest.partition(HEAD_END)
            self._is_socket = head.startswith((b"GET /ws", b"HTTP/1.1 101"))
            whole, self._rest = (head + HEAD_END, rest) if self._is_socket else (self._rest, b"")
            yield whole, ""
        while self._is_socket and (size := _size(self._rest)):
            raw, self._rest = self._rest[:size], self._rest[size:]
            yield raw, _kind(raw)


def _size(data: bytes) -> int:
    """Of the first frame; 0 where it is not whole yet."""
    if len(data) < 2:
        return 0
    length, head = data[1] & 127, 2
    if length == 126:
        length, head = int.from_bytes(data[2:4]), 4
    elif length == 127:
        length, head = int.from_bytes(data[2:10]), 10
    size = head + (4 if data[1] & 128 else 0) + length
    return size if len(data) >= size else 0


def _kind(raw: bytes) -> str:
    if raw[0] & 15 != 2:  # not a binary message: a ping, a goodbye
        return ""
    head = {126: 4, 127: 10}.get(raw[1] & 127, 2)
    mask, payload = (raw[head : head + 4], raw[head + 4 :]) if raw[1] & 128 else (bytes(4), raw[head:])
    said: Any = msgpack.unpackb(bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload)))
    return str((said[1] if isinstance(said, list) else said)["type"])


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)
    end.close()

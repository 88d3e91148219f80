"""RFC 6455 frames without a socket: bytes in and events out, and the bytes of what a server says."""

import codecs
import struct

from msgspec import Struct

from server.protocol.refusals import Close

try:
    from websockets.speedups import apply_mask
except ImportError:  # pragma: no cover - no compiler where it was installed
    from websockets.utils import apply_mask

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
OPCODES = frozenset({CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG})
FIN, RESERVED, OPCODE, CONTROL = 0x80, 0x70, 0x0F, 0x08
WHOLE = FIN | BINARY
MASKED, LENGTH = 0x80, 0x7F
TWO_BYTES, EIGHT_BYTES = 126, 127  # in the place of a length: where it stands instead
SHORT, LONG = struct.Struct("!H"), struct.Struct("!Q")
HEAD, SHORT_HEAD, LONG_HEAD = struct.Struct("!BB"), struct.Struct("!BBH"), struct.Struct("!BBQ")
CONTROL_BYTES = 125  # RFC 6455, 5.5
NO_CODE = 1005  # RFC 6455, 7.1.5: what a close frame without a code is read as; never sent


class Ping(Struct, frozen=True, gc=False):
    data: bytes


class Pong(Struct, frozen=True, gc=False):
    data: bytes


class Closing(Struct, frozen=True, gc=False):
    """The other side says goodbye; nothing after it is read."""

    code: int
    reason: str


class Broken(Struct, frozen=True, gc=False):
    """The other side broke the protocol or a limit; nothing after it is read."""

    code: Close


Event = bytes | str | Ping | Pong | Closing | Broken  # a binary message, a text message, and what is about the socket


class Limits(Struct, frozen=True):
    message_bytes: int
    fragments: int


class _Violation(Exception):
    def __init__(self, code: Close) -> None:
        self.code = code


def whole(data: bytes, most: int) -> bytes | None:
    """The message, where these bytes are one whole binary frame and nothing else, as nearly always.

    Says no more than that: whatever else they are, even broken, is None and for a `Reader` to judge.
    """
    length = len(data) - 6
    if length < 0 or data[0] != WHOLE:
        return None
    if length <= CONTROL_BYTES:
        at, fits = 2, data[1] == MASKED + length
    else:
        at, length = 4, length - 2
        fits = data[1] == MASKED | TWO_BYTES and CONTROL_BYTES < length == data[2] << 8 | data[3]
    if not fits or length > most:
        return None
    return apply_mask(data[at + 4 :], data[at : at + 4])


class Reader:
    """Reads one client's frames as they come, in pieces of any size, and never holds more than one message."""

    __slots__ = ("_buffer", "_decoder", "_ended", "_fragments", "_limits", "_opcode", "_parts", "_size")

    _opcode: int  # of the message that was begun; CONTINUATION while there is none
    _parts: list[bytes]
    _size: int
    _fragments: int
    _decoder: codecs.IncrementalDecoder | None

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buffer = b""
        self._ended = False
        self._reset()

    @property
    def idle(self) -> bool:
        """Nothing is begun and nothing has ended: a new reader would go on as well, so this one need not be kept."""
        return not (self._ended or self._buffer or self._opcode)

    def receive(self, data: bytes) -> list[Event]:
        """What these bytes complete, in order."""
        events: list[Event] = []
        if self._ended:
            return events
        buffer, at = self._buffer + data if self._buffer else data, 0
        try:
            while (frame := self._frame(buffer, at)) is not None:
                first, payload, at = frame
                event = self._accepted(first, payload)
                if event is not None:
                    events.append(event)
                if type(event) is Closing:
                    return self._end(events)
        except _Violation as violation:
            events.append(Broken(violation.code))
            return self._end(events)
        self._buffer = buffer[at:] if at else buffer
        return events

    def _frame(self, buffer: bytes, at: int) -> tuple[int, bytes, int] | None:
        """First byte, unmasked payload and end of the frame that begins at `at`; None while it is incomplete."""
        available = len(buffer) - at
        if available < 2:
            return None
        first, second = buffer[at], buffer[at + 1]
        self._check_head(first, second)
        length, start = second & LENGTH, at + 2
        if length > CONTROL_BYTES:
            field = SHORT if length == TWO_BYTES else LONG
            if available < 2 + field.size:
                return None
            (length,) = field.unpack_from(buffer, start)
            start += field.size
            # RFC 6455, 5.2: the shortest form is the only one.
            if length <= (CONTROL_BYTES if field is SHORT else 0xFFFF):
                raise _Violation(Close.PROTOCOL)
        # Judged on the declared length, before a byte of it is kept.
        if not first & CONTROL and self._size + length > self._limits.message_bytes:
            raise _Violation(Close.TOO_BIG)
        body = start + 4
        end = body + length
        if len(buffer) < end:
            return None
        return first, apply_mask(buffer[body:end], buffer[start:body]), end

    def _check_head(self, first: int, second: int) -> None:
        opcode = first & OPCODE
        if first & RESERVED or opcode not in OPCODES or not second & MASKED:
            raise _Violation(Close.PROTOCOL)
        if opcode & CONTROL:
            if not first & FIN or second & LENGTH > CONTROL_BYTES:
                raise _Violation(Close.PROTOCOL)
        elif (opcode == CONTINUATION) != (self._opcode != CONTINUATION):
            raise _Violation(Close.PROTOCOL)

    def _accepted(self, first: int, payload: bytes) -> Event | None:
        match first & OPCODE:
            case 0x9:
                return Ping(payload)
            case 0xA:
                return Pong(payload)
            case 0x8:
                return _closing(payload)
            case 0x2 if first & FIN:
                return payload
            case opcode:
                return self._fragment(opcode, first & FIN, payload)

    def _fragment(self, opcode: int, final: int, payload: bytes) -> Event | None:
        if opcode != CONTINUATION:
            self._opcode = opcode
        self._fragments += 1
        if self._fragments > self._limits.fragments:
            raise _Violation(Close.FLOOD)
        self._size += len(payload)
        if self._opcode == TEXT:
            self._check_text(payload, bool(final))
        self._parts.append(payload)
        if not final:
            return None
        message = b"".join(self._parts)
        event = message if self._opcode == BINARY else message.decode()
        self._reset()
        return event

    def _check_text(self, payload: bytes, final: bool) -> None:
        """A character may be cut by a fragment's end, so that only a decoder with memory can judge."""
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            self._decoder.decode(payload, final)
        except UnicodeDecodeError:
            raise _Violation(Close.BAD_TEXT) from None

    def _reset(self) -> None:
        self._opcode = CONTINUATION
        self._parts = []
        self._size = 0
        self._fragments = 0
        self._decoder = None

    def _end(self, events: list[Event]) -> list[Event]:
        self._ended = True
        self._buffer = b""
        self._reset()
        return events


def _closing(payload: bytes) -> Closing:
    if not payload:
        return Closing(NO_CODE, "")
    if len(payload) < 2:
        raise _Violation(Close.PROTOCOL)
    (code,) = SHORT.unpack_from(payload)
    if not (1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999):
        raise _Violation(Close.PROTOCOL)
    try:
        return Closing(code, payload[2:].decode())
    except UnicodeDecodeError:
        raise _Violation(Close.BAD_TEXT) from None


def framed(payload: bytes) -> bytes:
    """One whole binary message."""
    return _head(BINARY, len(payload)) + payload


def ping(data: bytes = b"") -> bytes:
    return _head(PING, len(data)) + data


def pong(data: bytes) -> bytes:
    return _head(PONG, len(data)) + data


def closing(code: int, reason: str = "") -> bytes:
    """A close frame; without a code where the code is `NO_CODE`. A reason that does not fit is cut at a character."""
    if code == NO_CODE:
        return _head(CLOSE, 0)
    said = reason.encode()[: CONTROL_BYTES - SHORT.size].decode(errors="ignore").encode()
    return _head(CLOSE, SHORT.size + len(said)) + SHORT.pack(code) + said


def _head(opcode: int, length: int) -> bytes:
    if length <= CONTROL_BYTES:
        return HEAD.pack(FIN | opcode, length)
    if length <= 0xFFFF:
        return SHORT_HEAD.pack(FIN | opcode, TWO_BYTES, length)
    return LONG_HEAD.pack(FIN | opcode, EIGHT_BYTES, length)

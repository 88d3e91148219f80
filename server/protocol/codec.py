"""Bytes to commands and events to bytes; the only place where MessagePack is read or written."""

import struct
from collections.abc import Callable
from typing import TypeVar, Union

from msgspec import DecodeError, Struct, msgpack

from server.protocol import (
    blocking,
    care,
    commands,
    events,
    feedback,
    handbook,
    listening,
    own_data,
    standing,
    supervising,
    training,
    transfers,
)
from server.protocol.refusals import Code, Refused

T = TypeVar("T", bound=Struct)

# Declared in these, in this order: which of them was imported first says nothing.
WORDS = (
    commands,
    events,
    blocking,
    care,
    listening,
    feedback,
    handbook,
    own_data,
    supervising,
    transfers,
    training,
    standing,
)


def _declared(kind: type[T]) -> tuple[type[T], ...]:
    return tuple(
        each
        for module in WORDS
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, kind) and each.__module__ == module.__name__
    )


COMMANDS: tuple[type[commands.Command], ...] = tuple(
    each for each in _declared(commands.Command) if each is not commands.Command
)
EVENTS: tuple[type[events.Event], ...] = tuple(
    each for each in _declared(events.Event) if each not in (events.Event, events.Numbered)
)
STAMP = struct.Struct(">Q")
EVENT_AT = 11  # after the array's head, the number, and the head of the event's map
UNSTAMPED = 2**53 - 1  # holds nine bytes' room for the time that the script writes
UNREADABLE = (DecodeError, UnicodeDecodeError, RecursionError)

_decoder = msgpack.Decoder(Union[COMMANDS])
_events = msgpack.Decoder(tuple[int, Union[EVENTS]])  # type: ignore[valid-type]
_encoder = msgpack.Encoder()
_beginnings = {
    kind: msgpack.encode("type") + msgpack.encode(kind.__struct_config__.tag) for kind in EVENTS
}  # every event has fewer than sixteen fields


class _Greeting(Struct, frozen=True, tag_field="type", tag="hello"):
    """A hello of any version: enough to tell an old client from a broken one."""

    version: object = None


_greeting = msgpack.Decoder(_Greeting)


def decode(frame: bytes) -> commands.Command:
    """One command, strictly typed; `Refused(BAD_FRAME)` for anything else."""
    try:
        command: commands.Command = _decoder.decode(frame)
    except UNREADABLE:
        raise Refused(Code.BAD_FRAME) from None
    return command


def speaks_our_version(frame: bytes) -> bool:
    """False where the frame is a hello of another version of the protocol."""
    try:
        version = _greeting.decode(frame).version
    except UNREADABLE:
        return True
    return type(version) is int and version == commands.VERSION


def inside(frame: bytes) -> events.Event:
    """The event in a frame of ours; for what staff act on and for previews, never on the way out."""
    event: events.Event = _events.decode(frame)[1]
    return event


def of_any(*kinds: type[events.Event]) -> Callable[[bytes], bool]:
    """Whether a frame's event is one of these, without decoding it: what an event is stands first in it."""
    beginnings = tuple(_beginnings[kind] for kind in kinds)
    return lambda frame: frame.startswith(beginnings, EVENT_AT)


def encode(event: Struct) -> bytes:
    return _encoder.encode(event)


def frame(seq: int, event: bytes) -> bytes:
    """`[seq, event]` as every client hears it; numbered frames are packed alike in Lua."""
    return b"\x92\xcf" + STAMP.pack(seq) + event


def unnumbered(event: Struct) -> bytes:
    return frame(0, encode(event))


def stamped(event: bytes, at: int) -> bytes:
    """The event's bytes with their last field, the time, set; what the scripts do in Lua."""
    return event[:-8] + STAMP.pack(at)

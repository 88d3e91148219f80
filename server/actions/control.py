"""What one process asks all processes to do with their connections."""

from typing import TypeAlias

from msgspec import Struct, msgpack

from server.protocol.refusals import Close


class CloseConnections(Struct, frozen=True, tag="close"):
    """Close a person's connections: all of them, those of one sign-in, or one socket."""

    person: str
    code: Close
    session: str = ""
    socket: str = ""


Control: TypeAlias = CloseConnections

_decoder = msgpack.Decoder(CloseConnections)


def encode_control(control: Control) -> bytes:
    return msgpack.encode(control)


def decode_control(message: bytes) -> Control:
    control: Control = _decoder.decode(message)
    return control

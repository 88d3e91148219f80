"""What one process asks all processes to do with their connections."""

from typing import TypeAlias

from msgspec import Struct, msgpack

from server.protocol.refusals import Close


class CloseConnection(Struct, frozen=True, tag="close"):
    """Close one of a person's sockets."""

    person: str
    code: Close
    socket: str


Control: TypeAlias = CloseConnection

_decoder = msgpack.Decoder(CloseConnection)


def encode_control(control: Control) -> bytes:
    return msgpack.encode(control)


def decode_control(message: bytes) -> Control:
    control: Control = _decoder.decode(message)
    return control

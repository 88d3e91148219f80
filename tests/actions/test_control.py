"""What processes ask of each other survives the way."""

from server.actions.control import CloseConnection, decode_control, encode_control
from server.protocol.refusals import Close


def test_it_arrives_as_it_was_sent() -> None:
    control = CloseConnection("ana", Close.REPLACED, "p:1")
    assert decode_control(encode_control(control)) == control

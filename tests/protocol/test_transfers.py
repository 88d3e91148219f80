from msgspec import msgpack

from server.protocol import codec
from server.protocol.people import PEERS, SUPERVISORS
from server.protocol.transfers import AnswerTransfer, TakeOver, Transfer, TransferOffer, TransferTo


def test_only_the_peer_says_whether_it_passes_on() -> None:
    assert AnswerTransfer.roles == PEERS
    assert TakeOver.roles == SUPERVISORS


def test_without_more_it_goes_to_the_next_free_listener() -> None:
    frame = msgpack.encode({"type": "transfer", "ref": 1, "channel": "one:abc"})
    assert codec.decode(frame) == Transfer(ref=1, channel="one:abc", to=TransferTo.LISTENER, summary="")


def test_who_is_asked_to_go_on_is_not_told_whom_they_would_meet() -> None:
    assert "handle" not in TransferOffer.__struct_fields__

from server.protocol import codec
from server.protocol.events import Removed
from server.protocol.own_data import DataKept, DeleteMine, Erased, GiveReturnWords, KeptTicket, MyData, Wipe, Wiped
from server.protocol.people import PEERS


def test_own_data_is_a_peers() -> None:
    assert MyData.roles == DeleteMine.roles == Wipe.roles == GiveReturnWords.roles == PEERS


def test_a_ticket_is_told_as_a_fact() -> None:
    assert KeptTicket.__struct_fields__ == ("since", "state", "until")
    assert "person" not in DataKept.__struct_fields__


def test_what_was_kept_before_is_still_read() -> None:
    frame = codec.frame(4, codec.encode({"type": "removed", "channel": "room:night", "gone": 3, "at": 5}))  # type: ignore[arg-type]
    removed = codec.inside(frame)
    assert removed == Removed(channel="room:night", gone=3, at=5)
    assert {Erased, Wiped} <= set(codec.EVENTS)

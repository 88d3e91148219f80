from msgspec import msgpack

from server.protocol import codec
from server.protocol.standing import Listening, ListeningState, TransferState


def test_where_one_stands_is_asked_with_nothing_but_a_number() -> None:
    assert codec.decode(msgpack.encode({"type": "listening", "ref": 1})) == Listening(ref=1)


def test_it_fits_the_smallest_head_of_a_map_and_names_no_peer_where_a_transfer_is_told() -> None:
    assert len(ListeningState.__struct_fields__) + 1 < 16
    assert not {"handle", "person", "to_person"} & set(TransferState.__struct_fields__)

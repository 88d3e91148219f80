import pytest
from msgspec import msgpack

from server.protocol import codec
from server.protocol.listening import Queue
from server.protocol.refusals import Refused


def test_everything_about_a_wish_may_be_left_out() -> None:
    frame = msgpack.encode({"type": "queue", "ref": 1, "client_id": b"a" * 16})
    assert codec.decode(frame) == Queue(ref=1, client_id=b"a" * 16)


@pytest.mark.parametrize(
    "more",
    [
        {"how_hard": 6},
        {"wish": {"topic": "Not A Code"}},
        {"wish": {"avoid": ["a"] * 13}},
        {"wish": {"style": "advice"}},
        {"wish": {"age": 17}},
    ],
)
def test_a_wish_has_bounds(more: dict[str, object]) -> None:
    with pytest.raises(Refused):
        codec.decode(msgpack.encode({"type": "queue", "ref": 1, "client_id": b"a" * 16, **more}))

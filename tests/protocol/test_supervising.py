import pytest
from msgspec import Struct, msgpack

from server.protocol import codec
from server.protocol.refusals import Refused
from server.protocol.supervising import AskCalled, AskChanged, AskItem, AskSupervisor, OneRow, SetAtOnce, Supervise


@pytest.mark.parametrize("told", [AskItem, OneRow, AskCalled])
def test_nothing_that_anyone_wrote_and_no_peers_name_is_among_the_facts(told: type[Struct]) -> None:
    assert not {"text", "handle", "person", "draft"} & set(told.__struct_fields__)


def test_the_thread_of_staff_is_a_channel() -> None:
    frame = msgpack.encode({"type": "join", "ref": 1, "channel": "ask:abc"})
    assert codec.decode(frame)


@pytest.mark.parametrize("many", [0, 4])
def test_nobody_has_more_than_three_at_a_time(many: int) -> None:
    with pytest.raises(Refused):
        codec.decode(msgpack.encode({"type": "set_at_once", "ref": 1, "name": "Wren", "at_once": many}))


def test_what_supervisors_are_told_is_heard_among_them_alone() -> None:
    assert AskChanged.heard == "supervision"
    assert {AskSupervisor, SetAtOnce, Supervise} <= set(codec.COMMANDS)

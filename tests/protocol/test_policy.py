import msgspec
import pytest

from server.protocol import codec
from server.protocol.events import DeskState, PolicyChanged
from server.protocol.policy import PolicyChange, PolicyNotice, PolicyStep, PolicyWhat

NOTICE = PolicyNotice(
    number=3,
    name="1",
    step=PolicyStep.PROPOSED,
    by="Omar",
    why="too strict",
    changes=(PolicyChange(PolicyWhat.VERDICT, "unkind", after="note"),),
    more=0,
    since=1,
)


def test_the_policy_is_news_for_the_desk_alone() -> None:
    assert PolicyChanged.heard == "desk"
    assert "policy" in {field.name for field in msgspec.structs.fields(DeskState)}


def test_a_notice_is_heard_as_it_was_told() -> None:
    event = PolicyChanged(policy=NOTICE, at=codec.UNSTAMPED)
    assert codec.inside(codec.frame(7, codec.encode(event))) == event


@pytest.mark.parametrize("field", ["of", "where", "before", "after"])
def test_a_detail_has_a_bound(field: str) -> None:
    plain = {"what": "verdict", "of": "unkind", field: "x" * 201}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain, PolicyChange)

import pytest
from msgspec import msgpack

from server.protocol import codec
from server.protocol.feedback import FeedbackItem, FeedbackPassed, Feedbacks, FeltHeard, OwnNumbers, SettleFeedback
from server.protocol.people import PEERS, Role
from server.protocol.refusals import Refused


def test_words_may_be_left_out() -> None:
    frame = msgpack.encode({"type": "felt_heard", "ref": 1, "channel": "one:abc", "felt": "partly"})
    assert codec.decode(frame) == FeltHeard(ref=1, channel="one:abc", felt="partly")  # type: ignore[arg-type]


@pytest.mark.parametrize("how_hard", [0, 6])
def test_a_rating_has_five_steps(how_hard: int) -> None:
    with pytest.raises(Refused):
        codec.decode(msgpack.encode({"type": "rate_again", "ref": 1, "channel": "one:abc", "how_hard": how_hard}))


def test_each_sees_what_is_theirs() -> None:
    assert FeltHeard.roles == PEERS
    assert OwnNumbers.roles == {Role.LISTENER, Role.SUPERVISOR}
    assert Feedbacks.roles == SettleFeedback.roles == {Role.SUPERVISOR}


def test_nothing_says_whose_words_they_are_and_what_is_told_carries_none() -> None:
    assert not {"person", "handle", "channel"} & set(FeedbackItem.__struct_fields__)
    assert FeedbackPassed.__struct_fields__ == ("feedback", "at")

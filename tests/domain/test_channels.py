"""What can be resumed, and what is said where it can't."""

import pytest

from server.domain import channels
from server.domain.channels import Standing, resumption
from server.protocol.fields import Position, Resumption


@pytest.mark.parametrize(
    ("since", "resumed"),
    [
        (None, Resumption.FRESH),
        (Position(epoch=7, seq=10), Resumption.RESUMED),
        (Position(epoch=7, seq=5), Resumption.RESUMED),
        (Position(epoch=7, seq=4), Resumption.TRIMMED),
        (Position(epoch=7, seq=11), Resumption.AHEAD),
        (Position(epoch=6, seq=10), Resumption.EPOCH),
        (Position(epoch=8, seq=99), Resumption.EPOCH),
    ],
)
def test_a_position_is_resumed_or_the_reason_is_told(since: Position | None, resumed: Resumption) -> None:
    assert resumption(since, Standing(epoch=7, seq=10, floor=5)) is resumed


def test_channels_are_named_by_what_they_are() -> None:
    assert (channels.room("night"), channels.inbox("p1")) == ("room:night", "inbox:p1")
    assert (channels.kind("room:night"), channels.name("room:night")) == ("room", "night")
    assert (channels.kind(channels.DESK), channels.name(channels.DESK)) == ("desk", "")

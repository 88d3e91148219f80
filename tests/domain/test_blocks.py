"""Whom a block hides, and where."""

from server.domain import identity
from server.domain.blocks import NOBODY, Apart, PairChanged, hidden, pair_in
from server.protocol import codec
from server.protocol.fields import Scope

SECRET = b"a secret for tests only"
BEN = "b" * 32


def side(channel: str, scope: Scope) -> Apart:
    return Apart("k1", BEN, channel, scope, "calm-otter-12", 1)


def test_a_block_in_one_room_hides_there_and_nowhere_else() -> None:
    made = [side("room:night", Scope.HERE)]
    assert hidden(SECRET, made, "room:night") == {identity.author_tag(SECRET, BEN, "room:night")}
    assert hidden(SECRET, made, "room:day") == NOBODY


def test_a_block_everywhere_hides_in_every_room_and_in_no_private_thread() -> None:
    made = [side("room:night", Scope.EVERYWHERE)]
    assert hidden(SECRET, made, "room:day") == {identity.author_tag(SECRET, BEN, "room:day")}
    assert hidden(SECRET, made, "ticket:t1") == NOBODY


def test_who_is_kept_apart_is_named_between_processes_and_in_no_log() -> None:
    changed = PairChanged(("a" * 32, BEN), at=codec.UNSTAMPED)
    frame = codec.frame(7, codec.stamped(codec.encode(changed), 1))
    assert pair_in(frame) == ("a" * 32, BEN)
    assert BEN not in repr(changed) + repr(side("room:night", Scope.HERE))


def test_its_author_sees_the_name_they_knew_and_no_person() -> None:
    item = side("room:night", Scope.HERE).as_item()
    assert (item.handle, item.channel) == ("calm-otter-12", "room:night")
    assert BEN.encode() not in codec.encode(item)

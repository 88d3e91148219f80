"""Blocks: who no longer meets whom, and which authors that hides from a person in a channel."""

from collections.abc import Collection

from msgspec import Struct, msgpack

from server.domain import channels, identity
from server.protocol.blocking import BlockItem
from server.protocol.fields import Scope

PAIRS = "blocks"  # the channel in which every process hears whose blocks changed; no client follows it
NOBODY: frozenset[bytes] = frozenset()


class Apart(Struct, frozen=True):
    """One side of a block: from whom, made in which room, and how far it reaches. The name is kept for who made it."""

    block: str
    person: str
    channel: str
    scope: Scope
    handle: str
    since: int

    def __repr__(self) -> str:
        return "Apart(...)"

    def as_item(self) -> BlockItem:
        return BlockItem(block=self.block, channel=self.channel, handle=self.handle, scope=self.scope, since=self.since)


class PairChanged(Struct, frozen=True):
    """What stands between these two has changed; `at` is written by the step that numbers it."""

    people: tuple[str, str]
    at: int

    def __repr__(self) -> str:
        return "PairChanged(...)"


_pairs = msgpack.Decoder(tuple[int, PairChanged])


def pair_in(frame: bytes) -> tuple[str, str]:
    return _pairs.decode(frame)[1].people


def hidden(secret: bytes, sides: Collection[Apart], channel: str) -> frozenset[bytes]:
    """The tags of the authors whom this person does not meet in this channel; only rooms know blocks."""
    if channels.kind(channel) != "room":
        return NOBODY
    people = {side.person for side in sides if side.scope is Scope.EVERYWHERE or side.channel == channel}
    return frozenset(identity.author_tag(secret, person, channel) for person in people)

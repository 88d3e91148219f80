"""Channels: the one mechanism for everything that must arrive, its numbers and how it is resumed."""

from functools import lru_cache

from msgspec import Struct

from server.protocol.fields import Position, Resumption

DESK = "desk"
LISTENING = "listening"
SUPERVISION = "supervision"
HEADER_BYTES = 40  # epoch, seq, time, removed number, author's tag: eight bytes each, before the frame


class Standing(Struct, frozen=True):
    """Where a channel stands: its top number, and `floor`, the highest number that is no longer kept."""

    epoch: int
    seq: int
    floor: int

    @property
    def position(self) -> Position:
        return Position(epoch=self.epoch, seq=self.seq)


class Entry(Struct, frozen=True):
    """One numbered frame `[seq, event]` as it is kept; `gone` is the number it takes away, or 0."""

    seq: int
    frame: bytes
    at: int
    person: str
    author_tag: bytes
    gone: int


class Retention(Struct, frozen=True):
    """How much of a channel is kept, and for how long; `meta_ms` 0: its numbers are for ever."""

    messages: int
    text_ms: int
    meta_ms: int


def room(room_id: str) -> str:
    return f"room:{room_id}"


def inbox(person: str) -> str:
    return f"inbox:{person}"


def one(one_id: str) -> str:
    return f"one:{one_id}"


def ask(one_id: str) -> str:
    """The thread of staff alone beside a one-to-one, which has the same id."""
    return f"ask:{one_id}"


@lru_cache(4096)
def kind(channel: str) -> str:
    return channel.partition(":")[0]


def name(channel: str) -> str:
    return channel.partition(":")[2]


def resumption(since: Position | None, standing: Standing) -> Resumption:
    """Whether what came after `since` can be told whole, and if not, why."""
    if since is None:
        return Resumption.FRESH
    if since.epoch != standing.epoch:
        return Resumption.EPOCH
    if since.seq > standing.seq:
        return Resumption.AHEAD
    if since.seq < standing.floor:
        return Resumption.TRIMMED
    return Resumption.RESUMED

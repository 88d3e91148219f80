"""A channel as one process holds it: its members, its recent frames, and the one loop that hands frames to them.

A write is a system call, and nine tenths of a delivery is the kernel's. What is left is kept out of Python's
hands: one `map` writes to the descriptors of all members whose sockets flow, with no call of ours in between.
Who could not take everything reads on by themselves, from the channel's recent frames: see `replay.py`.
"""

import os
from collections import deque
from collections.abc import Callable, Collection
from itertools import repeat

from server import metrics
from server.transport.connection import Connection

NOBODY: dict[Connection, bytes] = {}


class Channel:
    """A channel's members here, its recent frames, and what waits for the end of this turn."""

    __slots__ = (
        "answered",
        "apart",
        "due",
        "epoch",
        "floor",
        "flowing",
        "heard",
        "name",
        "pending",
        "returning",
        "ring",
        "tags",
        "told",
        "top",
    )

    def __init__(self, name: str, epoch: int, top: int, floor: int) -> None:
        self.name = name
        self.epoch = epoch
        self.top = top
        self.floor = floor
        self.ring: deque[tuple[int, bytes, bytes]] | None = None  # number, frame, author; most inboxes stay empty
        self.flowing: dict[Connection, int] = {}  # descriptors; nothing waits in these sockets' transports
        self.returning: set[Connection] | None = None  # in their replay, and told nothing beside it
        self.apart: dict[Connection, frozenset[bytes]] = {}  # who does not hear everyone: few, and mostly nobody
        self.heard: Callable[[bytes], None] | None = None  # told of each frame beside the members
        self.pending: list[bytes] | None = None
        self.tags: list[bytes] = []  # the authors of what is pending
        self.due = 0.0  # by the monotonic clock: until then what is pending may wait for more
        self.told = top  # up to here everyone who flows has been written to
        self.answered: dict[Connection, bytes] = NOBODY  # who hears an answer of their own first, in the same write

    def keep(self, seq: int, frame: bytes, author_tag: bytes, gone: int, size: int) -> None:
        self.top = seq
        if self.ring is None:
            self.ring = deque()
        self.ring.append((seq, frame, author_tag))
        if gone:
            self.ring = deque(kept for kept in self.ring if kept[0] != gone)
        while len(self.ring) > size:
            self.floor = self.ring.popleft()[0]

    def latest(self, count: int) -> int:
        """The number after which the last `count` frames come."""
        return self.ring[-count][0] - 1 if self.ring and len(self.ring) > count else self.floor

    @property
    def members(self) -> list[Connection]:
        return [*self.flowing, *self.apart, *(self.returning or ())]

    def place(self, member: Connection) -> None:
        """Among those who are written to, while nothing waits for them in their transport."""
        self.remove(member)
        if hidden := member.hidden.get(self.name):
            self.apart[member] = hidden
        elif member.fd is not None:
            self.flowing[member] = member.fd

    def wait_for(self, member: Connection) -> None:
        self.remove(member)
        self.returning = self.returning or set()
        self.returning.add(member)

    def remove(self, member: Connection) -> None:
        self.flowing.pop(member, None)
        self.apart.pop(member, None)
        if self.returning:
            self.returning.discard(member)

    def flush(self) -> None:
        pending, self.pending = self.pending, None
        tags, self.tags = self.tags, []
        answered, self.answered = self.answered, NOBODY
        self.told = self.top
        if pending:
            joined = pending[0] if len(pending) == 1 else b"".join(pending)
            first = {member: self.flowing.pop(member) for member in answered}
            self.write(joined)
            self.flowing |= first
            for member, answer in answered.items():
                member.send(answer + joined)
            if self.apart:
                self._tell_apart(pending, tags)

    def write(self, framed_bytes: bytes) -> None:
        """To everyone whose socket flows; what one could not take whole is finished by their transport."""
        whole = len(framed_bytes)
        written = _written(self.flowing.values(), framed_bytes)
        metrics.writes.inc(by=len(written))
        if written.count(whole) != len(written):
            short = [(member, sent) for member, sent in zip(self.flowing, written, strict=True) if sent != whole]
            for member, sent in short:
                member.send(framed_bytes[sent:])

    def _tell_apart(self, pending: list[bytes], tags: list[bytes]) -> None:
        for member, hidden in list(self.apart.items()):
            heard = [frame for frame, tag in zip(pending, tags, strict=True) if tag not in hidden]
            if heard:
                member.send(b"".join(heard))


def _written(descriptors: Collection[int], framed_bytes: bytes) -> list[int]:
    """Bytes that each took; 0 where the socket is full or dead, which its transport will find out."""
    written: list[int] = []
    writes = map(os.write, descriptors, repeat(framed_bytes))
    while len(written) < len(descriptors):
        try:
            written.extend(writes)
        except OSError:  # one dead member never ends a fan-out
            written.append(0)
    return written

"""A channel as one process holds it: its members, its recent frames, and the one loop that hands frames to them.

A write is a system call, and nine tenths of a delivery is the kernel's. What is left is kept out of Python's
hands: one `map` writes to the descriptors of all members whose sockets flow, with no call of ours in between.
Who could not take everything reads on by themselves, from the channel's recent frames: see `replay.py`.
"""

import os
from collections import deque
from collections.abc import Collection
from itertools import repeat

from server import metrics
from server.transport.connection import Connection

NOBODY: dict[Connection, bytes] = {}


class Channel:
    """A channel's members here, its recent frames, and what waits for the end of this turn."""

    __slots__ = (
        "answered",
        "due",
        "epoch",
        "floor",
        "flowing",
        "name",
        "pending",
        "returning",
        "ring",
        "told",
        "top",
    )

    def __init__(self, name: str, epoch: int, top: int, floor: int) -> None:
        self.name = name
        self.epoch = epoch
        self.top = top
        self.floor = floor
        self.ring: deque[tuple[int, bytes]] | None = None  # most inboxes stay empty
        self.flowing: dict[Connection, int] = {}  # descriptors; nothing waits in these sockets' transports
        self.returning: set[Connection] | None = None  # in their replay, and told nothing beside it
        self.pending: list[bytes] | None = None
        self.due = 0.0  # by the monotonic clock: until then what is pending may wait for more
        self.told = top  # up to here everyone who flows has been written to
        self.answered: dict[Connection, bytes] = NOBODY  # who hears an answer of their own first, in the same write

    def keep(self, seq: int, frame: bytes, gone: int, size: int) -> None:
        self.top = seq
        if self.ring is None:
            self.ring = deque()
        self.ring.append((seq, frame))
        if gone:
            self.ring = deque(kept for kept in self.ring if kept[0] != gone)
        while len(self.ring) > size:
            self.floor = self.ring.popleft()[0]

    def latest(self, count: int) -> int:
        """The number after which the last `count` frames come."""
        return self.ring[-count][0] - 1 if self.ring and len(self.ring) > count else self.floor

    @property
    def members(self) -> list[Connection]:
        return [*self.flowing, *(self.returning or ())]

    def place(self, member: Connection) -> None:
        """Among those who are written to, while nothing waits for them in their transport."""
        self.remove(member)
        if member.fd is not None:
            self.flowing[member] = member.fd

    def wait_for(self, member: Connection) -> None:
        self.remove(member)
        self.returning = self.returning or set()
        self.returning.add(member)

    def remove(self, member: Connection) -> None:
        self.flowing.pop(member, None)
        if self.returning:
            self.returning.discard(member)

    def flush(self) -> None:
        pending, self.pending = self.pending, None
        answered, self.answered = self.answered, NOBODY
        self.told = self.top
        if pending:
            joined = pending[0] if len(pending) == 1 else b"".join(pending)
            apart = {member: self.flowing.pop(member) for member in answered}
            self.write(joined)
            self.flowing |= apart
            for member, answer in answered.items():
                member.send(answer + joined)

    def write(self, framed_bytes: bytes) -> None:
        """To everyone whose socket flows; what one could not take whole is finished by their transport."""
        whole = len(framed_bytes)
        written = _written(self.flowing.values(), framed_bytes)
        metrics.writes.inc(by=len(written))
        if written.count(whole) != len(written):
            short = [(member, sent) for member, sent in zip(self.flowing, written, strict=True) if sent != whole]
            for member, sent in short:
                member.send(framed_bytes[sent:])


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

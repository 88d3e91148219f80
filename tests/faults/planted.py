"""`python -m tests.faults.planted <bug>`: the server with one known bug, by which the checker is checked."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from server import app
from server.actions import following, screening
from server.domain.channels import HEADER_BYTES
from server.domain.screening import Ruling, Screened
from server.protocol.fields import Position, Resumption
from server.store import lineage, lua
from server.store.bus import HEAD, Bus, Followed
from server.store.channels import Channels, Outcome
from server.store.copies import Copies
from server.store.link import Link
from server.store.node import Node

LATE_S = 1.0  # a kill falls within it, on a busy machine too
LOOKED_UP = "if before then"


def forgetful() -> None:
    """An append that does not look whether it was asked for before."""
    real = lua._whole

    def whole(name: str) -> str:
        found = real(name)
        assert name != "guards" or LOOKED_UP in found
        return found.replace(LOOKED_UP, "if false then")

    lua._whole = whole


def hasty() -> None:
    """An acknowledgement before the append."""
    real = Channels.post
    appending: set[asyncio.Task[Outcome]] = set()

    async def append(*post: Any) -> Outcome:
        await asyncio.sleep(LATE_S)
        return await real(*post)

    async def post(self: Channels, said: Any, *rest: Any) -> Outcome:
        top = (await self.standing(said.channel)).seq
        appending.add(asyncio.create_task(append(self, said, *rest)))
        return Outcome("posted", top + 1)

    Channels.post = post  # type: ignore[method-assign, assignment]


def leaky() -> None:
    """A hole in the numbers is not filled."""
    real = Bus._deliver

    def deliver(self: Bus, followed: Followed, payload: bytes) -> None:
        epoch, seq, *_ = HEAD.unpack_from(payload)
        if epoch == followed.epoch and seq > followed.top:
            followed.top = seq - 1
        real(self, followed, payload)

    Bus._deliver = deliver  # type: ignore[method-assign]


def blind() -> None:
    """What comes is delivered, whatever its number is."""
    real = Bus._deliver

    def deliver(self: Bus, followed: Followed, payload: bytes) -> None:
        epoch, seq, _, gone, author_tag = HEAD.unpack_from(payload)
        if epoch == followed.epoch and 0 < seq <= followed.top:
            self.listener.delivered(followed.channel, seq, payload[HEADER_BYTES:], author_tag, gone)
        real(self, followed, payload)

    Bus._deliver = deliver  # type: ignore[method-assign]


def skipping() -> None:
    """A resume begins one message too late."""
    _resumes(1)


def stuttering() -> None:
    """A resume begins one message too early."""
    _resumes(-1)


def silent() -> None:
    """What is no longer kept is left out of a resume, and nobody is told."""
    real = following.resumption  # type: ignore[attr-defined]

    def resumption(*asked: Any) -> Resumption:
        answer = real(*asked)
        return Resumption.RESUMED if answer is Resumption.TRIMMED else answer

    following.resumption = resumption  # type: ignore[attr-defined, assignment]


def deaf() -> None:
    """Nobody looks whether the store still answers."""

    async def look(self: Link) -> None:
        await asyncio.Event().wait()

    Link._look = look  # type: ignore[method-assign]


def trusting() -> None:
    """Copies are asked for what they have, and their answer is not looked at."""
    real = Copies.answered

    def answered(self: Copies, reply: Any) -> None:
        real(self, self._needed if type(reply) is int else reply)

    Copies.answered = answered  # type: ignore[method-assign]


def ageless() -> None:
    """A store that has lost its tail counts on as if it had not."""

    async def settled(connection: Any, node: Node, last_run: str) -> str:
        return "for ever"

    lineage.settled = settled


def lenient() -> None:
    """What a screener was too late for, or could not judge, is delivered as if it had said nothing."""

    def unscreened(ruling: Ruling, screened: Screened) -> Ruling:
        return ruling

    screening.unscreened = unscreened  # type: ignore[attr-defined]


def _resumes(late: int) -> None:
    real = following.read

    async def read(services: Any, channel: str, since: Position | None) -> Any:
        if since is not None and since.seq:
            since = Position(epoch=since.epoch, seq=since.seq + late)
        return await real(services, channel, since)

    following.read = read


PLANTED: dict[str, Callable[[], None]] = {
    bug.__name__: bug
    for bug in (forgetful, hasty, leaky, blind, skipping, stuttering, silent, deaf, trusting, ageless, lenient)
}

if __name__ == "__main__":
    PLANTED[sys.argv[1]]()
    app.run()

"""An arena: one server on a core of its own, and members played by the load generator in C, who cost little."""

import asyncio
import contextlib
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgpack
import pytest

from loadtests.bench import talk
from loadtests.bench.load import Load, Reading, joined
from loadtests.bench.machine import Machine, this_machine
from loadtests.bench.porchlight import RULES, SHORTEST
from loadtests.bench.sessions import sign_in
from loadtests.bench.subject import Running, Speech
from loadtests.bench.tools import Tools, built
from loadtests.ports import free_port
from tests.walks.house import House

ROOMS = 200
OTHERS = 0.3  # cores; above that the machine is not ours
MEMORY = Path("/dev/shm")  # a disk that is shared makes everyone wait, and costs the server nothing
LIMITS: dict[str, Any] = {
    "connections": "20000",
    "sessions_per_prefix": "1000000",
    "handshakes_per_second": "100000",
    "handshake_burst": "100000",
    "messages_per_minute": "10000000",
    "message_burst": "1000000",
    "frames_per_minute": "100000000",
    "frame_burst": "1000000",
    "flood_per_minute": "100000000",
    "log_level": "warning",
}


class Arena(House):
    def __init__(self, **settings: Any) -> None:
        self.metrics = free_port()
        elsewhere, tempfile.tempdir = tempfile.tempdir, str(MEMORY) if MEMORY.is_dir() else None
        try:
            super().__init__(1, metrics_port=str(self.metrics), **LIMITS, **settings)
        finally:
            tempfile.tempdir = elsewhere
        self.machine: Machine = this_machine()
        self.tools: Tools = built()
        os.sched_setaffinity(self.pid, self.machine.server)
        os.sched_setaffinity(self.store.pid, self.machine.rest)

    @property
    def pid(self) -> int:
        return int(self.servers[0]._process.pid)

    async def people(self, count: int) -> list[str]:
        return await sign_in(self.servers[0].port, count)

    @contextlib.contextmanager
    def members(self, cookies: list[str], rooms: int, pubs: int, stalled: int = 0) -> Iterator[Load]:
        """With these cookies, so many rooms, and so many who write in each."""
        running = Running((self.servers[0].port,), (self.pid,), (self.store.pid,))
        speech = self._speech(cookies)
        with joined(self.tools, self.machine, running, speech, len(cookies), rooms, pubs, stalled=stalled) as load:
            yield load

    def _speech(self, cookies: list[str]) -> Speech:
        hello = msgpack.packb({"type": "hello", "ref": 1, "version": 1})
        join = msgpack.packb({"type": "join", "ref": 2, "channel": "room:arena-@@@@"})
        return Speech(
            messages=tuple(_post(ref, text) for ref, text in enumerate(talk.texts(), 3)),
            path="/ws",
            headers=(f"Origin: {self.servers[0].url}",),
            own_headers=tuple(f"Cookie: {cookie}" for cookie in cookies),
            init=(f"0:b:{hello.hex()}", f"1:b:{join.hex()}"),
            expect=2,
            shortest=SHORTEST,
            refusal="refused",
        )

    def _write_rooms(self) -> None:
        super()._write_rooms()
        with (self.folder / "content" / "rooms.toml").open("a") as file:
            for place in range(ROOMS):
                name = f"arena-{place:04x}"
                file.write(f'[[rooms]]\nid = "{name}"\nname = "{name}"\nkind = "topic"\nabout = "A room for a test."\n')


@contextlib.asynccontextmanager
async def opened_arena(**settings: Any) -> AsyncIterator[Arena]:
    with Arena(**settings) as arena:
        try:
            yield arena
        finally:
            await arena.see_everyone_out()


async def measured(load: Load, **phase: float) -> Reading:
    return await asyncio.to_thread(lambda: load.measure(**phase))  # type: ignore[arg-type]


def judged_only_if_quiet(*readings: Reading) -> None:
    """What was measured beside other people's work is told and not judged."""
    others = max(reading.others_s / reading.wall_s for reading in readings)
    if others > OTHERS:
        pytest.skip(f"others used {others:.1f} cores meanwhile: the milliseconds say nothing")


def _post(ref: int, text: str) -> bytes:
    said = {"channel": "room:arena-@@@@", "client_id": b"~FG~" + b"0" * 12, "text": text, "rules": RULES}
    packed: bytes = msgpack.packb({"type": "post", "ref": ref, **said})
    return packed

"""The roster of who is on duty, and the signs of life of processes and sockets."""

import asyncio
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, msgpack

from server.config import Settings
from server.store import keys
from server.store.script import Scripts

PROCESS_MS = 30_000  # a process that has not spoken for this long is gone


class Duty(Struct, frozen=True):
    scripts: Scripts
    settings: Settings

    async def beat(self, on: Iterable[str] = (), off: Iterable[str] = ()) -> tuple[str, ...]:
        """Notes who is on and who left, given as `<process and connection>\\t<name>`; the names on duty now."""
        names: bytes = await self.scripts.run(
            "duty",
            {"roster": keys.roster(), "said": keys.roster_said()},
            {
                "channel": keys.DUTY,
                "on": msgpack.encode(list(on)),
                "off": msgpack.encode(list(off)),
                "lapse_ms": self.settings.duty_lapse_ms,
            },
        )
        return tuple(name for name in names.decode().split("\t") if name)

    async def alive(self, process: str) -> None:
        await self.scripts.ask("SET", keys.process(process), b"1", "PX", PROCESS_MS)

    async def surplus(self, person: str, sockets: list[str]) -> list[str]:
        """Of too many sockets, oldest first, those that must make way; what a dead process left is forgotten."""
        processes = list({_process(socket) for socket in sockets})
        alive = await asyncio.gather(*(self.scripts.ask("EXISTS", keys.process(process)) for process in processes))
        lives = dict(zip(processes, alive, strict=True))
        dead = [socket for socket in sockets if not lives[_process(socket)]]
        living = [socket for socket in sockets if lives[_process(socket)]]
        surplus = living[: max(len(living) - self.settings.connections_per_person, 0)]
        if gone := dead + surplus:
            await self.scripts.ask("ZREM", keys.sockets(person), *gone)
        return surplus

    def closed(self, person: str, socket: str) -> asyncio.Future[Any]:
        return self.scripts.ask("ZREM", keys.sockets(person), socket)

    async def allowed(self, person: str, what: str, times: int, window_ms: int) -> int:
        """Counts one use of an allowance; 0, or the milliseconds until it is there again."""
        wait: int = await self.scripts.run(
            "quota", {"count": keys.quota(person, what)}, {"allowed": times, "window_ms": window_ms}
        )
        return wait


def _process(socket: str) -> str:
    return socket.partition(":")[0]

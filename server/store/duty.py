"""The roster of who is on duty, and the signs of life of processes and sockets."""

from collections.abc import Iterable
from typing import cast

from msgspec import Struct, msgpack
from redis.asyncio import Redis

from server.config import Settings
from server.store import keys
from server.store.answers import guarded
from server.store.clock import Clock
from server.store.script import Scripts

PROCESS_MS = 30_000  # a process that has not spoken for this long is gone


class Duty(Struct, frozen=True):
    client: Redis
    scripts: Scripts
    settings: Settings
    clock: Clock

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

    @guarded
    async def alive(self, process: str) -> None:
        await self.client.set(keys.process(process), b"1", px=PROCESS_MS)

    @guarded
    async def opened(self, person: str, socket: str) -> list[str]:
        """Notes a person's new socket, `<process>:<number>`; the oldest ones that must make way for it."""
        sockets = keys.sockets(person)
        await self.client.zadd(sockets, {socket: self.clock.now()})
        await self.client.pexpire(sockets, self.settings.rotate_ms)
        open_ones = [member.decode() for member in cast(list[bytes], await self.client.zrange(sockets, 0, -1))]
        if len(open_ones) <= self.settings.connections_per_person:
            return []
        lives = {
            process: await self.client.exists(keys.process(process)) for process in {_process(s) for s in open_ones}
        }
        dead = [member for member in open_ones if not lives[_process(member)]]
        living = [member for member in open_ones if lives[_process(member)]]
        surplus = living[: max(len(living) - self.settings.connections_per_person, 0)]
        if gone := dead + surplus:
            await self.client.zrem(sockets, *gone)
        return surplus

    @guarded
    async def closed(self, person: str, socket: str) -> None:
        await self.client.zrem(keys.sockets(person), socket)

    async def allowed(self, person: str, what: str, times: int, window_ms: int) -> int:
        """Counts one use of an allowance; 0, or the milliseconds until it is there again."""
        wait: int = await self.scripts.run(
            "quota", {"count": keys.quota(person, what)}, {"allowed": times, "window_ms": window_ms}
        )
        return wait


def _process(socket: str) -> str:
    return socket.partition(":")[0]

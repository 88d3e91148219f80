"""Opens the store: one link, and every part of the memory by its noun."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from server.config import Settings
from server.protocol.refusals import Refused
from server.store import keys
from server.store.accounts import Accounts
from server.store.bus import Bus, Listener
from server.store.channels import Channels
from server.store.clock import Clock
from server.store.desk import Desk
from server.store.duty import Duty
from server.store.link import Argument, Link, ReplyError
from server.store.moderation import Moderation
from server.store.outbox import Outbox
from server.store.people import People
from server.store.rooms import Rooms
from server.store.script import Scripts

PATIENCE_S = 30  # a store that is started beside us may need a moment


@dataclass(frozen=True, slots=True)
class Store:
    link: Link
    settings: Settings
    clock: Clock
    outbox: Outbox
    channels: Channels
    rooms: Rooms
    moderation: Moderation
    desk: Desk
    duty: Duty
    accounts: Accounts
    people: People

    def bus(self, listener: Listener) -> Bus:
        return Bus(self.channels, self.settings, listener)

    async def secret(self) -> bytes:
        """Made once and the same for every process: it names handles, messages and tags."""
        await self.link.ask(("SET", keys.secret(), secrets.token_bytes(32), "NX"))
        return cast(bytes, await self.link.ask(("GET", keys.secret())))

    async def read_clock(self) -> None:
        with suppress(Refused):  # else the last comparison serves
            await self.clock.read(self.link)

    async def rewrite(self) -> None:
        """Writes the store's files anew without what was deleted; one process does it, where the store allows it."""
        with suppress(Refused, ReplyError):
            if await self.link.ask(("SET", keys.rewritten(), b"1", "NX", "PX", self.settings.rewrite_ms)):
                await self.link.ask(("BGREWRITEAOF",))

    async def ready(self) -> bool:
        """True where the store answers; asked with a read, for a full store may refuse even a PING."""
        return await self._does(("EXISTS", keys.nothing()))

    async def keeps(self) -> bool:
        """True where something new would be kept; the write that asks changes nothing."""
        return await self._does(("SETRANGE", keys.nothing(), 0, b""))

    async def _does(self, command: tuple[Argument, ...]) -> bool:
        with suppress(Refused, ReplyError):
            await self.link.ask(command)
            return True
        return False

    async def close(self) -> None:
        await self.link.close()


async def opened(settings: Settings, url: str) -> Store:
    """The store at that address, once it answers; OSError when it does not within half a minute."""
    # No silent retries: a repeated write must be ours to decide, and a caller is told within a second.
    client = Redis.from_url(
        url, protocol=3, retry=Retry(NoBackoff(), 0), socket_connect_timeout=settings.store_ms / 1000
    )
    link, clock = Link(client, settings), Clock()
    scripts = Scripts(link)
    await _answers(link, clock)
    outbox = Outbox(scripts, clock)
    channels = Channels(scripts, settings, clock, outbox)
    return Store(
        link=link,
        settings=settings,
        clock=clock,
        outbox=outbox,
        channels=channels,
        rooms=Rooms(scripts, settings),
        moderation=Moderation(scripts, settings, clock, channels),
        desk=Desk(scripts, settings, channels),
        duty=Duty(scripts, settings),
        accounts=Accounts(scripts, settings),
        people=People(scripts, settings),
    )


async def _answers(link: Link, clock: Clock) -> None:
    for _ in range(PATIENCE_S * 4):
        try:
            return await clock.read(link)
        except Refused:
            await asyncio.sleep(0.25)
    await link.close()
    raise OSError(f"The store does not answer; tried for {PATIENCE_S} s. Is REDIS_URL right, and is it running?")

"""Which node keeps what. Here: one for everything, at an address or where a Sentinel says; `cluster.py` has many."""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from server.config import Settings
from server.store import lineage
from server.store.link import Link, Listener


class Nodes(Protocol):
    @property
    def links(self) -> Collection[Link]: ...
    def of(self, key: str) -> Link: ...
    def tell(self, listener: Listener | None) -> None: ...
    async def close(self) -> None: ...


class One:
    """A single node."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self.link = Link(client, settings, lineage.settled)

    @property
    def links(self) -> Collection[Link]:
        return (self.link,)

    def of(self, key: str) -> Link:
        return self.link

    def tell(self, listener: Listener | None) -> None:
        self.link.listener = listener

    async def close(self) -> None:
        await self.link.close()


class Primary(One):
    """The node that a Sentinel calls the primary: it is asked at every connection, and now and then.

    A primary that was cut off from its copies and from the Sentinel still answers us, and is none any more.
    """

    def __init__(self, client: Redis, settings: Settings) -> None:
        super().__init__(client, settings)
        self._watching = asyncio.create_task(self._watch(settings.sentinel_ms / 1000))

    async def close(self) -> None:
        self._watching.cancel()
        await super().close()

    async def _watch(self, seconds: float) -> None:
        pool: Any = self.link.client.connection_pool
        while True:
            await asyncio.sleep(seconds)
            with suppress(RedisError, OSError):
                place = await pool.sentinel_manager.discover_master(pool.service_name)
                if self.link.is_open and place != self.link.place:
                    self.link.leave()

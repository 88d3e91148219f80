"""The nodes of a cluster: which slot is whose, read from the nodes themselves and read again when that changes."""

import asyncio
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, TypeAlias

from redis.asyncio import Redis
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.exceptions import RedisError

from server.config import Settings
from server.store import lineage
from server.store.link import PAUSE_S, Link, Listener

Place: TypeAlias = tuple[str, int]  # host and port
Reach: TypeAlias = Callable[[str, int], Redis]
Ranges: TypeAlias = list[tuple[int, int]]  # first and last slot


class Cluster:
    """A link to every primary. The map of slots is read again whenever a link is lost or a node says MOVED."""

    def __init__(self, places: list[Place], reach: Reach, settings: Settings) -> None:
        self._places, self._reach, self._settings = places, reach, settings
        self._patience_s = settings.store_ms / 1000
        self._links: dict[Place, Link] = {}
        self._slots: list[Link] = []
        self._listener: Listener | None = None
        self._mapping: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Reads the map once; OSError where no node answers."""
        if not await self._map():
            raise OSError("no node of the cluster answers")

    @property
    def links(self) -> Collection[Link]:
        return self._links.values()

    def of(self, key: str) -> Link:
        return self._slots[slot(key)]

    def tell(self, listener: Listener | None) -> None:
        self._listener = listener
        for link in self._links.values():
            link.listener = listener

    async def close(self) -> None:
        if self._mapping is not None:
            self._mapping.cancel()
        await asyncio.gather(*(link.close() for link in self._links.values()))

    def _map_soon(self) -> None:
        if self._mapping is None:
            self._mapping = asyncio.create_task(self._map_again())

    async def _map_again(self) -> None:
        await asyncio.sleep(PAUSE_S)
        await self._map()
        self._mapping = None

    async def _map(self) -> bool:
        """Asks every node that was ever known; of what they say, the map of the latest election counts."""
        known = dict.fromkeys([*self._links, *self._places])
        told = [view for view in await asyncio.gather(*(self._view(place) for place in known)) if view is not None]
        if not told:
            return False
        _, owners = max(told, key=lambda view: view[0])
        self._places = list(known | dict.fromkeys(place for place, _ in owners))
        before = self._slots
        links = {place: self._links.get(place) or self._new_link(place) for place, _ in owners}
        gone = [link for place, link in self._links.items() if place not in links]
        slots = [next(iter(links.values()))] * REDIS_CLUSTER_HASH_SLOTS  # a slot that is nobody's is refused by anyone
        for place, ranges in owners:
            for first, last in ranges:
                slots[first : last + 1] = [links[place]] * (last + 1 - first)
        self._links, self._slots = links, slots
        for link in {now for now, then in zip(slots, before, strict=False) if now is not then and now.is_open}:
            if self._listener is not None:
                self._listener.connected(link)
        await asyncio.gather(*(link.close() for link in gone))
        return True

    def _new_link(self, place: Place) -> Link:
        link = Link(self._reach(*place), self._settings, lineage.settled, self._map_soon)
        link.listener = self._listener
        return link

    async def _view(self, place: Place) -> tuple[tuple[bool, int], list[tuple[Place, Ranges]]] | None:
        """How much a node's word counts, and which slots it says are whose."""
        client: Any = self._reach(*place)
        try:
            async with asyncio.timeout(self._patience_s):
                info: dict[str, str] = await client.execute_command("CLUSTER INFO")
                rows: list[list[Any]] = await client.execute_command("CLUSTER SLOTS")
        except (RedisError, OSError, TimeoutError):
            return None
        finally:
            await client.aclose()
        owners: dict[Place, Ranges] = {}
        for first, last, (host, port, *_), *_ in rows:
            owners.setdefault(((host or b"").decode() or place[0], port), []).append((first, last))
        rank = (info["cluster_state"] == "ok", int(info["cluster_current_epoch"]))
        return (rank, list(owners.items())) if owners else None


@lru_cache(16_384)
def slot(key: str) -> int:
    return int(key_slot(key.encode()))

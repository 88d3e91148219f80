"""G5: a store that would lose what was acknowledged is not served with, and its operator is told what to set."""

from typing import Any

import pytest

from loadtests.ports import free_port
from server.config import Settings
from server.store import store as stores
from server.store.checkup import UnfitStore
from server.store.store import opened
from tests.faults.stores import Single

UNFIT: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"appendonly": "no"}, {}, "nothing on disk"),
    ({"appendonly": "no", "save": "60 1"}, {}, "only snapshots"),
    ({"appendfsync": "no"}, {}, "half a minute"),
    ({"maxmemory_policy": "allkeys-lru"}, {}, "allkeys-lru"),
    ({"maxmemory_policy": "volatile-ttl"}, {}, "volatile-ttl"),
    ({"cluster_enabled": "yes", "cluster_port": str(free_port())}, {}, "redis\\+cluster"),
    ({}, {"store_replicas": 1}, "0 copies"),
]


@pytest.mark.parametrize(("options", "settings", "sentence"), UNFIT)
async def test_a_store_that_may_lose_words_is_refused(
    options: dict[str, Any], settings: dict[str, Any], sentence: str
) -> None:
    with Single(options.get("appendfsync", "always"), **options) as store:
        house = await opened(Settings(redis_url=store.url, **settings), store.url)
        with pytest.raises(UnfitStore, match=sentence):
            house.check()
        await house.close()


async def test_a_copy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "PATIENCE_S", 1)
    with Single() as primary, Single() as copy:
        copy.node.ask("REPLICAOF", "127.0.0.1", primary.node.port)
        with pytest.raises(OSError, match="a copy of another node"):
            await opened(Settings(redis_url=copy.url), copy.url)


async def test_a_fit_store_is_not() -> None:
    with Single(maxmemory="1gb") as store:
        house = await opened(Settings(redis_url=store.url), store.url)
        house.check()
        await house.close()

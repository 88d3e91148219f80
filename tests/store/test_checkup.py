"""The check at the start: every configuration that would lose what was acknowledged is caught and named."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs

from server.config import Settings
from server.store import checkup
from server.store.checkup import UnfitStore
from server.store.node import Node
from server.store.store import Store, opened
from tests.store.test_lineage import FIRST as FIT

SINGLE = Settings(redis_url="redis://127.0.0.1:6379")


def test_a_store_that_syncs_before_it_answers_and_evicts_nothing_is_fit() -> None:
    node = structs.replace(FIT, memory_limit=1)
    assert checkup.unfit(node, SINGLE) == checkup.noted(node, SINGLE) == []


@pytest.mark.parametrize(
    ("changed", "settings", "word"),
    [
        ({"appends": False, "snapshots": True}, SINGLE, "only snapshots"),
        ({"appends": False}, SINGLE, "nothing on disk"),
        ({"appends": False, "copies": 1}, replace(SINGLE, store_replicas=1), "nothing on disk"),
        ({"fsync": "no"}, SINGLE, "half a minute"),
        ({"policy": "allkeys-lru"}, SINGLE, "allkeys-lru"),
        ({"policy": "volatile-ttl"}, SINGLE, "volatile-ttl"),
        ({}, replace(SINGLE, store_replicas=1), "0 copies"),
        ({"version": (6, 2)}, SINGLE, "6.2"),
        ({"is_clustered": True}, SINGLE, "cluster"),
    ],
)
def test_what_would_lose_words_is_named(changed: dict[str, Any], settings: Settings, word: str) -> None:
    (sentence,) = checkup.unfit(structs.replace(FIT, **changed), settings)
    assert word in sentence


@pytest.mark.parametrize(
    ("changed", "word"),
    [({"fsync": "everysec"}, "two seconds"), ({"fsync": ""}, "how often"), ({"copies": 1}, "failover")],
)
def test_the_limits_of_a_store_that_can_be_used_are_said(changed: dict[str, Any], word: str) -> None:
    node: Node = structs.replace(FIT, memory_limit=1, **changed)
    assert checkup.unfit(node, SINGLE) == []
    (sentence,) = checkup.noted(node, SINGLE)
    assert word in sentence


async def test_the_real_store_is_looked_at_and_refused_or_only_warned_of(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(UnfitStore, match="half a minute"):  # the tests' store syncs nothing
        store.check()
    lenient = await opened(replace(store.settings, store_check="warn"), store.settings.redis_url)
    lenient.check()
    assert "half a minute" in caplog.text
    await lenient.close()

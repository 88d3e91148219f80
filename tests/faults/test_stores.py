"""The stores of the faults do what they are asked: die, lose what was not synced, and fail over to a copy."""

import shutil

import pytest
import redis

from loadtests.bench.tools import COMPILERS
from tests.faults.cluster import Cluster
from tests.faults.replicated import Replicated
from tests.faults.stores import Single

needs_compiler = pytest.mark.skipif(not any(map(shutil.which, COMPILERS)), reason="there is no C compiler here")


def test_a_killed_store_has_what_was_written() -> None:
    with Single("everysec") as store:
        store.node.ask("SET", "kept", "1")
        store.kill()
        store.start()
        assert store.node.ask("GET", "kept") == "1"


@needs_compiler
def test_a_power_cut_takes_what_was_not_synced_and_only_that() -> None:
    for fsync, survives in (("always", "1"), ("no", None)):
        with Single(fsync, power=True) as store:
            store.node.ask("SET", "kept", "1")
            assert (store.cut_power() == 0) is (survives is not None)
            store.start()
            assert store.node.ask("GET", "kept") == survives


def test_a_parted_primary_goes_on_serving_and_what_it_took_is_lost_in_the_failover() -> None:
    with Replicated() as store:
        before = store.primary
        before.ask("SET", "copied", "1")
        store.await_replicas()
        assert store.fail_over() is not before
        before.ask("SET", "not copied", "1")
        store.heal(before)
        store.await_replicas()
        assert [store.primary.ask("GET", key) for key in ("copied", "not copied")] == ["1", None]
        assert before.ask("GET", "not copied") is None


def test_sentinel_finds_a_dead_primary_and_promotes_its_replica() -> None:
    with Replicated() as store:
        before = store.primary
        before.kill()
        assert store.await_failover(before).ask("SET", "goes on", "1")


def test_in_a_cluster_a_replica_takes_the_place_of_a_dead_primary() -> None:
    with Cluster() as store, redis.RedisCluster(port=store.primaries[0].port, host="127.0.0.1") as client:
        for turn in range(30):
            client.set(f"key {turn}", turn)
        before = store.owner("key 5")
        heir = store.fail_over(before)
        assert store.owner("key 5") is heir
        assert [client.get(f"key {turn}") for turn in range(30)] == [str(turn).encode() for turn in range(30)]

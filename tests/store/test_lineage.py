"""The lineage: kept over a restart that lost nothing, new after anything else, and with it every channel's epoch."""

from dataclasses import replace
from typing import Any

from msgspec import structs

from server.store import keys, lineage
from server.store.node import Node
from server.store.store import Store, opened

NIGHT = "room:night"
FIRST = Node(
    run="run-1",
    version=(7, 0),
    was_copy=False,
    is_clustered=False,
    appends=True,
    fsync="always",
    snapshots=False,
    policy="noeviction",
    memory_limit=0,
    copies=0,
)
SECOND = structs.replace(FIRST, run="run-2")


async def settled(store: Store, node: Node, last_run: str = "") -> str:
    client: Any = store.link.client
    connection = client.connection_pool.make_connection()
    await connection.connect()
    try:
        return await lineage.settled(connection, node, last_run)
    finally:
        await connection.disconnect()


async def test_one_run_has_one_lineage_for_every_process(store: Store) -> None:
    assert await settled(store, FIRST) == await settled(store, FIRST, "run-1") != ""


async def test_a_restart_of_a_store_that_syncs_before_it_answers_goes_on(store: Store) -> None:
    before = await settled(store, FIRST)
    assert await settled(store, SECOND, "run-1") == before
    assert await settled(store, SECOND, "run-1") == before, "another process comes later"
    assert await settled(store, SECOND) == before, "and one that knew nothing"


async def test_a_restart_of_a_store_that_syncs_each_second_may_have_lost_some(store: Store) -> None:
    before = await settled(store, structs.replace(FIRST, fsync="everysec"))
    assert await settled(store, structs.replace(SECOND, fsync="everysec"), "run-1") != before


async def test_unless_it_was_stopped_in_order(store: Store) -> None:
    every_second = [structs.replace(FIRST, run=f"run-{number}", fsync="everysec") for number in (1, 2, 3)]
    before = await settled(store, every_second[0])
    client: Any = store.link.client
    await client.execute_command(*lineage.LAST_WORDS.split())
    assert await settled(store, every_second[1], "run-1") == before
    assert await settled(store, every_second[2], "run-2") != before, "the mark serves once"


async def test_a_promoted_copy_begins_another(store: Store) -> None:
    before = await settled(store, FIRST)
    assert await settled(store, structs.replace(SECOND, was_copy=True), "run-1") != before


async def test_an_older_copy_of_the_data_begins_another(store: Store) -> None:
    before = await settled(store, FIRST)
    assert await settled(store, SECOND, "a run after the copy was made") != before


async def test_a_node_of_a_cluster_has_that_of_its_run(store: Store) -> None:
    assert await settled(store, structs.replace(FIRST, is_clustered=True)) == "run-1"


async def test_another_lineage_raises_the_epoch_once_and_keeps_the_numbers(store: Store) -> None:
    await store.channels.append(NIGHT, b"x" * 8, "e1")
    before = await store.channels.standing(NIGHT)
    await store.link.client.hset(keys.lineage(), mapping={"run": "another", "lineage": "another"})
    again = await opened(replace(store.settings), store.settings.redis_url)
    after = await again.channels.standing(NIGHT)
    assert (after.seq, after.epoch > before.epoch) == (before.seq, True)
    await again.channels.append(NIGHT, b"x" * 8, "e2")
    assert await again.channels.standing(NIGHT) == structs.replace(after, seq=2)
    await again.close()


async def test_a_channel_that_forgot_a_number_begins_anew_for_who_heard_it(store: Store) -> None:
    await store.channels.append(NIGHT, b"x" * 8, "e1")
    before = await store.channels.standing(NIGHT)
    await store.channels.begin_anew(NIGHT, before.epoch, 1)
    assert (await store.channels.standing(NIGHT)).epoch == before.epoch, "it knows that number"
    await store.channels.begin_anew(NIGHT, before.epoch, 9)
    await store.channels.begin_anew(NIGHT, before.epoch, 9)
    after = await store.channels.standing(NIGHT)
    assert (after.epoch > before.epoch, after.seq) == (True, 1)

"""What a node says of itself, read from the real one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import BusyLoadingError, ResponseError

from server.config import Settings
from server.store import node
from server.store.node import Copy, Node


@pytest.fixture
async def client(settings: Settings) -> AsyncIterator[Any]:
    client: Any = Redis.from_url(settings.redis_url, protocol=3)
    yield client
    await client.aclose()


async def looked_at(client: Any) -> Node:
    connection = client.connection_pool.make_connection()
    await connection.connect()
    try:
        return await node.asked(connection)
    finally:
        await connection.disconnect()


async def test_a_node_says_who_it_is_and_what_it_keeps(client: Any) -> None:
    told, info = await looked_at(client), await client.info()
    assert told == Node(
        run=info["run_id"],
        version=tuple(map(int, info["redis_version"].split(".")[:2])),
        was_copy=False,
        is_clustered=False,
        appends=True,
        fsync="no",
        snapshots=False,
        policy="noeviction",
        memory_limit=0,
        copies=0,
    )
    assert not told.is_durable


async def test_durable_is_what_syncs_before_it_answers(client: Any) -> None:
    await client.config_set("appendfsync", "always")
    try:
        assert (await looked_at(client)).is_durable
    finally:
        await client.config_set("appendfsync", "no")


async def test_what_may_not_be_asked_is_left_open(client: Any) -> None:
    await client.execute_command("ACL", "SETUSER", "default", "-config")
    try:
        told = await looked_at(client)
        assert (told.appends, told.fsync, told.is_durable) == (True, "", False)
    finally:
        await client.execute_command("ACL", "SETUSER", "default", "+config")


async def test_a_copy_is_no_node_to_write_to(client: Any) -> None:
    await client.execute_command("REPLICAOF", "127.0.0.1", "1")
    try:
        with pytest.raises(Copy):
            await looked_at(client)
    finally:
        await client.execute_command("REPLICAOF", "NO", "ONE")
    assert (await looked_at(client)).was_copy


async def test_a_node_that_does_not_let_us_look_says_so(client: Any) -> None:
    await client.execute_command("ACL", "SETUSER", "default", "-info")
    try:
        with pytest.raises(ResponseError):
            await looked_at(client)
    finally:
        await client.execute_command("ACL", "SETUSER", "default", "+info")


@pytest.mark.parametrize(
    "info", ["", "role:master\r\nredis_version:7.0\r\n", "role:master\r\nrun_id:1\r\nredis_version:?"]
)
async def test_what_does_not_say_who_it_is_is_refused_with_a_sentence(info: str) -> None:
    with pytest.raises(ResponseError, match="REDIS_URL"):
        await node.asked(Quiet(info))


async def test_what_still_reads_its_files_is_not_believed_to_keep_none() -> None:
    info = "role:master\r\nrun_id:1\r\nredis_version:7.0.0\r\naof_enabled:0\r\nloading:1\r\n"
    with pytest.raises(BusyLoadingError):
        await node.asked(Quiet(info))


class Quiet:
    """A connection to something that answers for a store and says little of it."""

    def __init__(self, info: str) -> None:
        self._answers: list[Any] = [info.encode(), {}, {}]

    async def send_command(self, *command: str) -> None:
        pass

    async def read_response(self) -> Any:
        return self._answers.pop(0)

"""What one node of the store says of itself: who it is, what it keeps on disk, and who copies it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from redis.exceptions import BusyLoadingError, ResponseError

ASKED = ("appendfsync", "save")  # what INFO does not tell
NO_LINEAGE = "0" * 40  # `master_replid2` of a node that was never another's copy
EVICTS_NOTHING = "noeviction"


class Copy(ConnectionError):
    """A node that only repeats another's."""


class Node(Struct, frozen=True):
    """`run` is new at every start. `fsync` is empty where the store does not let us ask; `memory_limit` in bytes."""

    run: str
    version: tuple[int, ...]
    was_copy: bool
    is_clustered: bool
    appends: bool
    fsync: str
    snapshots: bool
    policy: str
    memory_limit: int
    copies: int

    @property
    def is_durable(self) -> bool:
        """What it has answered is on its disk."""
        return self.appends and self.fsync == "always"


async def asked(connection: Any) -> Node:
    """Over a connection of the client library; `Copy` where it is none to write to, `RedisError` where it is away.

    While a node still reads its files it says that it keeps none.
    """
    await connection.send_command("INFO")
    told = _told((await connection.read_response()).decode())
    settings = {name: await _setting(connection, name) for name in ASKED}
    try:
        node, is_copy = _described(told, settings), told["role"] != "master"
    except (KeyError, ValueError):  # some proxies answer for a store and say little of it
        raise ResponseError("REDIS_URL must lead to a Redis or a Valkey that says who it is (INFO)") from None
    if told.get("loading", "0") != "0":
        raise BusyLoadingError("it still reads its files")
    if is_copy:
        raise Copy("this is a copy of another node; REDIS_URL must lead to the primary")
    return node


def _described(told: Mapping[str, str], settings: Mapping[str, str]) -> Node:
    return Node(
        run=told["run_id"],
        version=tuple(int(part) for part in told["redis_version"].split(".")[:2]),
        was_copy=told.get("master_replid2", NO_LINEAGE) != NO_LINEAGE,
        is_clustered=told.get("cluster_enabled") == "1",
        appends=told.get("aof_enabled") == "1",
        fsync=settings["appendfsync"],
        snapshots=bool(settings["save"]),
        policy=told.get("maxmemory_policy", EVICTS_NOTHING),
        memory_limit=int(told.get("maxmemory", 0)),
        copies=int(told.get("connected_slaves", 0)),
    )


async def _setting(connection: Any, name: str) -> str:
    await connection.send_command("CONFIG", "GET", name)
    try:
        answer: Mapping[bytes, bytes] = await connection.read_response()
    except ResponseError:  # not ours to ask, as in most managed stores
        return ""
    return answer.get(name.encode(), b"").decode()


def _told(info: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in info.splitlines())
    return {name: value for name, colon, value in pairs if colon}

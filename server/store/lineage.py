"""The lineage: whether what a node holds goes on from what people were told. A new one raises every channel's epoch.

A copy that was promoted, or a store that lost its last seconds, has the same numbers as before and lower tops: it would
give numbers a second time, and whoever is ahead would believe to have everything. A restart that lost nothing
must not look like that, and every node gets a new run id at each start.
"""

from typing import Any

from server.store import keys
from server.store.lua import load
from server.store.node import Node

LAST_WORDS = f"HSET {keys.lineage()} clean 1"  # to a store that is stopped in order, as the last that is written

_script = load("lineage")


async def settled(connection: Any, node: Node, last_run: str) -> str:
    """The lineage on a new connection; `last_run`: which run we knew, or nothing."""
    if node.is_clustered:  # a key of the node's own would wander with its slot
        return node.run
    goes_on = node.is_durable and not node.was_copy
    arguments = {"run": node.run, "last_run": last_run, "goes_on": "1" if goes_on else ""}
    _, _, *call = _script.call({"known": keys.lineage()}, arguments)
    await connection.send_command("EVAL", _script.source, *call)
    lineage: bytes = await connection.read_response()
    return lineage.decode()

"""The check at the start: what in the store's configuration would lose what was acknowledged, in sentences."""

from server.config import Settings
from server.store.node import EVICTS_NOTHING, Node

OLDEST = (7, 0)  # sharded pub/sub, and scripts that may use it


class UnfitStore(Exception):
    """The store may lose what people were told is safe; the message is for the operator."""


def unfit(node: Node, settings: Settings) -> list[str]:
    """What must be changed before anyone may trust this store; nothing where all is well."""
    found = []
    if node.version < OLDEST:
        found.append(f"It is version {'.'.join(map(str, node.version))}; Redis 7.0 or newer, or Valkey, is needed.")
    if node.is_clustered and "cluster://" not in settings.redis_url:
        found.append("It is a node of a cluster: REDIS_URL must say redis+cluster://.")
    if not node.appends:
        found.append(
            "It keeps only snapshots, and what was said since the last would be lost: set appendonly yes."
            if node.snapshots
            else "It keeps nothing on disk, and a restart would forget everything: set appendonly yes."
        )
    elif node.fsync == "no":
        found.append("It leaves writing to disk to the system, half a minute late: set appendfsync always or everysec.")
    if node.policy != EVICTS_NOTHING:
        found.append(
            f"It throws keys away when memory is short ({node.policy}): set maxmemory-policy {EVICTS_NOTHING}."
        )
    if node.copies < settings.store_replicas:
        found.append(
            f"STORE_REPLICAS={settings.store_replicas} and it has {node.copies} copies: nothing could be acknowledged."
        )
    return found


def noted(node: Node, settings: Settings) -> list[str]:
    """What an operator should know of a store that can be trusted within limits; docs/operating.md has them."""
    found = []
    if node.appends and node.fsync == "everysec" and not settings.store_replicas:
        found.append("In a power cut up to two seconds of what was acknowledged are lost, and people are told.")
    if node.appends and not node.fsync:
        found.append("It does not say how often it syncs its files: make sure that appendfsync is always.")
    if node.copies and not settings.store_replicas:
        found.append("A failover may lose what its copies had not received: set STORE_REPLICAS=1 if you rely on them.")
    if settings.redis_url and not node.memory_limit:
        found.append("It has no maxmemory: where memory ends, the system may kill it.")
    return found

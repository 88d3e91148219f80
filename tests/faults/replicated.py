"""A primary, its replicas and a Sentinel: a network that parts them, and a failover that is Sentinel's own."""

import time
from typing import Any

import redis

from tests.faults.node import DURABLE, POLL_SECONDS, SENTINEL, Node
from tests.faults.stores import Kept

NAME = "porch"
DOWN_MS = 1_500  # silence after which Sentinel holds a node for dead; ten times that, and it is no longer fit
FAILOVER_MS = 2_000  # Sentinel's time for a whole failover, and between two
# How often Sentinel looks at its nodes and speaks of them; alone it takes ten seconds to win one back. Whatever this
# says, it reads a replica that lost its primary once a second, and promotes none of which it last read longer ago than
# 3 info-periods, or 5 ping-periods of a dead primary: both have to be well above a second.
RHYTHM = {"info-period": 500, "publish-period": 200, "slave-reconf-timeout": 1_000, "ping-period": 500}
PATIENCE_SECONDS = 30.0

# Replicas sign in under a name of their own, so that they can be parted from a node that its clients still reach: what
# an uneven network does, without any right over the machine's network.
REPLICA = "replica"
SIGN_IN = f"user {REPLICA} on >{REPLICA} ~* &* +@all"
DEMOTING = ("replicaof", "slaveof")


class Replicated(Kept):
    """`primary` is what Sentinel says it is. `partition` parts it from all others but its clients."""

    def __init__(self, replicas: int = 1, fsync: str = "always", **options: str) -> None:
        super().__init__()
        named = {name.replace("_", "-"): value for name, value in options.items()}
        # Sent at once to a new replica, from memory: a failover in a test does not wait five seconds for more of them.
        common = {**DURABLE, "appendfsync": fsync, "repl-diskless-sync-delay": "0", **named}
        common |= {"masteruser": REPLICA, "masterauth": REPLICA}
        self.data: list[Node] = []
        with self.building():
            for place in range(1 + replicas):
                following = {"replicaof": f"127.0.0.1 {self.data[0].port}"} if place else {}
                self.data.append(self._node(f"data-{place}", {**common, **following}))
            for replica in self.data[1:]:
                replica.until(lambda node=replica: is_in_step(node), PATIENCE_SECONDS)  # type: ignore[misc]
            self.sentinel = self._node("sentinel", {}, self._watching(), SENTINEL)
            for name, period_ms in RHYTHM.items():
                self.sentinel.ask("SENTINEL", "DEBUG", name, period_ms)
            self.sentinel.until(lambda: self._watched() == replicas, PATIENCE_SECONDS)

    @property
    def url(self) -> str:
        return f"redis+sentinel://{self.sentinel.name}/{NAME}/0"

    @property
    def primary(self) -> Node:
        _, port = self.sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
        return next(node for node in self.data if node.port == int(port))

    def partition(self) -> Node:
        """The primary still serves its clients, and nobody else reaches it; returns it, for `heal`."""
        parted = self.primary
        parted.ask("ACL", "SETUSER", REPLICA, "off")
        parted.ask("CLIENT", "KILL", "USER", REPLICA)
        parted.ask("ACL", "SETUSER", "default", *(f"-{word}" for word in DEMOTING))
        return parted

    def heal(self, parted: Node) -> None:
        parted.ask("ACL", "SETUSER", REPLICA, "on")
        parted.ask("ACL", "SETUSER", "default", *(f"+{word}" for word in DEMOTING))

    def fail_over(self, seconds: float = 0.0) -> Node:
        """A network that is parted for so long; then another is primary, and returned. `heal` the old one after it."""
        parted = self.partition()
        time.sleep(seconds)
        end = time.monotonic() + PATIENCE_SECONDS
        while not self._has_replaced(parted):  # Sentinel gives up one that a busy machine delays for too long
            assert time.monotonic() < end, f"no failover: {self.sentinel.said()}"
        return self.primary

    def await_failover(self, before: Node) -> Node:
        """After a death that Sentinel finds for itself; the new primary, once it says itself that it is one."""
        self.sentinel.until(lambda: self.primary is not before and is_primary(self.primary), PATIENCE_SECONDS)
        return self.primary

    def await_replicas(self) -> None:
        """Until every other node follows the primary and has all that it has."""
        primary = self.primary
        for node in self.data:
            if node is not primary:
                node.until(lambda node=node: is_in_step(node), PATIENCE_SECONDS)  # type: ignore[misc]

    def _has_replaced(self, parted: Node) -> bool:
        self.sentinel.until(self._begins_failover, PATIENCE_SECONDS)
        end = time.monotonic() + 2 * FAILOVER_MS / 1000
        while time.monotonic() < end:
            if self.primary is not parted and is_primary(self.primary):
                return True
            time.sleep(POLL_SECONDS)
        return False

    def _begins_failover(self) -> bool:
        try:
            return bool(self.sentinel.ask("SENTINEL", "FAILOVER", NAME))
        except redis.ResponseError:  # it has not seen yet that a replica is fit for it
            return False

    def _node(self, name: str, options: dict[str, str], lines: tuple[str, ...] = (SIGN_IN,), words: Any = ()) -> Node:
        node = Node(self.folder / name, options, lines, words)
        self.nodes.append(node)
        return node

    def _watching(self) -> tuple[str, ...]:
        return (
            f"sentinel monitor {NAME} 127.0.0.1 {self.data[0].port} 1",
            f"sentinel down-after-milliseconds {NAME} {DOWN_MS}",
            f"sentinel failover-timeout {NAME} {FAILOVER_MS}",
        )

    def _watched(self) -> int:
        return len(self.sentinel.ask("SENTINEL", "REPLICAS", NAME))


def is_primary(node: Node) -> bool:
    return bool(node.info("replication")["role"] == "master")


def is_in_step(node: Node) -> bool:
    told = node.info("replication")
    return bool(told["role"] == "slave" and told["master_link_status"] == "up")

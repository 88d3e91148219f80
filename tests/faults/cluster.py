"""A cluster on this machine: three primaries, each with its replicas, made with the store's own commands."""

import itertools

import redis

from loadtests.ports import free_port
from tests.faults.node import DURABLE, Node
from tests.faults.replicated import is_in_step, is_primary
from tests.faults.stores import Kept

SLOTS = 16_384
PRIMARIES = 3
SILENCE_MS = 1_000  # after which the others hold a node for dead; a replica then takes over
PATIENCE_SECONDS = 30.0


class Cluster(Kept):
    """`primaries` are the first; a node's replicas take its place when it dies."""

    def __init__(self, replicas: int = 1, fsync: str = "always", **options: str) -> None:
        super().__init__()
        named = {name.replace("_", "-"): value for name, value in options.items()}
        common = {**DURABLE, "appendfsync": fsync, "repl-diskless-sync-delay": "0", **named}
        common |= {"cluster-enabled": "yes", "cluster-node-timeout": str(SILENCE_MS)}
        # A replica that was away for long would not stand for election; here it always may.
        common |= {"cluster-replica-validity-factor": "0"}
        with self.building():
            for place in range(PRIMARIES * (1 + replicas)):
                bus = {"cluster-port": str(free_port())}
                self.nodes.append(Node(self.folder / f"node-{place}", {**common, **bus}))
            self.primaries, self.replicas = self.nodes[:PRIMARIES], self.nodes[PRIMARIES:]
            self._share_slots()
            self._meet()
            self._follow()
            self.await_ok()

    @property
    def url(self) -> str:
        """All nodes: whoever asks any of them learns of the rest."""
        return f"redis+cluster://{','.join(node.name for node in self.nodes)}"

    def owner(self, key: str) -> Node:
        """The primary that has this key now."""
        living = next(node for node in self.nodes if node.is_running)
        slot = living.ask("CLUSTER", "KEYSLOT", key)
        for first, last, (_, port, *_), *_ in living.ask("CLUSTER", "SLOTS"):
            if first <= slot <= last:
                return next(node for node in self.nodes if node.port == port)
        raise LookupError(key)

    def fail_over(self, primary: Node) -> Node:
        """Kills it; the replica that has taken its place."""
        heirs = [node for node in self.nodes if node.is_running and _follows(node, primary)]
        primary.kill()
        heirs[0].until(lambda: any(map(is_primary, heirs)), PATIENCE_SECONDS)
        self.await_ok()
        return next(node for node in heirs if is_primary(node))

    def await_ok(self) -> None:
        """Until every living node holds all slots for served."""
        for node in (node for node in self.nodes if node.is_running):
            node.until(lambda node=node: _is_ok(node), PATIENCE_SECONDS)  # type: ignore[misc]

    def _share_slots(self) -> None:
        each = -(-SLOTS // PRIMARIES)
        for place, node in enumerate(self.primaries):
            node.ask("CLUSTER", "ADDSLOTSRANGE", place * each, min((place + 1) * each, SLOTS) - 1)
            node.ask("CLUSTER", "SET-CONFIG-EPOCH", place + 1)

    def _meet(self) -> None:
        """Each is told of each: word of mouth alone takes a while."""
        for one, other in itertools.combinations(self.nodes, 2):
            bus = other.ask("CONFIG", "GET", "cluster-port")["cluster-port"]
            one.ask("CLUSTER", "MEET", "127.0.0.1", other.port, bus)
        for node in self.nodes:
            node.until(lambda node=node: _known(node) == len(self.nodes), PATIENCE_SECONDS)  # type: ignore[misc]

    def _follow(self) -> None:
        for replica, primary in zip(self.replicas, itertools.cycle(self.primaries), strict=False):
            name = primary.ask("CLUSTER", "MYID")
            replica.until(lambda node=replica, name=name: _obeys(node, name), PATIENCE_SECONDS)  # type: ignore[misc]
        for replica in self.replicas:
            replica.until(lambda node=replica: is_in_step(node), PATIENCE_SECONDS)  # type: ignore[misc]


def _obeys(node: Node, primary: str) -> bool:
    """True once it is that node's replica; what it has heard of the others by hearsay may still come."""
    try:
        return bool(node.ask("CLUSTER", "REPLICATE", primary))
    except redis.ResponseError:
        return False


def _known(node: Node) -> int:
    return int(_told(node)["cluster_known_nodes"])


def _is_ok(node: Node) -> bool:
    told = _told(node)
    return told["cluster_state"] == "ok" and int(told["cluster_slots_ok"]) == SLOTS


def _told(node: Node) -> dict[str, str]:
    return dict(line.split(":", 1) for line in node.ask("CLUSTER", "INFO").split())


def _follows(node: Node, primary: Node) -> bool:
    told = node.info("replication")
    return told["role"] == "slave" and int(told["master_port"]) == primary.port

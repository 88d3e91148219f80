"""A single node keeps everything. Sentinels and clusters of real nodes are in tests/faults."""

from server.store import keys
from server.store.nodes import One
from server.store.store import Store


async def test_a_single_node_keeps_everything(store: Store) -> None:
    assert isinstance(store.nodes, One)
    assert store.nodes.of(keys.meta("room:night")) is store.nodes.of(keys.staff()) is store.link
    assert list(store.nodes.links) == [store.link]

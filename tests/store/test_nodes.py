"""Which node keeps what. Clusters of real nodes are in tests/faults."""

from server.store import keys
from server.store.nodes import One, _slot
from server.store.store import Store


async def test_a_single_node_keeps_everything(store: Store) -> None:
    assert isinstance(store.nodes, One)
    assert store.nodes.of(keys.meta("room:night")) is store.nodes.of(keys.staff()) is store.link
    assert list(store.nodes.links) == [store.link]


def test_everything_of_a_channel_or_a_person_lies_in_one_slot() -> None:
    for channel in ("room:night", "inbox:" + "a" * 32, "ticket:t1", "desk"):
        ours = [keys.meta(channel), keys.log(channel), keys.seen(channel, 3), keys.out(channel), keys.audit(channel)]
        assert len({_slot(key) for key in [*ours, keys.tag(channel)]}) == 1
    person = "a" * 32
    assert _slot(keys.person(person)) == _slot(keys.session(person, "d")) == _slot(keys.log(f"inbox:{person}"))


def test_slots_are_those_of_the_stores_own_reckoning() -> None:
    assert (_slot("123456789"), _slot("{user1000}.following"), _slot("foo{}{bar}")) == (12739, 3443, 8363)

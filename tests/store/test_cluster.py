"""Slots, reckoned as the store does. Clusters of real nodes are in tests/faults."""

from server.store import keys
from server.store.cluster import slot


def test_everything_of_a_channel_or_a_person_lies_in_oneslot() -> None:
    for channel in ("room:night", "inbox:" + "a" * 32, "ticket:t1", "desk"):
        ours = [keys.meta(channel), keys.log(channel), keys.seen(channel, 3), keys.out(channel), keys.audit(channel)]
        assert len({slot(key) for key in [*ours, keys.tag(channel)]}) == 1
    person = "a" * 32
    assert slot(keys.person(person)) == slot(keys.session(person, "d")) == slot(keys.log(f"inbox:{person}"))


def test_slots_are_those_of_the_stores_own_reckoning() -> None:
    assert (slot("123456789"), slot("{user1000}.following"), slot("foo{}{bar}")) == (12739, 3443, 8363)

"""How many may come in, with the clock passed in."""

import pytest

from server.config import Settings
from server.transport.admission import KEY_SECONDS, UNCOUNTED, Admission, Full, prefix


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_neighbours_share_a_tag_and_strangers_do_not() -> None:
    admission = Admission(Settings(), Clock())
    assert admission.tag("203.0.113.7") == admission.tag("203.0.113.200") == admission.tag("::ffff:203.0.113.9")
    assert admission.tag("203.0.113.7") != admission.tag("203.0.114.7")
    assert admission.tag("2001:db8:0:1::1") == admission.tag("2001:db8:0:2::2")
    assert admission.tag("2001:db8:0:1::1") != admission.tag("2001:db8:1::1")


def test_a_tag_says_nothing_about_the_address_and_is_new_after_three_days() -> None:
    clock = Clock()
    admission = Admission(Settings(), clock)
    before = admission.tag("203.0.113.7")
    assert len(before) == 8
    assert Admission(Settings(), clock).tag("203.0.113.7") != before
    clock.now += KEY_SECONDS + 1
    assert admission.tag("203.0.113.7") != before


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "", "no address"])
def test_this_machine_itself_is_not_counted(address: str) -> None:
    admission = Admission(Settings(connections_per_prefix=1), Clock())
    assert prefix(address) == b""
    assert [admission.enter(address) for _ in range(3)] == [UNCOUNTED] * 3


def test_who_leaves_makes_room() -> None:
    admission = Admission(Settings(connections_per_prefix=1), Clock())
    tag = admission.enter("203.0.113.7")
    with pytest.raises(Full):
        admission.enter("203.0.113.8")
    admission.leave(tag)
    admission.enter("203.0.113.8")
    assert admission.connections == 1


def test_a_key_that_changed_meanwhile_does_not_confuse_the_count() -> None:
    clock = Clock()
    admission = Admission(Settings(), clock)
    tag = admission.enter("203.0.113.7")
    clock.now += KEY_SECONDS + 1
    admission.enter("203.0.113.7")
    admission.leave(tag)
    assert admission.connections == 1


def test_handshakes_are_refilled_by_the_second() -> None:
    clock = Clock()
    admission = Admission(Settings(handshakes_per_second=2, handshake_burst=3), clock)
    for _ in range(3):
        admission.enter("")
    with pytest.raises(Full) as full:
        admission.enter("")
    assert full.value.seconds >= 1
    clock.now += 1
    admission.enter("")
    admission.enter("")
    with pytest.raises(Full):
        admission.enter("")


def test_one_network_cannot_fill_the_store_with_new_people() -> None:
    clock = Clock()
    admission = Admission(Settings(sessions_per_prefix=2), clock)
    for _ in range(2):
        admission.newcomer("203.0.113.7")
    with pytest.raises(Full):
        admission.newcomer("203.0.113.8")
    admission.newcomer("198.51.100.1")
    clock.now += 60
    admission.newcomer("203.0.113.7")


def test_guessing_passphrases_is_slowed_by_network_and_in_all() -> None:
    clock = Clock()
    admission = Admission(Settings(logins_per_prefix=2, logins_per_second=4), clock)
    for _ in range(2):
        admission.login("203.0.113.7")
    with pytest.raises(Full):
        admission.login("203.0.113.8")
    for network in ("198.51.100.1", "198.51.101.1"):
        admission.login(network)
    with pytest.raises(Full):
        admission.login("192.0.2.1")
    clock.now += 1
    admission.login("192.0.2.1")

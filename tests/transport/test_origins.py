"""Whose word counts: names of the house, and what proxies say."""

from server.config import Settings
from server.transport.origins import arrived_in_clear, caller, house

HOME = house(Settings(public_url="https://chat.example", proxies="10.0.0.1,10.0.0.2"))


def test_an_address_from_a_stranger_is_ignored() -> None:
    assert caller(HOME, "203.0.113.7", b"1.2.3.4") == "203.0.113.7"


def test_a_trusted_proxy_says_who_called() -> None:
    assert caller(HOME, "10.0.0.1", b"203.0.113.7") == "203.0.113.7"
    assert caller(HOME, "", b"203.0.113.7") == "203.0.113.7"


def test_entry_117_only_the_last_hop_that_no_proxy_of_ours_added_counts() -> None:
    chain = b"1.1.1.1, " * 1_000 + b"203.0.113.7, 10.0.0.2"
    assert caller(HOME, "10.0.0.1", chain) == "203.0.113.7"


def test_a_proxy_that_says_nothing_stands_for_itself() -> None:
    assert caller(HOME, "10.0.0.1", None) == "10.0.0.1"
    assert caller(HOME, "10.0.0.1", b"10.0.0.2") == "10.0.0.1"


def test_plain_http_is_only_believed_from_a_trusted_proxy() -> None:
    assert arrived_in_clear(HOME, "10.0.0.1", b"http")
    assert not arrived_in_clear(HOME, "10.0.0.1", b"https")
    assert not arrived_in_clear(HOME, "203.0.113.7", b"http")
    assert not arrived_in_clear(house(Settings()), "10.0.0.1", b"http")

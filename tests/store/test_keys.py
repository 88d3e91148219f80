"""The schema: everything of a channel shares one hash tag, and no name from outside can make another key."""

import inspect

import pytest

from server.store import keys

OF_A_CHANNEL = (keys.log, keys.meta, keys.out, keys.audit, keys.held, keys.here, keys.typing, keys.labels)


@pytest.mark.parametrize("channel", ["room:night", "ticket:abc", "inbox:" + "a" * 32, "desk"])
def test_all_keys_of_a_channel_share_its_tag(channel: str) -> None:
    tag = keys.tag(channel)
    assert tag.startswith("{")
    assert tag.endswith("}")
    assert all(key(channel).startswith(tag) for key in OF_A_CHANNEL)


def test_every_key_says_what_it_holds() -> None:
    functions = [function for _, function in inspect.getmembers(keys, inspect.isfunction)]
    assert all(function.__doc__ for function in functions)

"""What a step takes, by name, and what it includes."""

import pytest

from server.store.lua import load


def test_a_script_is_given_names_for_what_it_takes() -> None:
    script = load("quota")
    assert script.keys == ("count",)
    assert script.arguments == ("allowed", "window_ms")
    assert script.source.startswith("local count = KEYS[1]\nlocal allowed = ARGV[1]\n")


def test_what_is_included_stands_in_the_script() -> None:
    assert "local function number(" in load("append").source


def test_a_wrong_name_is_a_bug_and_is_not_sent() -> None:
    with pytest.raises(TypeError):
        load("quota").call({"count": "k"}, {"allowed": 1})

import msgspec

from server.domain.rulebook import Rulebook
from server.screeners.examples import misread
from server.screeners.rules import Rules

RULE = {
    "id": "conduct.soup",
    "reason": "soup",
    "verdict": "note",
    "score": 0.5,
    "patterns": ["pea soup"],
    "finds": ["we had pea soup"],
    "spares": ["we had soup"],
}


def told(**change: object) -> list[str]:
    plain = {"version": "1", "review": "none", "lane": "conduct", "rules": [{**RULE, **change}]}
    book = msgspec.convert(plain, Rulebook)
    return list(misread([book], [Rules("conduct", book)]))


def test_a_rule_that_does_as_its_examples_say_is_not_told() -> None:
    assert told() == []


def test_an_example_that_is_not_found_is_told_and_one_that_should_not_be() -> None:
    assert told(finds=["we had stew"]) == ["conduct.soup does not find its example “we had stew”."]
    assert told(spares=["pea soup"]) == ["conduct.soup finds what it should spare, “pea soup”."]

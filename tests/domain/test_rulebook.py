import msgspec
import pytest

from server.domain.rulebook import Rulebook

RULE = {
    "id": "care.x",
    "reason": "x",
    "verdict": "note",
    "score": 0.5,
    "patterns": ["a b"],
    "finds": ["a b"],
    "spares": ["c"],
}
BOOK = {"version": "1", "review": "none", "lane": "care", "rules": [RULE]}


def test_a_whole_rule_file_is_read() -> None:
    book = msgspec.convert(BOOK, Rulebook)
    assert book.rules[0].urgency is None
    assert book.rules[0].guards == ()


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "ban"},
        {"score": 2},
        {"patterns": []},
        {"finds": []},
        {"spares": []},
        {"id": "No Name"},
        {"urgency": "now"},
        {"x": 1},
    ],
)
def test_a_rule_that_lacks_or_misspells_something_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**BOOK, "rules": [{**RULE, **change}]}, Rulebook)


WORDS = {"want": "want|<wish>", "wish": "wish"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rules": [RULE, RULE]}, "two rules have the id care.x"),
        ({"rules": [{**RULE, "guards": ["film"]}]}, "care.x names the guard film, which is not in [guards]"),
        ({"rules": [{**RULE, "patterns": ["<hope> so"]}]}, "care.x names <hope>, which is not in [words]"),
        ({"rules": [{**RULE, "unless": ["<hope>"]}]}, "care.x names <hope>, which is not in [words]"),
        ({"guards": {"film": ["<hope>"]}}, "the guard film names <hope>, which is not in [words]"),
        ({"words": {"want": "<hope>"}}, "<want> names <hope>, which is not in [words]"),
        ({"words": {**WORDS, "wish": "<want>"}}, "<want> stands for itself"),
        ({"words": {"want": "a<want>"}}, "<want> stands for itself"),
        ({"words": {**WORDS, "wish": "<wish>"}}, "<wish> stands for itself"),
    ],
)
def test_a_name_that_stands_for_nothing_for_itself_or_twice_is_named(change: dict[str, object], fault: str) -> None:
    assert msgspec.convert({**BOOK, "words": WORDS, **change}, Rulebook).fault() == fault


def test_names_that_stand_for_something_are_no_fault() -> None:
    rule = {**RULE, "patterns": ["<want> <wish>"], "guards": ["film"]}
    book = {**BOOK, "words": WORDS, "guards": {"film": ["<wish>"]}, "rules": [rule]}
    assert msgspec.convert(book, Rulebook).fault() is None

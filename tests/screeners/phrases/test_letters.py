import re

import pytest

from server.screeners.patterns import BadPattern
from server.screeners.phrases.letters import (
    NOTHING,
    beginning,
    beginnings,
    beside,
    characters,
    counted,
    either,
    expression,
    fits,
    is_drawn_out,
    of_class,
    one_of,
)


def test_words_beside_each_other_are_each_with_each() -> None:
    assert beside(frozenset("ab"), frozenset("cd")) == frozenset(("ac", "ad", "bc", "bd"))
    assert beside(NOTHING, frozenset("a")) == beside(frozenset("a"), NOTHING) == frozenset("a")
    assert either(frozenset("a"), frozenset("b")) == frozenset("ab")


def test_too_many_are_an_expression() -> None:
    many = frozenset(f"{number}x" for number in range(100))
    both = beside(many, many)
    assert isinstance(both, str)
    assert re.fullmatch(both, "7x42x")
    assert re.fullmatch(expression(either(both, frozenset(("yes",)))), "yeees")


@pytest.mark.parametrize(
    ("what", "times", "letters"),
    [
        ("[ae]", "", {"a", "e"}),
        ("[n]", "?", {"", "n"}),
        ("s", "+", {"s"}),
        ("s", "*", {"", "s"}),
        ("[a']", "", {"a"}),
        ("[12]", "{1,2}", {"1", "2", "11", "12", "21", "22"}),
        (r"\*", "", {"*"}),
        ("[a-z]", "+", "[a-z]+"),
        ("[a-z']", "*", "[a-z]*"),
        (r"\d", "{5}", "[0123456789]{5}"),
    ],
)
def test_a_class_is_its_letters_or_an_expression(what: str, times: str, letters: object) -> None:
    assert of_class(what, times) == letters


@pytest.mark.parametrize(
    ("times", "count"),
    [
        ("", (1, 1)),
        ("?", (0, 1)),
        ("*", (0, None)),
        ("+", (1, None)),
        ("{2}", (2, 2)),
        ("{2,}", (2, None)),
        ("{0,3}", (0, 3)),
    ],
)
def test_how_often_is_at_least_and_at_most(times: str, count: tuple[int, int | None]) -> None:
    assert counted(times) == count


def test_an_escape_that_phrases_do_not_know_is_refused() -> None:
    assert characters(r"\d") == frozenset("0123456789")
    with pytest.raises(BadPattern):
        characters(r"\w")


@pytest.mark.parametrize(
    ("longer", "word", "is_so"),
    [("kiill", "kill", True), ("kil", "kill", False), ("too", "to", True), ("11", "1", False), ("die", "die", True)],
)
def test_letters_may_be_drawn_out_and_digits_may_not(longer: str, word: str, is_so: bool) -> None:
    assert is_drawn_out(longer, word) is is_so


def test_an_expression_says_how_its_words_begin() -> None:
    assert beginnings("(?:s+u+i+c+i+d+|m+a+t+a+r+)(?:[a-z]*)") == {beginning("suicide"), beginning("mattarme")}
    assert beginnings("[a-z]+") == beginnings("(?:d+o+)(?:[a-z]*)") == frozenset()


@pytest.mark.parametrize(
    ("letters", "found"), [("a", "a"), ("ab", "[ab]"), ("abc", "[a-c]"), ("acdef", "[ac-f]"), ("abde", "[abde]")]
)
def test_letters_in_a_row_are_a_range(letters: str, found: str) -> None:
    assert one_of(letters) == found


def test_an_expression_that_is_none_is_refused() -> None:
    with pytest.raises(BadPattern):
        fits("(unclosed")

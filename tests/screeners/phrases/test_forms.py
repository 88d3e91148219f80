import pytest

from server.screeners.patterns import BadPattern
from server.screeners.phrases.forms import (
    Form,
    any_form,
    around,
    closed,
    of_letters,
    of_parts,
    one_after_another,
    repeated,
)
from server.screeners.phrases.letters import NOTHING
from server.screeners.phrases.parts import SPACE, AnyOf, Series, Times, Word


def letters(*words: str) -> Form:
    return of_letters(frozenset(words))


def word(*words: str) -> Word:
    return Word(frozenset(words))


GAP = of_parts(SPACE)


def test_letters_before_and_after_a_space_are_two_words() -> None:
    assert closed(one_after_another([letters("go", "stay"), GAP, letters("home")])) == Series(
        (word("go", "stay"), SPACE, word("home"))
    )


def test_a_space_that_may_be_missing_makes_one_word_or_two() -> None:
    found = one_after_another([letters("my"), repeated(GAP, "?"), letters("self")])
    assert closed(found) == AnyOf((word("myself"), Series((word("my"), SPACE, word("self")))))


def test_ways_that_differ_in_one_word_are_one() -> None:
    ways = [one_after_another([letters(first), GAP, letters("to")]) for first in ("want", "need")]
    assert any_form(ways) == Form(None, [(frozenset(("want", "need")), (SPACE,), frozenset(("to",)))])


def test_a_word_that_goes_on_is_ended_by_what_follows() -> None:
    found = around(letters("go", "goes"), (SPACE, word("on"), SPACE), letters("home"))
    assert closed(found) == Series((word("go", "goes"), SPACE, word("on"), SPACE, word("home")))


def test_what_is_said_again_begins_or_ends_with_a_space() -> None:
    begun = repeated(one_after_another([GAP, letters("very")]), "{0,3}")
    assert begun == Form(
        NOTHING, [(NOTHING, (Times(Series((SPACE, word("very"))), "{0,2}"), SPACE), frozenset(("very",)))]
    )
    ended = repeated(one_after_another([letters("very"), GAP]), "+")
    assert ended == Form(None, [(frozenset(("very",)), (SPACE, Times(Series((word("very"), SPACE)), "*")), NOTHING)])
    with pytest.raises(BadPattern):
        repeated(one_after_another([letters("a"), GAP, letters("b")]), "*")


def test_letters_that_are_said_again_are_within_a_word() -> None:
    assert repeated(letters("ha"), "{2,}") == of_letters("(?:h+a+){2,}")
    assert repeated(letters("s"), "?") == of_letters(frozenset(("", "s")))
    assert repeated(letters("s"), "") == letters("s")

import pytest

from server.screeners.patterns import BadPattern
from server.screeners.phrases.coding import MANY, Coding

WISH = frozenset(("want", "wanna", "wish"))


def test_words_that_are_wanted_at_the_same_places_have_one_code() -> None:
    coding = Coding([WISH, frozenset(("to", "want"))])
    assert coding.words["wanna"] == coding.words["wish"] != coding.words["want"]
    assert coding.codes(WISH) == {coding.words["wanna"], coding.words["want"]}


def test_a_longer_word_may_be_a_shorter_one_drawn_out() -> None:
    coding = Coding([frozenset(("to",)), frozenset(("too",))])
    assert coding.words["too"] in coding.codes(frozenset(("to",)))
    assert coding.words["to"] not in coding.codes(frozenset(("too",)))


def test_an_expression_fits_words_that_others_want() -> None:
    coding = Coding([frozenset(("suicide", "side")), "suicid[a-z]*", "[a-z]+"])
    assert coding.codes("suicid[a-z]*") == {coding.words["suicide"]}
    assert coding.words["side"] != coding.words["suicide"]


def test_a_code_has_room_for_so_many_words() -> None:
    many = [frozenset((f"{number:x}",)) for number in range(MANY * MANY + 1)]
    assert len(set(Coding(many[:-1]).words.values())) == MANY * MANY
    with pytest.raises(BadPattern):
        Coding(many)


def test_an_expression_that_is_none_is_refused() -> None:
    with pytest.raises(BadPattern):
        Coding(["(unclosed"])

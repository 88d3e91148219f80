import pytest

from server.screeners.lexicon import Lexicon
from server.screeners.phrases import BadPattern

WISH = frozenset(("want", "wanna", "wish"))
LEXICON = Lexicon(
    [WISH, frozenset(("to", "too", "i", "die", "kill", "want")), "suicid[a-z]*", "[a-z]+", frozenset(("kil",))]
)


def test_words_that_are_wanted_at_the_same_places_have_one_code() -> None:
    assert LEXICON["wanna"] == LEXICON["wish"] != LEXICON["want"]
    assert LEXICON.codes(WISH) == {LEXICON["wanna"], LEXICON["want"]}


def test_a_word_that_is_not_known_stays_as_it_is() -> None:
    assert LEXICON["mossyfern"] == "mossyfern"
    assert "mossyfern" not in LEXICON
    assert LEXICON["ñandú"] == LEXICON["你好"] == "\x7f"


@pytest.mark.parametrize(
    ("drawn_out", "word"),
    [("wannnnaaa", "wanna"), ("toooo", "too"), ("dieeee", "die"), ("killl", "kill"), ("kiil", "kil")],
)
def test_a_word_that_is_drawn_out_is_the_longest_it_can_be(drawn_out: str, word: str) -> None:
    assert LEXICON[drawn_out] == LEXICON[word]


def test_a_longer_word_may_be_a_shorter_one_drawn_out() -> None:
    lexicon = Lexicon([frozenset(("to",)), frozenset(("too",))])
    assert lexicon["too"] in lexicon.codes(frozenset(("to",)))
    assert lexicon["to"] not in lexicon.codes(frozenset(("too",)))


def test_an_expression_fits_words_that_others_want() -> None:
    lexicon = Lexicon([frozenset(("suicide", "side")), "suicid[a-z]*", "[a-z]+"])
    assert lexicon.codes("suicid[a-z]*") == {lexicon["suicide"]}
    assert lexicon["side"] != lexicon["suicide"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("iwanttodie", ["i", "want", "to", "die"]),
        ("wannadie", ["wanna", "die"]),
        ("killtoo", ["kill", "too"]),
        ("wanttodiexx", []),
        ("mossyfern", []),
        ("want", ["want"]),
    ],
)
def test_words_written_as_one_are_read_apart(written: str, words: list[str]) -> None:
    assert LEXICON.apart(written) == words


def test_letters_between_words_may_be_anything_where_they_were_spelled_out() -> None:
    assert LEXICON.apart("okwanttodiexx", with_others=True) == ["o", "k", "want", "to", "die", "x", "x"]


def test_a_lexicon_has_room_for_so_many_words() -> None:
    many = [frozenset((f"{number:x}",)) for number in range(128 * 128 + 1)]
    assert len(set(Lexicon(many[:-1]).values())) > 128 * 128
    with pytest.raises(BadPattern):
        Lexicon(many)


def test_an_expression_that_is_none_is_refused() -> None:
    with pytest.raises(BadPattern):
        Lexicon(["(unclosed"])

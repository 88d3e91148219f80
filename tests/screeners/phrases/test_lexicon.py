import pytest

from server.screeners.phrases.lexicon import Lexicon

LEXICON = Lexicon({word: word[:2] for word in ("want", "wanna", "to", "too", "i", "die", "kill", "kil")})


def test_a_word_that_is_not_known_stays_as_it_is() -> None:
    assert LEXICON["want"] == "wa"
    assert LEXICON["mossyfern"] == "mossyfern"
    assert "mossyfern" not in LEXICON
    assert LEXICON["ñandú"] == LEXICON["你好"] == "\x7f"


@pytest.mark.parametrize(
    ("drawn_out", "word"),
    [("wannnnaaa", "wanna"), ("toooo", "too"), ("dieeee", "die"), ("killl", "kill"), ("kiil", "kil")],
)
def test_a_word_that_is_drawn_out_is_the_longest_it_can_be(drawn_out: str, word: str) -> None:
    assert LEXICON[drawn_out] == LEXICON[word]


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

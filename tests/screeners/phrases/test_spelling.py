import pytest

from server.domain.folding import fold
from server.screeners.phrases.spelling import Spelling

SPELLING = Spelling(["myself", "want", "ending"], ["sending"])


def corrected(text: str) -> str:
    return next((reading.text for reading in SPELLING.corrected(fold(text))), text)


@pytest.mark.parametrize("typo", ["myslef", "mysel", "mysself", "mywelf", "ymself", "myselff"])
def test_a_long_word_with_one_letter_wrong_is_known(typo: str) -> None:
    assert corrected(f"by {typo} now") == "by myself now"


@pytest.mark.parametrize("typo", ["wnat", "watn", "awnt"])
def test_a_short_word_is_known_with_two_letters_swapped(typo: str) -> None:
    assert corrected(f"i {typo} to") == "i want to"


@pytest.mark.parametrize("word", ["wait", "went", "sending", "himself", "end"])
def test_another_word_is_left_alone(word: str) -> None:
    assert corrected(word) == word


def test_a_span_leads_back_to_what_was_written() -> None:
    text = "i wnat to hurt mysel today"
    (reading,) = SPELLING.corrected(fold(text))
    begin = reading.text.index("want to hurt myself")
    span = reading.span(begin, begin + len("want to hurt myself"))
    assert text[span.start : span.end] == "wnat to hurt mysel"

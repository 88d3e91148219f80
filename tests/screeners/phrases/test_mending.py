"""What was meant by what is no word."""

import pytest

from server.domain.folding import fold, worded
from server.screeners.phrases.coded import Coded
from server.screeners.phrases.lexicon import Lexicon
from server.screeners.phrases.mending import Mending, changed

WORDS = "i want to hurt myself hate women disgusting all hang these people kill die ending so we"
LEXICON = Lexicon({word: chr(0x80 + place) + chr(0xC0) for place, word in enumerate(WORDS.split())})
MENDING = Mending(LEXICON, ["are", "so", "we"], ["sending", "womens"], lambda words: words[-1] == "die")


def mended(text: str) -> str:
    said = worded(fold(text))
    coded = Coded(said.text, LEXICON)
    return changed(said, coded, MENDING.changes(coded)).text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("i wnat to hurt mysef", "i want to hurt myself"),
        ("i h ate wo men", "i hate women"),
        ("hangall these women, theyre sodisgusting", "hang all these women theyre so disgusting"),
        ("wehate women", "we hate women"),
        ("iwanttodie", "i want to die"),
        ("woemn, wom en", "women women"),
    ],
)
def test_what_was_meant_is_read(text: str, meant: str) -> None:
    assert mended(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "sending womens shoes",  # ordinary
        "we are so sorry",  # frequent, and not near to any
        "iwanttokill",  # three words that phrases do not say together
        "all these people",
        "hateall1 x4",  # with digits
        "so me thing",
    ],
)
def test_what_is_a_word_or_may_be_anything_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_places_are_where_they_were_written() -> None:
    text = "i wnat to hurt my self, hangall wom en now"
    said = worded(fold(text))
    coded = Coded(said.text, LEXICON)
    found = changed(said, coded, MENDING.changes(coded))
    assert len(found.offsets) == len(found.text)
    for meant, place in (
        ("want to hurt", "wnat to hurt"),
        ("hang all", "hangall"),
        ("women", "wom en"),
        ("now", "now"),
    ):
        begin = found.text.index(meant)
        span = found.span(begin, begin + len(meant))
        assert text[span.start : span.end] == place

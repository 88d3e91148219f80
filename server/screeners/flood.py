"""Finds noise: one letter or word drawn over the page, which is held, or the same again, which is noted."""

from collections import Counter

from server.domain.folding import Span
from server.domain.screening import Lane, Opinion, Runs, Screened, Verdict

VERSION = "1"
SAME_TEXTS = 3  # the same words a third time within the context's ten minutes
SHORT = 12  # "thanks", "same here": these are said often and in good faith
OVER_AND_OVER = 8  # times one word in a row, or half as often where it is a long one: told, for it may be a cry
LONG_WORD = 8  # letters
LONG = 400  # characters from which repetition inside one text is looked at
SHARE = 0.6  # of such a text in one word or one character


class Flood:
    """The screener of floods; it needs no file."""

    runs = Runs.INLINE

    def __init__(self, name: str) -> None:
        self.name = name

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        span = Span(0, len(screened.text))
        if _drawn_out(screened.folded.text):
            return (Opinion(Lane.CONDUCT, Verdict.HOLD, "spam.flood", VERSION, "spam", spans=(span,), score=0.7),)
        if _again(screened) or _over_and_over(screened.folded.text):
            # Never held: slow mode may have refused it twice. How often one may write is the step's to say.
            return (Opinion(Lane.CONDUCT, Verdict.NOTE, "spam.again", VERSION, "again", spans=(span,), score=0.3),)
        return ()


def _again(screened: Screened) -> bool:
    if len(screened.text) <= SHORT or len(screened.context) + 1 < SAME_TEXTS:
        return False
    said = list(map(str.casefold, screened.context))
    return said.count(screened.text.casefold()) + 1 >= SAME_TEXTS


def _over_and_over(text: str) -> bool:
    """Nothing but one word, and no laughter of two letters."""
    word = text.partition(" ")[0]
    if not text.endswith(word):  # nearly always
        return False
    words = text.split()
    needed = OVER_AND_OVER // 2 if len(word) >= LONG_WORD else OVER_AND_OVER
    return len(word) > 2 and len(words) >= needed and set(words) == {word}


def _drawn_out(text: str) -> bool:
    if len(text) < LONG:
        return False
    words = Counter(text.split())
    word, times = words.most_common(1)[0]
    return len(word) * times > SHARE * len(text) or max(Counter(text).values()) > SHARE * len(text)

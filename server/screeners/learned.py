"""A second reading, learned from our own lines: it may ask for a look, and never holds a word back."""

import math
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from server.domain.folding import Folded, fold, worded
from server.domain.lessons import Lesson, Meanings
from server.domain.screening import CALM, FAINT, Opinion, Runs, Screened, Verdict
from server.screeners.marks import Marker, Place, fitting
from server.screeners.rules import SPLIT_CHARACTERS, SPLIT_TEXTS

HUNDREDTHS = 100.0


class Heard(NamedTuple):
    """What a stretch of a reading weighs. Where it stood in the clean text is only worked out for what speaks."""

    weight: int
    reading: Folded
    place: Place


class Learned:
    """The screener of one lesson."""

    runs = Runs.INLINE

    def __init__(self, name: str, lesson: Lesson, languages: Sequence[Meanings]) -> None:
        """`languages` are what words mean in each; the first is the one that is taken where none fits better."""
        self.name = name
        self._lesson = lesson
        self._markers = tuple(Marker(meanings, lesson.lane, lesson.read, lesson.weights) for meanings in languages)

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        heard = [heard for reading in screened.phrases for heard in self._read(reading)]
        heard += self._told_in_pieces(screened)
        return (self._opinion(max(heard, key=_weight)),) if heard else ()

    def _read(self, reading: Folded) -> Iterator[Heard]:
        marker = fitting(self._markers, reading.text)
        for place, words in marker.stretches(reading.text):
            if marks := marker.marks(words):
                yield Heard(weighed(self._lesson, marks), reading, place)

    def _told_in_pieces(self, screened: Screened) -> list[Heard]:
        """A short text as the end of those before it, where they have not spoken for themselves."""
        if not screened.context or len(screened.text) > SPLIT_CHARACTERS:
            return []
        before, said = worded(fold(" ".join(screened.context[-SPLIT_TEXTS:]))).text, screened.phrases[0]
        already = max((heard.weight for heard in self._read(Folded(before, ()))), default=self._lesson.before)
        if already >= self._lesson.least:
            return []
        whole = Folded(f"{before} {said.text}", ())
        return [heard._replace(reading=said, place=(0, len(said.text))) for heard in self._read(whole)]

    def _opinion(self, heard: Heard) -> Opinion:
        """Where nothing follows from it, its score still says how much there is to it."""
        weight, reading, (start, end) = heard
        lesson = self._lesson
        score = round(1 / (1 + math.exp(-weight / HUNDREDTHS)), 4)
        if weight < lesson.least:
            reason = CALM if lesson.calm is not None and weight <= lesson.calm else FAINT
            return Opinion(lesson.lane, Verdict.ALLOW, lesson.rule, lesson.version, reason, score=score)
        found = lesson.verdict, lesson.rule, lesson.version, lesson.reason, lesson.urgency
        return Opinion(lesson.lane, *found, (reading.span(start, end),), score)


def weighed(lesson: Lesson, marks: set[str]) -> int:
    """In hundredths of the logarithm of the odds; what it has never seen weighs nothing."""
    return lesson.before + sum(map(lesson.weights.get, marks, repeat(0)))


def _weight(heard: Heard) -> int:
    return heard.weight

"""A second reading, learned from our own lines: it may ask for a look at someone, and never holds a word back."""

import math
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from server.domain.folding import Folded
from server.domain.lessons import Lesson, Lessons, Meanings
from server.domain.screening import CALM, Opinion, Runs, Screened, Verdict
from server.screeners.marks import Marker, Place, fitting

HUNDREDTHS = 100.0


class Heard(NamedTuple):
    """What a stretch of a reading weighs. Where it stood in the clean text is only worked out for what speaks."""

    weight: int
    lesson: Lesson
    reading: Folded
    place: Place


class Learned:
    """The screener of one file of lessons."""

    runs = Runs.INLINE

    def __init__(self, name: str, lessons: Lessons, languages: Sequence[Meanings]) -> None:
        """`languages` are what words mean in each; the first is the one that is taken where none fits better."""
        self.name = name
        self._version = lessons.version
        self._lessons = lessons.lessons
        self._markers = tuple(Marker(meanings, lessons.read) for meanings in languages)

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        gravest: dict[str, Heard] = {}
        for reading in screened.phrases:
            for heard in self._read(reading):
                if heard.lesson.rule not in gravest or gravest[heard.lesson.rule].weight < heard.weight:
                    gravest[heard.lesson.rule] = heard
        return tuple(said for heard in gravest.values() if (said := self._opinion(heard)) is not None)

    def _read(self, reading: Folded) -> Iterator[Heard]:
        marker = fitting(self._markers, reading.text)
        for place, words in marker.stretches(reading.text):
            if marks := marker.marks(words):
                for lesson in self._lessons:
                    yield Heard(weighed(lesson, marks), lesson, reading, place)

    def _opinion(self, heard: Heard) -> Opinion | None:
        weight, lesson, reading, (start, end) = heard
        score = round(1 / (1 + math.exp(-weight / HUNDREDTHS)), 4)
        if weight >= lesson.least:
            span = reading.span(start, end)
            found = lesson.verdict, lesson.rule, self._version, lesson.reason, lesson.urgency, (span,), score
            return Opinion(lesson.lane, *found)
        if lesson.calm is not None and weight <= lesson.calm:
            return Opinion(lesson.lane, Verdict.ALLOW, lesson.rule, self._version, CALM, score=score)
        return None


def weighed(lesson: Lesson, marks: set[str]) -> int:
    """In hundredths of the logarithm of the odds; what it has never seen weighs nothing."""
    return lesson.before + sum(map(lesson.weights.get, marks, repeat(0)))

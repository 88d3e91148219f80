"""A second reading, learned from our own lines: it may ask for a look at someone, and never holds a word back."""

import math
from collections.abc import Iterator, Sequence

from server.domain.folding import Folded, Span
from server.domain.lessons import Lesson, Lessons, Meanings
from server.domain.screening import CALM, Opinion, Runs, Screened, Verdict
from server.screeners.marks import Marker, fitting, stretches

HUNDREDTHS = 100.0


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
        gravest: dict[str, tuple[int, Lesson, Span]] = {}
        for reading in screened.phrases:
            for weight, lesson, span in self._read(reading):
                if lesson.rule not in gravest or gravest[lesson.rule][0] < weight:
                    gravest[lesson.rule] = weight, lesson, span
        return tuple(said for heard in gravest.values() if (said := self._opinion(*heard)) is not None)

    def _read(self, reading: Folded) -> Iterator[tuple[int, Lesson, Span]]:
        marker = fitting(self._markers, reading.text)
        for start, end in stretches(reading.text):
            if marks := marker.marks(reading.text[start:end]):
                for lesson in self._lessons:
                    yield weighed(lesson, marks), lesson, reading.span(start, end)

    def _opinion(self, weight: int, lesson: Lesson, span: Span) -> Opinion | None:
        score = round(1 / (1 + math.exp(-weight / HUNDREDTHS)), 4)
        if weight >= lesson.least:
            found = lesson.verdict, lesson.rule, self._version, lesson.reason, lesson.urgency, (span,), score
            return Opinion(lesson.lane, *found)
        if lesson.calm is not None and weight <= lesson.calm:
            return Opinion(lesson.lane, Verdict.ALLOW, lesson.rule, self._version, CALM, score=score)
        return None


def weighed(lesson: Lesson, marks: set[str]) -> int:
    """In hundredths of the logarithm of the odds; what it has never seen weighs nothing."""
    weights = lesson.weights
    return lesson.before + sum(weights[mark] for mark in marks if mark in weights)

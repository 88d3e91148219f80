"""`make screen-lessons`: learns the weights of screening/learned.json from our own lines, and from nothing else."""

import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import Literal, NamedTuple

import msgspec
from msgspec import Struct

from server.config import Settings
from server.domain.folding import fold, worded
from server.domain.lessons import Lesson, Lessons, Meanings
from server.domain.screening import Lane, Verdict
from server.files import OURS, read
from server.protocol.fields import Urgency
from server.screeners import MEANINGS
from server.screeners.marks import Marker, fitting
from tests.screening.frames import framed
from tests.screening.lines import RISK, Line, Part, corpus

VERSION = "1"
FRAMED = 240  # lines for every share of a frame
FRAMED_WEIGHT = 0.3  # of a line that somebody wrote
RARE = 2  # lines; what is in fewer is learned by heart
ROUNDS = 30
STEP = 0.5
LIGHTEST = 10  # hundredths; what weighs less is left out
SINGLE = 3.0  # a single word must earn its weight three times: what stands together tells more
SOFT = 4.0  # and so must what has no grave word in it, which is in every second line of a day
SEED = 6

_word = re.compile("[a-z]+")


Marked = Callable[[str], bool]


class Question(Struct, frozen=True):
    """What is asked of every line: `yes` are kinds that it is true of, `aside` those that it is not asked of."""

    lesson: Lesson
    yes: tuple[str, ...]
    aside: tuple[str, ...]
    pull: float  # of every weight towards nothing


OTHERS = ("encouraging", "pact", "method-request", "method-instruction", "eating-disorder", "worry", "danger")
QUESTIONS = (
    Question(
        Lesson("care.learned", Lane.CARE, "thoughts", Verdict.NOTE, 240, -300, {}, Urgency.CONCERN, calm=0),
        RISK,
        OTHERS,
        0.1,
    ),
)


class Example(NamedTuple):
    marks: list[int]
    kind: str
    weight: float


def main() -> int:
    lessons = learned([read(name, Meanings, Settings()) for name in MEANINGS], list(examples()))
    path = OURS / "screening" / "learned.json"
    path.write_bytes(written(lessons))
    sizes = ", ".join(f"{lesson.rule} {len(lesson.weights)} marks" for lesson in lessons.lessons)
    sys.stdout.write(f"{path.stat().st_size // 1000} kB: {sizes}\n")
    return 0


def written(lessons: Lessons) -> bytes:
    """A mark a line, so that a change can be read; no spaces, for there are many."""
    lines = msgspec.json.encode(lessons, order="sorted").replace(b',"', b',\n"')
    return lines + b"\n"


def examples(parts: Iterable[Part] = (Part.LEARNING, Part.BUILDING)) -> Iterator[tuple[str, str, float]]:
    """(text, kind, weight). What is said over several messages is read as one."""
    for part in parts:
        yield from ((_said(line), line.kind, 1.0) for line in corpus(part))
    yield from ((line.text, line.kind, FRAMED_WEIGHT) for line in framed(FRAMED))


def learned(languages: Sequence[Meanings], lines: Sequence[tuple[str, str, float]]) -> Lessons:
    plain = [worded(fold(text)).text for text, _, _ in lines]
    known = " ".join(sorted({word for text in plain for word in _word.findall(text)}))
    markers = [Marker(meanings, known) for meanings in languages]
    spoken = [(fitting(markers, text), text) for text in plain]
    marked = [marker.marks(marker.words(text)) for marker, text in spoken]
    often = Counter(mark for marks in marked for mark in marks)
    names = sorted(mark for mark, times in often.items() if times >= RARE)
    places = {mark: place for place, mark in enumerate(names)}
    read_lines = [
        Example(sorted(places[mark] for mark in marks if mark in places), kind, weight)
        for marks, (_, kind, weight) in zip(marked, lines, strict=True)
        if marks
    ]
    may_rise, grave = _holding(languages, "weighty"), _holding(languages, "grave")
    lessons = tuple(_lesson(question, read_lines, names, may_rise, grave) for question in QUESTIONS)
    return Lessons(VERSION, languages[0].version, "awaiting clinical review", known, lessons)


def _lesson(question: Question, lines: list[Example], names: list[str], may_rise: Marked, grave: Marked) -> Lesson:
    asked = [line for line in lines if line.kind not in question.aside]
    found = _descent(
        [line.marks for line in asked],
        [1.0 if line.kind in question.yes else -1.0 for line in asked],
        [line.weight for line in asked],
        [question.pull * (SINGLE if _single(name) else 1.0) * (1.0 if grave(name) else SOFT) for name in names],
        [may_rise(name) for name in names],
        question.lesson.before / 100,
    )
    weights = {name: round(weight * 100) for name, weight in zip(names, found, strict=True)}
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= LIGHTEST}
    return msgspec.structs.replace(question.lesson, weights=kept)


def _descent(
    lines: list[list[int]],
    signs: list[float],
    importance: list[float],
    pulls: list[float],
    may_rise: list[bool],
    before: float,
) -> list[float]:
    """Logistic regression, one line at a time with steps that shrink (AdaGrad); some weights may only fall."""
    weights, squares = [0.0] * len(pulls), [1e-6] * len(pulls)
    often = Counter(mark for marks in lines for mark in marks)
    pulled = [pull / max(1, often[mark]) for mark, pull in enumerate(pulls)]
    order = list(range(len(lines)))
    dice = Random(SEED)
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for line in order:
            marks, sign = lines[line], signs[line]
            odds = sign * (before + sum([weights[mark] for mark in marks]))
            slope = -sign * importance[line] / (1.0 + math.exp(min(odds, 30.0)))
            for mark in marks:
                toward = slope + pulled[mark] * weights[mark]
                squares[mark] += toward * toward
                weight = weights[mark] - STEP * toward / math.sqrt(squares[mark])
                weights[mark] = weight if weight < 0.0 or may_rise[mark] else 0.0
    return weights


def _holding(languages: Sequence[Meanings], which: Literal["weighty", "grave"]) -> Marked:
    """A mark may speak of risk only where something in it weighs: "on the" never does, however often it came along."""
    heavy: set[str] = set()
    for meanings in languages:
        for name in (meanings.weighty if which == "weighty" else meanings.grave).split():
            heavy |= {name.upper(), *meanings.meanings.get(name, "").split()}

    def holding(mark: str) -> bool:
        return "+" not in mark and not heavy.isdisjoint(mark.replace("~", "_").replace(" ", "_").split("_"))

    return holding


def _single(mark: str) -> bool:
    return not any(joint in mark for joint in " _~+")


def _said(line: Line) -> str:
    return " . ".join((*line.context, line.text))


if __name__ == "__main__":
    sys.exit(main())

"""`make screen-lessons`: learns the weights of screening/learned.json from our own lines, and from nothing else."""

import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from random import Random
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import Struct

from server.config import Settings
from server.domain.folding import fold, worded
from server.domain.lessons import Lesson, Meanings
from server.domain.screening import Lane, Verdict
from server.files import OURS, read
from server.protocol.fields import Urgency
from server.screeners import MEANINGS
from server.screeners.marks import BESIDE, Guards, Marker, Readers, Sentence, is_of_words, pieces, upper
from tests.screening.frames import framed
from tests.screening.lines import RISK, Line, Part, corpus

VERSION = "1"
FRAMED = 240  # lines for every share of a frame
FRAMED_WEIGHT = 0.3  # of a line that somebody wrote
RARE = 2  # lines; what is in fewer is learned by heart
ROUNDS = 12
STEP = 0.5
LIGHTEST = 22  # hundredths; what weighs less is left out
LIGHTEST_PIECE = 6  # of letters; they only tell of words that are not known
BOUND_PULL = 0.5  # of every weight towards nothing, where only what is grave may speak for it
FREE_PULL = 1.0  # and where anything may
SOFT = 3.0  # times as much where no grave word is in it, which is in every second line of a day
SAID = 2  # words in a row that make one mark
MEANT = 4  # meanings in a row
BEFORE = ""  # the mark of what is in every line
SEED = 6
JUDGE = "judge-"  # how the ids begin of lines in the part for building that nothing is learned from

_word = re.compile("[a-z]+")


Marked = Callable[[str], bool]


class Question(Struct, frozen=True):
    """What is asked of each line: `yes` are kinds that it is true of, `aside` those that it is not asked of.

    `raised` is added to what each line has before its marks, so that rules that lean on the score, and doubts, keep
    what they mean when lines and marks are others.
    """

    file: str
    lesson: Lesson
    raised: int
    yes: tuple[str, ...]
    aside: tuple[str, ...]


def _unlearned(rule: str, lane: Lane, reason: str, least: int, **more: Any) -> Lesson:
    return Lesson(VERSION, "", "awaiting clinical review", "", rule, lane, reason, Verdict.NOTE, least, 0, {}, **more)


CARE = Question(
    "learned.json",
    _unlearned("care.learned", Lane.CARE, "thoughts", 150, urgency=Urgency.CONCERN, calm=-20, dull=120, strange=-20),
    100,
    RISK,
    ("encouraging", "pact", "method-request", "method-instruction", "eating-disorder", "worry", "danger"),
)
CONDUCT = Question(
    "learned.conduct.json",
    _unlearned("conduct.learned", Lane.CONDUCT, "doubtful", 280, dull=100, strange=-20),
    200,
    ("hate", "harassment", "threat", "encouraging", "sexual"),
    (
        "pact",
        "method-request",
        "method-instruction",
        "eating-disorder",
        "grooming",
        "scam",
        "spam",
        "against-treatment",
    ),
)
QUESTIONS = (CARE, CONDUCT)


class Example(NamedTuple):
    marks: list[int]
    sign: float  # 1 where the answer is yes, -1 where it is no
    weight: float


def main() -> int:
    languages = [read(name, Meanings, Settings()) for name in MEANINGS]
    lines = list(examples())
    for question in QUESTIONS:
        lesson = learned(question, languages, lines)
        path = OURS / "screening" / question.file
        path.write_bytes(written(lesson))
        sys.stdout.write(f"{path.name}: {path.stat().st_size // 1000} kB, {len(lesson.weights)} marks\n")
    return 0


def written(lesson: Lesson) -> bytes:
    """A mark a line, so that a change can be read; no spaces, for there are many."""
    lines = msgspec.json.encode(lesson, order="sorted").replace(b',"', b',\n"')
    return lines + b"\n"


def examples(parts: Iterable[Part] = (Part.LEARNING, Part.BUILDING)) -> Iterator[tuple[str, str, float]]:
    """(text, kind, weight). What is said over several messages is read as one."""
    for part in parts:
        yield from ((_said(line), line.kind, 1.0) for line in corpus(part) if not line.id.startswith(JUDGE))
    yield from ((line.text, line.kind, FRAMED_WEIGHT) for line in framed(FRAMED))


def learned(question: Question, languages: Sequence[Meanings], lines: Sequence[tuple[str, str, float]]) -> Lesson:
    """The mean of two readings: one in which only what is grave may speak for it, and one in which anything may.

    The first is surer of ordinary talk, the second of what looks alike; together they are right more often than either.
    """
    plain = [(worded(fold(text)).text, kind, weight) for text, kind, weight in lines if kind not in question.aside]
    known = sorted({word for text, _, _ in plain for word in _word.findall(text)})
    readers = Readers([Marker(meanings, known) for meanings in languages])
    lane = question.lesson.lane
    guards, weighty = Guards(languages[0]), upper(languages[0].weighty[lane])
    marked = [
        (set(marks(readers.sentences(text), guards, weighty)), kind in question.yes, weight)
        for text, kind, weight in plain
    ]
    often = Counter(mark for found, _, _ in marked for mark in found)
    names = sorted(mark for mark, times in often.items() if times >= RARE)
    places = {mark: place for place, mark in enumerate(names)}
    asked = [
        Example(sorted(places[mark] for mark in found if mark in places), 1.0 if is_so else -1.0, weight)
        for found, is_so, weight in marked
        if found
    ]
    may_rise, grave = _holding(languages, lane, "weighty"), _holding(languages, lane, "grave")
    bound = _descent(asked, [BOUND_PULL * (1.0 if grave(name) else SOFT) for name in names], [*map(may_rise, names)])
    whole = [BESIDE in name or is_of_words(name) for name in names]
    free = _descent(asked, [FREE_PULL if each else math.inf for each in whole], whole)
    weights = {name: (a + b) * 50 for name, a, b in zip([BEFORE, *names], bound, free, strict=True)}
    before = round(weights.pop(BEFORE)) + question.raised
    return msgspec.structs.replace(
        question.lesson,
        meanings=languages[0].version,
        read=" ".join(known),
        before=before,
        weights=kept(weights, known),
    )


def kept(weights: Mapping[str, float], known: Iterable[str]) -> dict[str, int]:
    """The marks that weigh enough. What pieces of letters tell of a word that is known is said by the word itself."""
    told = {name: weight for name, weight in weights.items() if not _is_piece(name)}
    for word in known:
        told[f" {word} "] = told.get(f" {word} ", 0.0) + sum(weights.get(piece, 0.0) for piece in pieces(word))
    unknown = {name: weight for name, weight in weights.items() if _is_piece(name) and abs(weight) >= LIGHTEST_PIECE}
    return {name: round(weight) for name, weight in told.items() if abs(weight) >= LIGHTEST} | {
        name: round(weight) for name, weight in unknown.items()
    }


def marks(read: Sequence[Sentence], guards: Guards, weighty: frozenset[str]) -> Iterator[str]:
    """All that may be learned from a line; nothing where nothing weighs."""
    meant = frozenset(meaning for sentence in read for meaning in sentence.meant)
    if weighing := weighty & meant:
        yield from guards.marks(meant, weighing)
        yield from words_of(read)


def words_of(read: Iterable[Sentence]) -> Iterator[str]:
    """The marks of sentences: each of them stands in the text that the server looks through."""
    for sentence in read:
        said, meant, *told = (part.split() for part in sentence.text().split(" | "))
        yield from _rows(said, range(1, SAID + 1))
        yield from _rows(meant, range(1, MEANT + 1))
        for each in told:
            yield from _rows(each, range(2, MEANT + 1))
        yield from chain.from_iterable(map(pieces, sentence.words))


def _rows(words: list[str], lengths: range) -> Iterator[str]:
    for length in lengths:
        for row in zip(*(words[begin:] for begin in range(length)), strict=False):
            yield f" {' '.join(row)} "


def _descent(lines: list[Example], pulls: list[float], may_rise: list[bool]) -> list[float]:
    """Logistic regression, one line at a time with steps that shrink (AdaGrad); some weights may only fall.

    The first weight is of what stands in every line. A weight with an endless pull stays nothing.
    """
    weights, squares = [0.0] * len(pulls), [1e-6] * len(pulls)
    often = Counter(mark for line in lines for mark in line.marks)
    pulled = [pull / max(1, often[mark]) for mark, pull in enumerate(pulls)]
    before, before_squares = -3.0, 1.0
    order = [line._replace(marks=[mark for mark in line.marks if pulls[mark] < math.inf]) for line in lines]
    dice = Random(SEED)
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for marks, sign, importance in order:
            odds = sign * (before + sum([weights[mark] for mark in marks]))
            slope = -sign * importance / (1.0 + math.exp(min(odds, 30.0)))
            before_squares += slope * slope
            before -= STEP * slope / math.sqrt(before_squares)
            for mark in marks:
                toward = slope + pulled[mark] * weights[mark]
                squares[mark] += toward * toward
                weight = weights[mark] - STEP * toward / math.sqrt(squares[mark])
                weights[mark] = weight if weight < 0.0 or may_rise[mark] else 0.0
    return [before, *weights]


def _holding(languages: Sequence[Meanings], lane: Lane, which: Literal["weighty", "grave"]) -> Marked:
    """A mark may speak of risk only where something in it weighs: "on the" never does, however often it came along."""
    heavy: set[str] = set()
    for meanings in languages:
        for name in (meanings.weighty if which == "weighty" else meanings.grave)[lane].split():
            heavy |= {name.upper(), *meanings.meanings.get(name, "").split()}

    def holding(mark: str) -> bool:
        return is_of_words(mark) and not heavy.isdisjoint(mark.split())

    return holding


def _is_piece(mark: str) -> bool:
    return BESIDE not in mark and not is_of_words(mark)


def _said(line: Line) -> str:
    return " ".join((*line.context, line.text))


if __name__ == "__main__":
    sys.exit(main())

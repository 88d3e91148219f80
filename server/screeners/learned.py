"""A second reading, learned from our own lines: it may ask for a look, and never holds a word back."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, repeat
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from server.domain.folding import Folded, Span, fold, worded
from server.domain.lessons import Lesson, Meanings
from server.domain.screening import BEARS, CALM, EXCUSED, FAINT, Opinion, Runs, Screened, Verdict
from server.screeners.marks import (
    BESIDE,
    MARKS,
    NUMBER,
    Guards,
    Marker,
    Readers,
    Sentence,
    is_of_words,
    pieces,
    place,
    stretches,
    upper,
)
from server.screeners.phrases.covered import Covered
from server.screeners.phrases.sieve import SPLIT_CHARACTERS, SPLIT_TEXTS
from server.screeners.sparing import Sparing

HUNDREDTHS = 100.0
OPEN = -250  # hundredths: from here on no adviser is asked about what a guard spares; about less it is asked nothing
OUTSPOKEN = 190  # hundredths: what a sentence says beyond them is not outweighed by those around it

Placed = Callable[[slice], Span]  # where some sentences of a text stand in what was written
_first = itemgetter(0)
_spelled_with_spaces = re.compile(r"\b[a-z](?: [a-z]){2,}\b")  # where words end is lost in it, and "u r a" is three


class Found(NamedTuple):
    """Marks, by their places among those of the finder, and how many words nobody wrote."""

    marks: set[int]
    strange: int


class Finder:
    """Finds the marks of sentences: those of words in their text, and those of letters in words that nobody wrote."""

    def __init__(self, marks: Collection[str], known: Collection[str]) -> None:
        of_words = sorted(filter(is_of_words, marks))
        of_letters = sorted(set(marks).difference(of_words))
        self.marks = [*of_words, *of_letters]
        self._automaton = AhoCorasick(of_words)
        self._pieces = {mark: place for place, mark in enumerate(of_letters, len(of_words))}
        self._known = frozenset(known).union(MARKS, NUMBER)

    def found(self, sentences: Sequence[Sentence]) -> Found:
        text = "\n".join([sentence.text() for sentence in sentences])
        marks = set(map(_first, self._automaton.find_matches_as_indexes(text, overlapping=True)))
        words = set(chain.from_iterable(sentence.words for sentence in sentences))
        strange = [word for word in words - self._known if word.isalpha()]
        for word in strange:
            marks.update(map(self._pieces.__getitem__, pieces(word) & self._pieces.keys()))
        return Found(marks, len(strange))


class Stretch:
    """Some sentences of a text that are judged together. Which marks they have is found out when it is asked for.

    `meant` is what they mean, `around` what all of the text does: what makes harmless may stand in another sentence.
    """

    __slots__ = ("_alone", "_finder", "_found", "_part", "_placed", "_sentences", "around", "meant")

    def __init__(
        self,
        part: slice,
        placed: Placed,
        sentences: list[Sentence],
        meant: list[str],
        around: frozenset[str],
        finder: Finder,
    ) -> None:
        self.meant = meant
        self.around = around
        self._part = part
        self._placed = placed
        self._sentences = sentences
        self._finder = finder
        self._found: Found | None = None
        self._alone: list[Stretch] | None = None

    def found(self) -> Found:
        if self._found is None:
            self._found = self._finder.found(self._sentences)
        return self._found

    def alone(self) -> list["Stretch"]:
        """Each of its sentences by itself, where there is more than one; what is said again, once."""
        if self._alone is None:
            places: dict[str, int] = {}
            for at, each in enumerate(self._sentences if len(self._sentences) > 1 else ()):
                places.setdefault(each.text(), at)
            self._alone = [self._sentence(at) for at in places.values()]
        return self._alone

    def _sentence(self, at: int) -> "Stretch":
        each, place = self._sentences[at], self._part.start + at
        return Stretch(slice(place, place + 1), self._placed, [each], each.meant, self.around, self._finder)

    def span(self) -> Span:
        return self._placed(self._part)


class Hearing(NamedTuple):
    """The stretches of a text, in each of its readings; of what was said before it; and of both as one."""

    said: list[Stretch]
    before: list[Stretch]
    whole: list[Stretch]


class Ear:
    """Reads a text once for all lessons."""

    def __init__(self, lessons: Sequence[Lesson], languages: Sequence[Meanings]) -> None:
        """`languages` are what words mean in each; the first is the one that is taken where none fits better."""
        self.meanings = languages[0]
        self._weighty = upper(" ".join(self.meanings.weighty[lesson.lane] for lesson in lessons))
        read = frozenset(word for lesson in lessons for word in lesson.read.split())
        self.finder = Finder({mark for lesson in lessons for mark in lesson.weights if BESIDE not in mark}, read)
        self._readers = Readers([Marker(meanings, read) for meanings in languages])
        self._last: tuple[Screened, Hearing] | None = None

    def hear(self, screened: Screened) -> Hearing:
        if self._last is None or self._last[0] is not screened:  # the lessons ask one after the other
            self._last = screened, self._heard(screened)
        return self._last[1]

    def _heard(self, screened: Screened) -> Hearing:
        said = [
            stretch
            for reading in self._likely(screened)
            for stretch in self._stretches(reading.text, partial(_span, reading))
        ]
        if not screened.context or len(screened.text) > SPLIT_CHARACTERS:
            return Hearing(said, [], [])
        reading = screened.phrases[0]
        before = worded(fold(" ".join(screened.context[-SPLIT_TEXTS:])))
        whole = self._stretches(f"{before.text} {reading.text}", lambda _: reading.span(0, len(reading.text)))
        return Hearing(said, list(self._stretches(before.text, partial(_span, before))), list(whole))

    def _likely(self, screened: Screened) -> Sequence[Folded]:
        """The readings without those in which fewer words are known: there, what excuses a word may still be hidden."""
        if len(screened.readings) == 1:  # nearly always
            return screened.phrases
        whole, parts = screened.phrases[: len(screened.readings)], screened.phrases[len(screened.readings) :]
        known = [self._readers.known(reading.text) for reading in whole]
        likely = [reading for reading, count in zip(whole, known, strict=True) if count == max(known)]
        if likely[0] is whole[0] and len(likely) > 1:
            del likely[0]
        if likely[0] is not whole[0] and _spelled_with_spaces.search(screened.folded.text):
            likely.insert(0, whole[0])
        return [*likely, *parts]

    def _stretches(self, text: str, placed: Placed) -> Iterator[Stretch]:
        """Those in which something weighs in one of the lessons."""
        read = self._readers.sentences(text)
        around = frozenset(chain.from_iterable(sentence.meant for sentence in read))
        if self._weighty.isdisjoint(around):
            return
        for part in stretches([len(sentence.words) for sentence in read]):
            meant = [meaning for sentence in read[part] for meaning in sentence.meant]
            if not self._weighty.isdisjoint(meant):
                yield Stretch(part, placed, read[part], meant, around, self.finder)


class Learned:
    """The screener of one lesson."""

    runs = Runs.INLINE

    def __init__(self, name: str, lesson: Lesson, ear: Ear, sparing: Sparing | None = None) -> None:
        """The ear was made for this lesson, perhaps among others."""
        self.name = name
        self._sparing = sparing
        self._lesson = lesson
        self._ear = ear
        self._weights = [lesson.weights.get(mark, 0) for mark in ear.finder.marks]
        self._guards = Guards(ear.meanings)
        self._weighty = upper(ear.meanings.weighty[lesson.lane])
        self._grave = upper(ear.meanings.grave[lesson.lane])

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        said, before, whole = self._ear.hear(screened)
        heard = list(self._weighed(said))
        earlier = max(map(_first, self._weighed(before)), default=0) if whole else 0
        if whole and earlier < self._lesson.least:
            heard += self._weighed(whole)  # unless what came before has spoken for itself
        if earlier >= self._lesson.least and not any(weight >= self._lesson.least for weight, _ in heard):
            return (self._remembered(earlier, screened),)
        if not heard:
            return ()
        weight, stretch = max(heard, key=_first)
        if weight < OPEN:
            return (self._quiet(weight, stretch),)
        unspared = self._unspared(screened, heard)
        if not unspared:
            return (self._quiet(weight, stretch, EXCUSED),)
        weight, stretch = max(unspared, key=_first)
        return (self._opinion(weight, stretch) if weight >= self._lesson.least else self._quiet(weight, stretch),)

    def _remembered(self, weight: int, screened: Screened) -> Opinion:
        """What was told just before: nothing follows from it again, but a plan in the next few words may lean on it."""
        lesson = self._lesson
        spans = (Span(0, len(screened.text)),)
        return Opinion(lesson.lane, Verdict.ALLOW, lesson.rule, lesson.version, EXCUSED, None, spans, _score(weight))

    def _unspared(self, screened: Screened, heard: list[tuple[int, Stretch]]) -> list[tuple[int, Stretch]]:
        """What is open, without what a guard touches; few texts come so far."""
        open_ = [each for each in heard if each[0] >= OPEN]
        if self._sparing is None:
            return open_
        spared = Covered((span.start, span.end) for span in self._sparing.spans(screened))
        spans = [each[1].span() for each in open_]
        return [each for each, span in zip(open_, spans, strict=True) if not spared.touches(span.start, span.end)]

    def _weighed(self, stretches: Iterable[Stretch]) -> Iterator[tuple[int, Stretch]]:
        """In hundredths of the logarithm of the odds; nothing of those in which nothing weighs."""
        for stretch in stretches:
            if weighty := self._weighty.intersection(stretch.meant):
                yield self._weight(stretch, weighty), stretch
                if not self._grave.isdisjoint(weighty):
                    yield from self._outspoken(stretch)

    def _outspoken(self, stretch: Stretch) -> Iterator[tuple[int, Stretch]]:
        """What is grave in one sentence counts by itself, too, and so much less."""
        for alone in stretch.alone():
            weighty = self._weighty.intersection(alone.meant)
            if not self._grave.isdisjoint(weighty):
                yield self._weight(alone, weighty) - OUTSPOKEN, alone

    def _weight(self, stretch: Stretch, weighty: frozenset[str]) -> int:
        lesson = self._lesson
        marks, strange = stretch.found()
        guards = self._guards.marks(stretch.around, weighty)
        weights = chain(map(self._weights.__getitem__, marks), map(lesson.weights.get, guards, repeat(0)))
        dull = lesson.dull if self._grave.isdisjoint(weighty) else 0
        return sum(weights, lesson.before - dull + lesson.strange * strange)

    def _opinion(self, weight: int, stretch: Stretch) -> Opinion:
        lesson = self._lesson
        found = lesson.verdict, lesson.rule, lesson.version, lesson.reason, lesson.urgency
        return Opinion(lesson.lane, *found, (stretch.span(),), _score(weight))

    def _quiet(self, weight: int, stretch: Stretch, reason: str = FAINT) -> Opinion:
        """Where nothing follows from it, its score still says how much there is to it.

        It has a place where a rule may lean on it: where it is sure of nothing, and no guard spared it.
        """
        lesson, score = self._lesson, _score(weight)
        if lesson.calm is not None and weight <= lesson.calm:
            reason = CALM
        spans = (stretch.span(),) if reason == FAINT and score >= BEARS else ()
        return Opinion(lesson.lane, Verdict.ALLOW, lesson.rule, lesson.version, reason, None, spans, score)


def _score(weight: int) -> float:
    return round(1 / (1 + math.exp(-weight / HUNDREDTHS)), 4)


def _span(reading: Folded, part: slice) -> Span:
    return reading.span(*place(reading.text, part))

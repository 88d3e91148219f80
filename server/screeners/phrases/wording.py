"""Reads phrases as words: what stands between two spaces is a word, however its letters were put together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from server.screeners.patterns import BadPattern
from server.screeners.phrases import forms
from server.screeners.phrases.forms import Form
from server.screeners.phrases.letters import NOTHING, beside, characters, counted, of_class
from server.screeners.phrases.parts import (
    GAP,
    PERHAPS_SPACE,
    SPACE,
    Between,
    Letters,
    Part,
    Times,
    Word,
    any_of,
    flat,
    may_be_left_out,
    series,
    written,
)
from server.screeners.phrases.syntax import Choice, Item, Phrases

CHARACTERS = 5  # of a gap are about a word with its space
FEW = 60  # pairs of words that may be written as one

_plain = re.compile(r"[a-z0-9 ]+\Z")
_plain_part = re.compile(r"([a-z0-9_]+)|[ ,]+|(.)")


class Group(NamedTuple):
    choice: Choice
    times: str


Unit: TypeAlias = Word | Between | Group


class Edge(IntEnum):
    """How something begins or ends: with what parts words, with that or not at all, or within a word."""

    PARTED = 1
    PERHAPS = 2
    OPEN = 3


PARTED, PERHAPS, OPEN = Edge
Edges: TypeAlias = tuple[Edge, Edge]
OPEN_EDGES: Edges = (OPEN, OPEN)
PARTED_EDGES: Edges = (PARTED, PARTED)


class Ways(NamedTuple):
    """Words alone, and all else."""

    words: frozenset[str]
    others: list[list[Unit]]


class Wording:
    """Reads the phrases of one file."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._ways: dict[Choice, Ways] = {}
        self._whole: dict[Choice, Part] = {}
        self._edges: dict[Choice, Edges] = {}

    def read(self, phrase: str) -> Part:
        return self._choice(self._phrases.read(phrase))

    def _choice(self, choice: Choice) -> Part:
        """Where words end before it, and after."""
        if choice not in self._whole:
            words, others = self._of(choice)
            ways = list(map(self._sequence, others))
            self._whole[choice] = any_of([Word(words), *ways] if words else ways)
        return self._whole[choice]

    def _of(self, choice: Choice) -> Ways:
        if choice not in self._ways:
            words: set[str] = set()
            others: list[list[Unit]] = []
            for sequence in choice.sequences:
                what, times = sequence[0] if len(sequence) == 1 else (None, "")
                if times or not isinstance(what, str) or not _plain.match(what):
                    others.append(self._parted(list(_units(sequence))))
                elif what.isalnum():
                    words.add(what)
                else:
                    others.append(_plainly(what))
            self._ways[choice] = Ways(frozenset(words), others)
        return self._ways[choice]

    def _parted(self, units: list[Unit]) -> list[Unit]:
        """A space that may be left out parts words, unless few are beside it: others are read apart in any case."""
        for place, unit in enumerate(units):
            if unit == GLUE and 0 < place < len(units) - 1:
                pairs = self._words_alone(units[place - 1]) * self._words_alone(units[place + 1])
                if not 0 < pairs <= FEW:
                    units[place] = PERHAPS_SPACE
        return units

    def _words_alone(self, unit: Unit) -> int:
        """How many it may be; none where it may be more than one word."""
        if isinstance(unit, Word):
            return len(unit.letters) if isinstance(unit.letters, frozenset) else 1
        if isinstance(unit, Between) or unit.times not in ("", "?"):
            return 0
        words, others = self._of(unit.choice)
        more = [self._words_alone(units[0]) if len(units) == 1 else 0 for units in others]
        return len(words) + sum(more) if all(more) else 0

    def _sequence(self, units: Sequence[Unit]) -> Part:
        if not any(isinstance(unit, Group) for unit in units):
            return _series(tuple(units))
        found: list[Part] = []
        for few in self._apart(units, is_closed=True):
            unit = few[0]
            if len(few) > 1 or (isinstance(unit, Group) and self._repeats_letters(unit)):
                found += flat(forms.closed(self._open(few)))
            elif isinstance(unit, Group):
                whole = self._choice(unit.choice)
                found.append(Times(whole, unit.times) if unit.times else whole)
            else:
                found.append(unit)
        return series(tuple(found))

    def _apart(self, units: Sequence[Unit], *, is_closed: bool) -> list[Sequence[Unit]]:
        """Parted wherever a word must have ended; before the first and after the last, one has where it `is_closed`."""
        edges = list(map(self._around, units))
        ends = {0, len(units)}
        has_ended = is_closed
        for place, (_, last) in enumerate(edges, 1):
            has_ended = last is PARTED or (has_ended and last is PERHAPS)
            if has_ended:
                ends.add(place)
        will_end = is_closed
        for place in range(len(edges) - 1, 0, -1):
            first, _ = edges[place]
            will_end = first is PARTED or (will_end and first is PERHAPS)
            if will_end:
                ends.add(place)
        return [units[begin:end] for begin, end in pairwise(sorted(ends))]

    def _around(self, unit: Unit) -> Edges:
        if not isinstance(unit, Group):
            return OPEN_EDGES if isinstance(unit, Word) else PARTED_EDGES
        if unit.choice not in self._edges:
            self._edges[unit.choice] = self._around_any(self._of(unit.choice))
        first, last = self._edges[unit.choice]
        return (max(first, PERHAPS), max(last, PERHAPS)) if may_be_left_out(unit.times) else (first, last)

    def _around_any(self, ways: Ways) -> Edges:
        if ways.words:
            return OPEN_EDGES
        each = [list(map(self._around, units)) for units in ways.others]
        first = max(_outmost(first for first, _ in edges) for edges in each)
        return first, max(_outmost(last for _, last in reversed(edges)) for edges in each)

    def _repeats_letters(self, group: Group) -> bool:
        """Within a word: it need not end before they are said again."""
        return group.times not in ("", "?") and PARTED not in self._around(group._replace(times=""))

    def _open(self, units: Sequence[Unit]) -> Form:
        """Where no word need have ended, neither between them nor before or after."""
        return forms.one_after_another(map(self._form, units))

    def _form(self, unit: Unit) -> Form:
        if isinstance(unit, Word):
            return forms.of_letters(unit.letters)
        if isinstance(unit, Between):
            return forms.of_parts(unit)
        words, others = self._of(unit.choice)
        ways = list(map(self._open_sequence, others))
        return forms.repeated(forms.any_form([forms.of_letters(words), *ways] if words else ways), unit.times)

    def _open_sequence(self, units: Sequence[Unit]) -> Form:
        first, *others = self._apart(units, is_closed=False) or [[]]
        if not others:
            return self._open(first)
        middle = tuple(part for few in others[:-1] for part in flat(self._sequence(few)))
        return forms.around(self._open(first), middle, self._open(others[-1]))


def _outmost(edges: Iterable[Edge]) -> Edge:
    return next((edge for edge in edges if edge is not PERHAPS), PERHAPS)


def _units(sequence: Iterable[Item]) -> Iterator[Unit]:
    """What is next to each other within a word is one."""
    letters: Letters = NOTHING
    for unit in _each(sequence):
        if isinstance(unit, Word):
            letters = beside(letters, unit.letters)
            continue
        if letters != NOTHING:
            yield Word(letters)
            letters = NOTHING
        yield unit
    if letters != NOTHING:
        yield Word(letters)


def _each(sequence: Iterable[Item]) -> Iterator[Unit]:
    for what, times in sequence:
        if isinstance(what, Choice):
            yield Group(what, times)
        elif times or what[0] in "\\[^$.":
            yield _one(what, times)
        else:
            yield from _plainly(what)


@lru_cache(maxsize=8192)
def _plainly(text: str) -> list[Unit]:
    """Words, spaces and marks."""
    return [Word(frozenset((word,))) if word else _mark(mark) if mark else SPACE for word, mark in _parts(text)]


def _parts(text: str) -> list[tuple[str, str]]:
    return _plain_part.findall(text)


@lru_cache(maxsize=8192)
def _series(parts: tuple[Part, ...]) -> Part:
    return series(parts)


def _one(what: str, times: str) -> Unit:
    """A character, an escape or a class, so often."""
    if what in PLACES:
        return PLACES[what]
    if what.startswith("[^"):
        return _gap(what, times)
    each = characters(what)
    marks = frozenset(filter(_parts_words, each))
    if marks == each:
        spaces = not marks.isdisjoint(" ,")
        unit = SPACE if spaces else _mark(marks)
        return unit if times in ("", "+") else GLUE if spaces else Group(_choice_of(what), times)
    if marks:
        raise BadPattern(f"{what} is both letters and what parts words")
    return Word(of_class(what, times))


def _choice_of(what: str) -> Choice:
    choice = Choice()
    choice.sequences = [[(what, "")]]
    return choice


GLUE = Group(_choice_of(" "), "?")  # a space that may be left out
PLACES = {"^": Between(f"^{GAP}"), "$": Between(f"{GAP}?$"), r"\b": Between("")}


def _gap(what: str, times: str) -> Between:
    """Anything but some marks; so many characters are about so many words."""
    without = _class(characters("[" + what[2:]))
    _, many = counted(times)
    if many is None:
        return Between(f"{GAP}?[^{without}]{times}")
    return Between(f"{GAP}?(?:[^{GAP}{without}]+{GAP}?){{0,{-(-many // CHARACTERS)}}}")


def _mark(marks: Iterable[str]) -> Between:
    return Between(f"{GAP}?[{_class(marks)}]{GAP}?", frozenset(marks))


def _class(marks: Iterable[str]) -> str:
    return "".join(re.escape(written(mark)) for mark in sorted(marks))


def _parts_words(character: str) -> bool:
    """A star may stand for a letter."""
    return not (character.isalnum() and character.isascii()) and character not in "_*"

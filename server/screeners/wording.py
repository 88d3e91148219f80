"""Reads phrases as words: what stands between two spaces is a word, however its letters were put together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple, TypeAlias

from server.screeners.phrases import BadPattern, Choice, Item, Phrases

SOFT = '":=@#$%/*+'  # may stand between two words as a space does
STOPS = ".!?"
CHARACTERS = 5  # of a gap, on the average, are a word with its space
FEW = 60  # pairs of words that may be written as one
MOST = 600  # strings that a word may be; one that may be more is an expression itself
WIDE = 12  # characters of a class from which it is one

Letters: TypeAlias = frozenset[str] | str  # all that a word may be, or an expression for it

NOTHING: Letters = frozenset(("",))
_plain = re.compile(r"[a-z0-9 ]+\Z")
_plain_part = re.compile(r"([a-z0-9_]+)| +|(.)")
_range = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_count = re.compile(r"\{(\d+)(,?)(\d*)\}")


class Word(NamedTuple):
    letters: Letters


class Between(NamedTuple):
    """What parts words, as an expression; of `marks` one must be there."""

    source: str
    marks: frozenset[str] = frozenset()


class Series(NamedTuple):
    parts: tuple["Said", ...]


class AnyOf(NamedTuple):
    ways: tuple["Said", ...]


class Times(NamedTuple):
    part: "Said"
    times: str


Said: TypeAlias = Word | Between | Series | AnyOf | Times


class Edge(IntEnum):
    """How something begins or ends: with what parts words, with that or not at all, or within a word."""

    PARTED = 1
    PERHAPS = 2
    OPEN = 3


Edges: TypeAlias = tuple[Edge, Edge]
PARTED, PERHAPS, OPEN = Edge
OPEN_EDGES: Edges = (OPEN, OPEN)
PARTED_EDGES: Edges = (PARTED, PARTED)


class Group(NamedTuple):
    choice: Choice
    times: str


Unit: TypeAlias = Word | Between | Group
Open: TypeAlias = tuple[Letters, tuple[Said, ...], Letters]  # a word begun before, what is between, a word to be ended

GAP = "\x0f"  # in a coded text, before and after each word and each mark
SOFTLY = {mark: chr(ord(GAP) + place) for place, mark in enumerate(SOFT, 1)}
SPACE = Between(f"[{GAP}-{SOFTLY[SOFT[-1]]}]+")
PARTED_PERHAPS = Between(f"(?:{SPACE.source})?")
WORD_BOUNDARY = Between("")


class Ways(NamedTuple):
    """Words alone, and all else."""

    words: frozenset[str]
    others: list[list[Unit]]


_space = Choice()
_space.sequences = [[(" ", "")]]
PERHAPS_SPACE = Group(_space, "?")


class Form(NamedTuple):
    """What may be said where words before and after may go on: letters of one word, or words of which two are open."""

    inside: Letters | None
    spaced: list[Open]


class Wording:
    """Reads the phrases of one file."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._ways: dict[Choice, Ways] = {}
        self._closed: dict[Choice, Said] = {}
        self._edges: dict[Choice, Edges] = {}

    def said(self, phrase: str) -> Said:
        return self._whole(self._phrases.read(phrase))

    def _whole(self, choice: Choice) -> Said:
        """Where words end before it, and after."""
        if choice not in self._closed:
            words, others = self._of(choice)
            said = [self._series(units) for units in others]
            self._closed[choice] = _any_of([Word(words), *said] if words else said)
        return self._closed[choice]

    def _of(self, choice: Choice) -> "Ways":
        if choice not in self._ways:
            words: set[str] = set()
            others: list[list[Unit]] = []
            for sequence in choice.sequences:
                what, times = sequence[0] if len(sequence) == 1 else (None, "")
                if isinstance(what, str) and not times and what.isalnum():
                    words.add(what)
                elif isinstance(what, str) and not times and _plain.match(what):
                    others.append(_plainly(what))
                else:
                    others.append(self._parted(list(_units(sequence))))
            self._ways[choice] = Ways(frozenset(words), others)
        return self._ways[choice]

    def _parted(self, units: list[Unit]) -> list[Unit]:
        """A space that may be left out parts words, unless those beside it are few: others are read apart anyway."""
        for place, unit in enumerate(units):
            if unit == PERHAPS_SPACE and 0 < place < len(units) - 1:
                before, after = self._plain(units[place - 1]), self._plain(units[place + 1])
                if before is None or after is None or len(before) * len(after) > FEW:
                    units[place] = PARTED_PERHAPS
        return units

    def _plain(self, unit: Unit) -> frozenset[str] | None:
        """What is one word and nothing else."""
        if isinstance(unit, Word):
            return unit.letters if isinstance(unit.letters, frozenset) else None
        if isinstance(unit, Between) or unit.times not in ("", "?"):
            return None
        words, others = self._of(unit.choice)
        for units in others:
            if len(units) != 1 or (more := self._plain(units[0])) is None:
                return None
            words |= more
        return words

    def _series(self, units: Sequence[Unit]) -> Said:
        if not any([isinstance(unit, Group) for unit in units]):
            return _series_of(tuple(units))  # type: ignore[arg-type]
        said: list[Said] = []
        for part in self._parts(units, is_closed=True):
            unit = part[0]
            if len(part) > 1 or (isinstance(unit, Group) and self._repeats_letters(unit)):
                said += _closed(self._joined(part))
            elif isinstance(unit, Group):
                whole = self._whole(unit.choice)
                said.append(Times(whole, unit.times) if unit.times else whole)
            else:
                said.append(unit)
        return _series(tuple(said))

    def _parts(self, units: Sequence[Unit], *, is_closed: bool) -> list[Sequence[Unit]]:
        """Parted wherever a word must have ended."""
        edges = list(map(self._edges_of, units))
        closed, ends = is_closed, []
        for place, (_, last) in enumerate(edges, 1):
            closed = last is PARTED or (closed and last is PERHAPS)
            if closed:
                ends.append(place)
        closed = is_closed
        for place in range(len(edges) - 1, 0, -1):
            first, _ = edges[place]
            closed = first is PARTED or (closed and first is PERHAPS)
            if closed:
                ends.append(place)
        places = sorted({0, *ends, len(units)})
        return [units[begin:end] for begin, end in pairwise(places)]

    def _edges_of(self, unit: Unit) -> Edges:
        if not isinstance(unit, Group):
            return OPEN_EDGES if isinstance(unit, Word) else PARTED_EDGES
        if (known := self._edges.get(unit.choice)) is None:
            known = self._edges[unit.choice] = self._edges_around(unit.choice)
        if known is not OPEN_EDGES and may_be_left_out(unit.times):
            first, last = known
            return max(first, PERHAPS), max(last, PERHAPS)
        return known

    def _edges_around(self, choice: Choice) -> Edges:
        words, others = self._of(choice)
        if words:
            return OPEN_EDGES
        each = [list(map(self._edges_of, units)) for units in others]
        first = max([_outmost([first for first, _ in edges]) for edges in each])
        last = max([_outmost([last for _, last in reversed(edges)]) for edges in each])
        return OPEN_EDGES if first is last is OPEN else (first, last)

    def _repeats_letters(self, group: Group) -> bool:
        if group.times in ("", "?"):
            return False
        return PARTED not in self._edges_of(group._replace(times=""))

    def _joined(self, units: Sequence[Unit]) -> Form:
        """Those between which no word must end."""
        form = Form(NOTHING, [])
        for unit in units:
            form = _one_after_the_other(form, self._form(unit))
        return form

    def _form(self, unit: Unit) -> Form:
        if isinstance(unit, Word):
            return Form(unit.letters, [])
        if isinstance(unit, Between):
            return Form(None, [(NOTHING, (unit,), NOTHING)])
        words, others = self._of(unit.choice)
        opened = [self._opened(units) for units in others]
        form = _merged([Form(words, []), *opened] if words else opened)
        if unit.times == "":
            return form
        if unit.times == "?":
            return Form(NOTHING if form.inside is None else _either(form.inside, NOTHING), form.spaced)
        return self._repeated(unit, form)

    def _repeated(self, group: Group, form: Form) -> Form:
        if form.inside is not None and not form.spaced:
            return Form(f"(?:{expression(form.inside)}){group.times}", [])
        less = _once_less(group.times)
        endings = NOTHING if form.inside is None else _either(form.inside, NOTHING)
        inside = endings if form.inside is not None or may_be_left_out(group.times) else None
        if all(left == NOTHING for left, _, _ in form.spaced):
            ended = [(between, _beside(right, endings)) for _, between, right in form.spaced]
            again = _again([_series((*between, *_word(right))) for between, right in ended], less)
            return Form(inside, [(endings, (*again, *between), right) for between, right in ended])
        if form.inside is None and all(right == NOTHING for _, _, right in form.spaced):
            again = _again([_series((*_word(left), *between)) for left, between, _ in form.spaced], less)
            return Form(inside, [(left, (*between, *again), right) for left, between, right in form.spaced])
        raise BadPattern("a group that is said again and again must begin or end with a space, or have none")

    def _opened(self, units: Sequence[Unit]) -> Form:
        """A sequence in the midst of a word."""
        first, *others = self._parts(units, is_closed=False) or [[]]
        if not others:
            return self._joined(first)
        begun, ended = self._joined(first), self._joined(others[-1])
        middle = tuple(part for units in others[:-1] for part in _flat(self._series(units)))
        lefts = [(left, (*between, *_word(right))) for left, between, right in begun.spaced]
        rights = [((*_word(left), *between), right) for left, between, right in ended.spaced]
        if begun.inside is not None:
            lefts.append((begun.inside, ()))
        if ended.inside is not None:
            rights.append(((), ended.inside))
        return Form(None, [(left, (*a, *middle, *b), right) for (left, a), (b, right) in product(lefts, rights)])


def expression(letters: Letters) -> str:
    """Of one word, whose letters may be drawn out."""
    return letters if isinstance(letters, str) else "|".join(sorted(map(_drawn_out, letters)))


def _drawn_out(word: str) -> str:
    return "".join(f"{letter}+" if letter.isalpha() else re.escape(letter) for letter in word)


def _any_of(ways: Iterable[Said]) -> Said:
    """Words that stand alone are one."""
    words: Letters | None = None
    others: dict[Said, None] = {}
    for way in ways:
        for each in way.ways if isinstance(way, AnyOf) else (way,):
            if isinstance(each, Word) and isinstance(each.letters, frozenset):
                words = each.letters if words is None else words | each.letters
            else:
                others[each] = None
    parts = (*((Word(words),) if words is not None else ()), *others)
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def _closed(form: Form) -> tuple[Said, ...]:
    ways: list[Said] = [] if form.inside is None else [Word(form.inside)]
    for left, between, right in form.spaced:
        ways.append(_series((*_word(left), *between, *_word(right))))
    return _flat(_any_of(ways))


def _again(ways: Iterable[Said], times: str) -> tuple[Said, ...]:
    return (Times(_any_of(ways), times),) if times else ()


def _series(parts: tuple[Said, ...]) -> Said:
    return parts[0] if len(parts) == 1 else Series(parts)


def _flat(said: Said) -> tuple[Said, ...]:
    return said.parts if isinstance(said, Series) else (said,)


def _word(letters: Letters) -> tuple[Said, ...]:
    return () if letters == NOTHING else (Word(letters),)


def _one_after_the_other(first: Form, second: Form) -> Form:
    spaced: list[Open] = []
    if second.inside is not None:
        spaced += [(left, between, _beside(right, second.inside)) for left, between, right in first.spaced]
    if first.inside is not None:
        spaced += [(_beside(first.inside, left), between, right) for left, between, right in second.spaced]
    for (left, a, end), (begin, b, right) in product(first.spaced, second.spaced):
        spaced.append((left, (*a, *_word(_beside(end, begin)), *b), right))
    both = first.inside is not None and second.inside is not None
    return Form(_beside(first.inside, second.inside) if both else None, spaced)  # type: ignore[arg-type]


def _merged(forms: Iterable[Form]) -> Form:
    """Those that only differ in their first word are one, and those that only differ in their last."""
    inside: Letters | None = None
    lefts: dict[tuple[tuple[Said, ...], Letters], Letters] = {}
    for form in forms:
        if form.inside is not None:
            inside = form.inside if inside is None else _either(inside, form.inside)
        for left, between, right in form.spaced:
            known = lefts.get((between, right))
            lefts[between, right] = left if known is None else _either(known, left)
    rights: dict[tuple[Letters, tuple[Said, ...]], Letters] = {}
    for (between, right), left in lefts.items():
        known = rights.get((left, between))
        rights[left, between] = right if known is None else _either(known, right)
    return Form(inside, [(left, between, right) for (left, between), right in rights.items()])


def _either(one: Letters, other: Letters) -> Letters:
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one | other
    return f"{expression(one)}|{expression(other)}"


def _beside(one: Letters, other: Letters) -> Letters:
    if one == NOTHING:
        return other
    if other == NOTHING:
        return one
    if isinstance(one, frozenset) and isinstance(other, frozenset) and len(one) * len(other) <= MOST:
        return frozenset(first + second for first in one for second in other)
    return f"(?:{expression(one)})(?:{expression(other)})"


def _units(sequence: Iterable[Item]) -> Iterator[Unit]:
    """What is next to each other within a word is one."""
    letters: Letters = NOTHING
    for unit in _each(sequence):
        if isinstance(unit, Word):
            letters = _beside(letters, unit.letters)
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
            yield from _one(what, times)
        else:
            yield from _plainly(what)


@lru_cache(maxsize=8192)
def _plainly(text: str) -> list[Unit]:
    """Words, spaces and marks."""
    found = _plain_part.findall(text)
    return [Word(frozenset((word,))) if word else _mark(mark) if mark and mark != "," else SPACE for word, mark in found]


@lru_cache(maxsize=8192)
def _series_of(parts: tuple[Said, ...]) -> Said:
    return _series(parts)


def _one(what: str, times: str) -> Iterator[Unit]:
    """A character, an escape or a class; and how often it is there."""
    if what in ("^", "$"):
        yield Between(f"^{GAP}" if what == "^" else f"{GAP}?$")
        return
    if what == r"\b":
        yield WORD_BOUNDARY
        return
    if what.startswith("[^"):
        yield _gap(what, times)
        return
    characters = _characters(what)
    spaces, marks = characters & frozenset(" ,"), frozenset(filter(_parts_words, characters)) - frozenset(" ,")
    letters = characters - spaces - marks
    if letters and (spaces or marks):
        raise BadPattern(f"{what} is both letters and what parts words")
    if letters:
        yield Word(_letters(what, letters, times))
        return
    if times in ("", "+"):
        yield SPACE if spaces else _mark(marks)
    elif spaces:
        yield PERHAPS_SPACE
    else:
        choice = Choice()
        choice.sequences = [[(what, "")]]
        yield Group(choice, times)


def _letters(what: str, letters: frozenset[str], times: str) -> Letters:
    if len(letters) == 1 and times in ("", "+", "?", "*"):
        return letters if times in ("", "+") else letters | NOTHING  # it may be drawn out in any case
    if len(letters) < WIDE:
        if times in ("", "?"):
            return letters | NOTHING if times else letters
        if (count := _count.fullmatch(times)) and (count[3] or not count[2]):
            few, many = int(count[1]), int(count[3] or count[1])
            if len(letters) ** many <= MOST:
                return frozenset("".join(each) for n in range(few, many + 1) for each in product(letters, repeat=n))
    return (f"[{''.join(sorted(letters))}]" if what[0] != "[" else what.replace("'", "")) + times


def _gap(what: str, times: str) -> Between:
    """Anything but some marks; so many characters are about so many words."""
    without = "".join(sorted(map(written, _characters("[" + what[2:]))))
    if not (count := _count.fullmatch(times)):
        return Between(f"{GAP}?[^{without}]{times}")
    words = -(-int(count[3] or count[1]) // CHARACTERS)
    return Between(f"{GAP}?(?:[^{GAP}{without}]+{GAP}?){{0,{words}}}")


def _mark(marks: str | Iterable[str]) -> Between:
    marks = frozenset(marks)
    return Between(f"{GAP}?[{''.join(sorted(map(written, marks)))}]{GAP}?", marks)


def written(mark: str) -> str:
    """As it is in a coded text, of bytes."""
    return WRITTEN.get(mark, mark if mark.isascii() else OTHER)


WRITTEN = {"£": "\x01", "€": "\x02", **SOFTLY}
OTHER = "\x7f"  # a word, or a mark, of another script


def _characters(what: str) -> frozenset[str]:
    if what[0] == "\\":
        return frozenset("0123456789") if what[1] == "d" else frozenset(" ") if what[1] == "s" else frozenset(what[1])
    if what[0] != "[":
        return frozenset(what)
    found: set[str] = set()
    for first, last in _range.findall(what[1:-1]):
        if last:
            found.update(map(chr, range(ord(first), ord(last) + 1)))
        else:
            found |= _characters(first) if first[0] == "\\" else {first}
    return frozenset(found - {"'"})


def _parts_words(character: str) -> bool:
    """A star may stand for a letter."""
    return not (character.isalnum() and character.isascii()) and character not in "_*"


def _outmost(edges: Iterable[Edge]) -> Edge:
    return next((edge for edge in edges if edge is not PERHAPS), PERHAPS)


def may_be_left_out(times: str) -> bool:
    return times in ("?", "*") or times.startswith("{0")


def _once_less(times: str) -> str:
    if times in ("*", "+"):
        return "*"
    count = _count.fullmatch(times)
    assert count is not None, times
    few = max(0, int(count[1]) - 1)
    if not count[2]:
        return f"{{{few}}}" if few else ""
    return f"{{{few},{int(count[3]) - 1 if count[3] else ''}}}" if count[3] != "1" else ""

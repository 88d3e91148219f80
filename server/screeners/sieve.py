"""Tells at once which phrases of the rule files can be in an ordinary text; in most texts it is none."""

import math
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import reduce
from itertools import pairwise
from operator import or_

from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct

from server.domain.folding import drawn_in, fold, ordinary
from server.domain.rulebook import Rulebook
from server.domain.screening import Screened
from server.screeners.signs import Signs, commonness
from server.screeners.spelling import spelling

LETTERS = 8.0  # are so many times rarer together with one more
WORTHLESS = 0.35  # lists of signs more common than this are in many texts

Phrase = tuple[str, int]  # the book's name and the place among its phrases, or among those of several words
Signed = tuple[Phrase, list[frozenset[str]]]


class Named(Struct, frozen=True):
    """The phrases of one book that may be in a text, as words and written without spaces; None where any may be."""

    phrases: tuple[int, ...] | None = ()
    run_together: tuple[int, ...] | None = ()


EVERY = Named(None, None)
NOTHING: Mapping[str, Named] = {}
NONE: frozenset[Phrase] = frozenset()


class Sieve:
    """One look at the words of a text for all rule files. It names whatever it can't be sure of."""

    def __init__(
        self, books: Iterable[tuple[str, Rulebook]], *, long: int, split_characters: int, split_texts: int
    ) -> None:
        phrases: list[Signed] = []
        run_together: list[Signed] = []
        self._meant: list[tuple[str, Mapping[str, str]]] = []
        for name, book in books:
            signs = Signs(book.words)
            patterns = [pattern for rule in book.rules for pattern in rule.patterns]
            signed = [(pattern, signs.of(pattern)) for pattern in patterns]
            phrases += _numbered(name, signed)
            run_together += _without_spaces(_numbered(name, [each for each in signed if is_spaced(each[0])]))
            self._meant.append((name, spelling(book.typos, book.ordinary).meant))
        self._typos = frozenset().union(*(meant for _, meant in self._meant))
        self._phrases = Needs(phrases)
        self._run_together = Needs(run_together)
        self._long = long
        self._split_characters = split_characters
        self._split_texts = split_texts

    def named(self, screened: Screened) -> Mapping[str, Named] | None:
        """By book, all of its phrases that may be in the text, or be finished in it; None where any may be."""
        known: dict[object, Mapping[str, Named] | None] = screened.worked_out
        if self not in known:
            known[self] = self._named(screened)
        return known[self]

    def _named(self, screened: Screened) -> Mapping[str, Named] | None:
        said = screened.words
        if said is None:
            return None
        words = said.decode().split()
        found, together = self._phrases.met(said), self._long_ones(words)
        if screened.context and len(screened.text) <= self._split_characters:
            before = ordinary(fold(" ".join(screened.context[-self._split_texts :])))
            if before is None:
                return None
            found = found | self._phrases.met(before + said)
        named = _by_book(found, together) if found or together else NOTHING
        return named if self._typos.isdisjoint(words) else self._with_meant(named, words)

    def _with_meant(self, named: Mapping[str, Named], words: list[str]) -> Mapping[str, Named]:
        """A book that may find something in what was meant looks for all of its phrases: without spaces, too."""
        every = dict(named)
        for name, meant in self._meant:
            if meant.keys().isdisjoint(words):
                continue
            corrected = [meant.get(word, word) for word in words]
            found = self._phrases.met(f" {' '.join(corrected)} ".encode())
            found |= self._run_together.met("".join(corrected).encode())  # it is read as if it had been spelled out
            if name in named or any(book == name for book, _ in found):
                every[name] = EVERY
        return every

    def _long_ones(self, words: Iterable[str]) -> Set[Phrase]:
        long = [word for word in words if len(word) >= self._long]
        return self._run_together.met(" ".join(long).encode()) if long else NONE


class Needs:
    """Phrases, each as lists of signs, the rarest first; one may be in a text where every list has a sign there.

    Each list is a bit, so that what is in a text is one number.
    """

    def __init__(self, phrases: Iterable[Signed]) -> None:
        always: set[Phrase] = set()
        bits: dict[frozenset[str], int] = {}
        first: dict[int, list[tuple[Phrase, int]]] = {}
        for phrase, lists in phrases:
            if not lists:
                always.add(phrase)
                continue
            useful = lists[:1] + [signs for signs in lists[1:] if commonness(signs) < WORTHLESS]
            needed = [bits.setdefault(signs, 1 << len(bits)) for signs in useful]
            first.setdefault(needed[0], []).append((phrase, _together(needed)))
        listed: dict[bytes, int] = {}
        doubled: dict[bytes, bytes] = {}
        for signs, bit in bits.items():
            for sign in signs:
                short, twice = drawn_in(sign.encode()), _doubled(sign)
                listed[short] = listed.get(short, 0) | bit
                doubled[short] = twice if doubled.setdefault(short, twice) == twice else b""
        self._always = frozenset(always)
        self._signs = BytesAhoCorasick(list(listed))
        self._listed = [(bit, doubled[sign]) for sign, bit in listed.items()]
        self._first = {bit: tuple(needed) for bit, needed in first.items()}
        self._any_first = _together(first)

    def met(self, text: bytes) -> Set[Phrase]:
        there = 0
        for which, _, _ in self._signs.find_matches_as_indexes(drawn_in(text), overlapping=True):
            bits, doubled = self._listed[which]
            if not doubled or doubled in text:
                there |= bits
        rarest = there & self._any_first
        if not rarest:
            return self._always
        found = set(self._always)
        while rarest:
            bit = rarest & -rarest
            rarest ^= bit
            found.update([phrase for phrase, needed in self._first[bit] if needed & there == needed])
        return found


def is_spaced(phrase: str) -> bool:
    """Whether it is of several words, which may be written without a space."""
    return " " in phrase.replace(" ?", "")


def _numbered(name: str, signed: Iterable[tuple[str, list[frozenset[str]] | None]]) -> list[Signed]:
    """Those that an ordinary text can hold."""
    return [((name, place), lists) for place, (_, lists) in enumerate(signed) if lists is not None]


def _without_spaces(phrases: Iterable[Signed]) -> Iterator[Signed]:
    for phrase, lists in phrases:
        together = [frozenset(sign.replace(" ", "") for sign in signs) for signs in lists]
        yield phrase, sorted(together, key=_shortness)


def _together(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _by_book(found: Set[Phrase], together: Set[Phrase]) -> dict[str, Named]:
    return {name: Named(_places(name, found), _places(name, together)) for name, _ in found | together}


def _places(name: str, phrases: Iterable[Phrase]) -> tuple[int, ...]:
    return tuple(sorted(place for book, place in phrases if book == name))


def _shortness(signs: Iterable[str]) -> float:
    return math.fsum(LETTERS ** -len(sign) for sign in signs)


def _doubled(sign: str) -> bytes:
    return next((pair.encode() for pair in map("".join, pairwise(sign)) if pair[0] == pair[1]), b"")

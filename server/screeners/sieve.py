"""Tells at once that no phrase of the rule files can be in an ordinary text, so that most texts need no matching."""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise

from ahocorasick_rs import BytesAhoCorasick

from server.domain.folding import drawn_in, fold, ordinary
from server.domain.rulebook import Rulebook
from server.domain.screening import Screened
from server.screeners.signs import LETTER_WORTH, Signs, commonness
from server.screeners.spelling import spelling

WORTHLESS = 1.0  # lists of signs as common as this are in most texts, and not looked for after a rarer one

Phrase = tuple[str, list[frozenset[str]]]  # the book's name and its lists of signs


class Sieve:
    """One pass over the words of a text for all rule files. It lets through whatever it can't be sure of."""

    def __init__(
        self, books: Iterable[tuple[str, Rulebook]], *, long: int, split_characters: int, split_texts: int
    ) -> None:
        phrases: list[Phrase] = []
        run_together: list[Phrase] = []
        names: set[str] = set()
        self._meant: list[tuple[str, Mapping[str, str]]] = []
        for name, book in books:
            signs = Signs(book.words)
            for phrase in (pattern for rule in book.rules for pattern in rule.patterns):
                lists = signs.of(phrase)
                if lists is None:
                    continue
                phrases.append((name, lists))
                if is_spaced(phrase):
                    together = [frozenset(sign.replace(" ", "") for sign in one) for one in lists]
                    run_together.append((name, sorted(together, key=_shortness)))
            self._meant.append((name, spelling(book.typos, book.ordinary).meant))
            names.add(name)
        self._names = frozenset(names)
        self._typos = frozenset().union(*(meant for _, meant in self._meant))
        self._phrases = Needs(phrases)
        self._run_together = Needs(run_together)
        self._long = long
        self._split_characters = split_characters
        self._split_texts = split_texts

    def lets_through(self, screened: Screened, name: str) -> bool:
        """False only where no phrase of the book is in the text, however it is read, and none is finished in it."""
        known = screened.worked_out
        if self not in known:
            known[self] = self._books_in(screened)
        return name in known[self]

    def _books_in(self, screened: Screened) -> frozenset[str]:
        said = screened.words
        if said is None:
            return self._names
        words = said.decode().split()
        found = self._among(words, said)
        if screened.context and len(screened.text) <= self._split_characters:
            before = ordinary(fold(" ".join(screened.context[-self._split_texts :])))
            if before is None:
                return self._names
            found = found | self._phrases.met(before + said)
        if self._typos.isdisjoint(words):
            return found
        return found.union(name for name, meant in self._meant if self._is_meant(name, meant, words))

    def _is_meant(self, name: str, meant: Mapping[str, str], words: list[str]) -> bool:
        corrected = [meant.get(word, word) for word in words]
        return corrected != words and name in self._among(corrected, f" {' '.join(corrected)} ".encode())

    def _among(self, words: list[str], said: bytes) -> frozenset[str]:
        found = self._phrases.met(said)
        long = [word for word in words if len(word) >= self._long]
        return found | self._run_together.met(" ".join(long).encode()) if long else found


class Needs:
    """Phrases, each as lists of signs; one may be in a text where every list of it has a sign there."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        always: set[str] = set()
        by_rarest: dict[frozenset[str], set[tuple[str, frozenset[int]]]] = {}
        first: dict[bytes, set[tuple[str, frozenset[int]]]] = {}
        others: dict[bytes, set[int]] = {}
        numbers: dict[frozenset[str], int] = {}
        doubled: dict[bytes, bytes] = {}
        for name, lists in phrases:
            if not lists:
                always.add(name)
                continue
            rest = [signs for signs in lists[1:] if commonness(signs) < WORTHLESS]
            for signs in rest:
                if signs not in numbers:
                    numbers[signs] = len(numbers)
                    for sign in signs:
                        others.setdefault(drawn_in(sign.encode()), set()).add(numbers[signs])
            by_rarest.setdefault(lists[0], set()).add((name, frozenset(numbers[signs] for signs in rest)))
        for signs, rests in by_rarest.items():
            for sign in signs:
                short, twice = drawn_in(sign.encode()), _doubled(sign)
                first.setdefault(short, set()).update(rests)
                doubled[short] = twice if doubled.setdefault(short, twice) == twice else b""
        self._always = frozenset(always)
        self._first = BytesAhoCorasick(list(first))
        self._rests = [(doubled[sign], tuple(rests)) for sign, rests in first.items()]
        self._others = BytesAhoCorasick(list(others))
        self._numbers = [tuple(found) for found in others.values()]

    def met(self, text: bytes) -> frozenset[str]:
        """The names of the books with such a phrase."""
        short = drawn_in(text)
        found = self._first.find_matches_as_indexes(short, overlapping=True)
        if not found:
            return self._always
        needed = {rest for which, _, _ in found if self._rests[which][0] in text for rest in self._rests[which][1]}
        there: frozenset[int] = frozenset()
        if any(rest for _, rest in needed):
            seen = {which for which, _, _ in self._others.find_matches_as_indexes(short, overlapping=True)}
            there = frozenset(number for which in seen for number in self._numbers[which])
        return self._always.union(name for name, rest in needed if rest <= there)


def is_spaced(phrase: str) -> bool:
    """Whether it is of several words, which may be written without a space."""
    return " " in phrase.replace(" ?", "")


def _shortness(signs: Iterable[str]) -> float:
    return math.fsum(LETTER_WORTH ** -len(sign) for sign in signs)


def _doubled(sign: str) -> bytes:
    return next((pair.encode() for pair in map("".join, pairwise(sign)) if pair[0] == pair[1]), b"")

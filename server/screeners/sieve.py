"""Tells at once that no phrase of the rule files can be in an ordinary text, so that most texts need no matching."""

import math
from collections.abc import Iterable
from itertools import pairwise

from ahocorasick_rs import BytesAhoCorasick

from server.domain.folding import drawn_in, fold, ordinary
from server.domain.rulebook import Rulebook
from server.domain.screening import Screened
from server.screeners.signs import LETTER_WORTH, Signs
from server.screeners.spelling import Spelling

Lists = list[frozenset[str]]


class Sieve:
    """One pass over the words of a text for all rule files. It lets through whatever it can't be sure of."""

    def __init__(self, books: Iterable[Rulebook], *, long: int, split_characters: int, split_texts: int) -> None:
        phrases: list[Lists] = []
        run_together: list[Lists] = []
        self._meant: list[dict[bytes, bytes]] = []
        for book in books:
            signs = Signs(book.words)
            for phrase in (pattern for rule in book.rules for pattern in rule.patterns):
                lists = signs.of(phrase)
                if lists is None:
                    continue
                phrases.append(lists)
                if is_spaced(phrase):
                    together = [frozenset(sign.replace(" ", "") for sign in one) for one in lists]
                    run_together.append(sorted(together, key=_shortness))
            typos = Spelling(book.typos, book.ordinary).meant
            self._meant.append({typo.encode(): meant.encode() for typo, meant in typos.items()})
        self._typos = frozenset().union(*self._meant)
        self._phrases = Needs(phrases)
        self._run_together = Needs(run_together)
        self._long = long
        self._split_characters = split_characters
        self._split_texts = split_texts

    def lets_through(self, screened: Screened) -> bool:
        """False only where no phrase is in the text, however it is read, and none is finished in it."""
        known = screened.worked_out
        if self not in known:
            known[self] = self._may_hold(screened)
        return known[self]

    def _may_hold(self, screened: Screened) -> bool:
        said = screened.words
        if said is None:
            return True
        if screened.context and len(screened.text) <= self._split_characters:
            before = ordinary(fold(" ".join(screened.context[-self._split_texts :])))
            if before is None or self._phrases.met(before + said):
                return True
        words = said.split()
        if self._typos.isdisjoint(words):
            return self._is_among(words, said)
        return self._is_among(words, said) or any(
            self._is_among(corrected, b" %b " % b" ".join(corrected))
            for meant in self._meant
            if not meant.keys().isdisjoint(words)
            for corrected in ([meant.get(word, word) for word in words],)
        )

    def _is_among(self, words: list[bytes], said: bytes) -> bool:
        long = [word for word in words if len(word) >= self._long]
        return self._phrases.met(said) or (bool(long) and self._run_together.met(b" ".join(long)))


class Needs:
    """Phrases, each as lists of signs; it is met where every list of one phrase has a sign in the text."""

    def __init__(self, phrases: Iterable[Lists]) -> None:
        self._always = False
        by_rarest: dict[frozenset[str], list[frozenset[int]]] = {}
        first: dict[bytes, list[frozenset[int]]] = {}
        others: dict[bytes, set[int]] = {}
        numbers: dict[frozenset[str], int] = {}
        doubled: dict[bytes, bytes] = {}
        for lists in phrases:
            if not lists:
                self._always = True
                continue
            for one in lists[1:]:
                if one not in numbers:
                    numbers[one] = len(numbers)
                    for sign in one:
                        others.setdefault(drawn_in(sign.encode()), set()).add(numbers[one])
            by_rarest.setdefault(lists[0], []).append(frozenset(numbers[one] for one in lists[1:]))
        for signs, rests in by_rarest.items():
            for sign in signs:
                short = drawn_in(sign.encode())
                first.setdefault(short, []).extend(rests)
                twice = _doubled(sign)
                doubled[short] = twice if doubled.setdefault(short, twice) == twice else b""
        self._first = BytesAhoCorasick(list(first))
        self._rests = [(doubled[sign], tuple(set(rests))) for sign, rests in first.items()]
        self._others = BytesAhoCorasick(list(others))
        self._numbers = [tuple(found) for found in others.values()]

    def met(self, text: bytes) -> bool:
        if self._always:
            return True
        short = drawn_in(text)
        rests = [
            rest
            for which, _, _ in self._first.find_matches_as_indexes(short, overlapping=True)
            for doubled, rests in (self._rests[which],)
            if doubled in text
            for rest in rests
        ]
        if not rests:
            return False
        found = self._others.find_matches_as_indexes(short, overlapping=True) if all(rests) else ()
        there = frozenset().union(*(self._numbers[which] for which, _, _ in found))
        return any(rest <= there for rest in rests)


def is_spaced(phrase: str) -> bool:
    """Whether it is of several words, which may be written without a space."""
    return " " in phrase.replace(" ?", "")


def _shortness(signs: Iterable[str]) -> float:
    return math.fsum(LETTER_WORTH ** -len(sign) for sign in signs)


def _doubled(sign: str) -> bytes:
    return next((pair.encode() for pair in map("".join, pairwise(sign)) if pair[0] == pair[1]), b"")

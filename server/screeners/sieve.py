"""Tells at once which phrases of the rule files can be in an ordinary text; in most texts it is none."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from itertools import compress, pairwise
from operator import itemgetter, or_

from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct

from server.domain.folding import drawn_in, fold, ordinary
from server.domain.rulebook import Rulebook
from server.domain.screening import Screened
from server.screeners.signs import Rarity, Signs
from server.screeners.spelling import spelling

LETTERS = 8.0  # are so many times rarer together with one more
WORTHLESS = 0.35  # lists of signs more common than this are in many texts
LONG_WORD = 8  # letters from which a word may be a phrase without its spaces

Phrase = tuple[str, int]  # the book's name and the place among its phrases, or among those of several words
Signed = tuple[Phrase, list[frozenset[str]]]


class Named(Struct, frozen=True):
    """The phrases of one book that may be in a text, as words and written without spaces; None where any may be.

    `mistyped`: or in what was meant by it.
    """

    phrases: tuple[int, ...] | None = ()
    run_together: tuple[int, ...] | None = ()
    mistyped: bool = False


EVERY = Named(None, None, mistyped=True)
NOTHING: Mapping[str, Named] = {}

_long_part = itemgetter(slice(LONG_WORD - 1, None))  # nothing, of a word that is not long


class Sieve:
    """One look at the words of a text for all rule files. It names whatever it can't be sure of."""

    def __init__(
        self,
        books: Iterable[tuple[str, Rulebook]],
        frequent: Collection[str] = (),
        *,
        split_characters: int,
        split_texts: int,
    ) -> None:
        """Words that are `frequent` in the languages of the books are no good signs."""
        rarity = Rarity(frequent)
        phrases: list[Signed] = []
        run_together: list[Signed] = []
        self._meant: list[tuple[str, Mapping[bytes, bytes]]] = []
        for name, book in books:
            signs = Signs(book.words, rarity)
            patterns = [pattern for rule in book.rules for pattern in rule.patterns]
            signed = [(pattern, signs.of(pattern)) for pattern in patterns]
            phrases += _numbered(name, signed)
            run_together += _without_spaces(_numbered(name, [each for each in signed if is_spaced(each[0])]))
            meant = spelling(book.typos, book.ordinary).meant
            self._meant.append((name, {typo.encode(): word.encode() for typo, word in meant.items()}))
        self._typos = frozenset().union(*(meant for _, meant in self._meant))
        self._phrases = Needs(phrases, rarity)
        self._run_together = Needs(run_together, rarity)
        self._split_characters = split_characters
        self._split_texts = split_texts
        self._last: tuple[Screened | None, Mapping[str, Named] | None] = None, None

    def named(self, screened: Screened) -> Mapping[str, Named] | None:
        """By book, all of its phrases that may be in the text, or be finished in it; None where any may be."""
        last, named = self._last
        if last is not screened:  # the books ask one after the other
            named = self._named(screened)
            self._last = screened, named
        return named

    def _named(self, screened: Screened) -> Mapping[str, Named] | None:
        said = screened.words
        if said is None:
            return None
        words = said.split()
        found = self._phrases.met(said)
        together = self._run_together.met(b" ".join(compress(words, map(_long_part, words))))
        if screened.context and len(screened.text) <= self._split_characters:
            before = ordinary(fold(" ".join(screened.context[-self._split_texts :])))
            if before is None:
                return None
            found = found + self._phrases.met(before + said)
        named = _by_book(found, together) if found or together else NOTHING
        return named if self._typos.isdisjoint(words) else self._with_meant(named, words)

    def _with_meant(self, named: Mapping[str, Named], words: list[bytes]) -> Mapping[str, Named]:
        """A book that may find something in what was meant also looks for that: without spaces, too."""
        more = dict(named)
        for name, meant in self._meant:
            if meant.keys().isdisjoint(words):
                continue
            corrected = [meant.get(word, word) for word in words]
            found = self._phrases.met(b" %b " % b" ".join(corrected))
            together = self._run_together.met(b"".join(corrected))  # it is read as if it had been spelled out
            mine = _by_book(found, together).get(name)
            if mine:
                more[name] = _both(named.get(name, Named()), mine)
        return more


class Needs:
    """Phrases, each as lists of signs, the rarest first; one may be in a text where every list has a sign there.

    Each list is a bit, so that what is in a text is one number.
    """

    def __init__(self, phrases: Iterable[Signed], rarity: Rarity) -> None:
        always: list[Phrase] = []
        bits: dict[frozenset[str], int] = {}
        first: dict[frozenset[str], list[tuple[Phrase, int]]] = {}  # by their rarest list
        for phrase, lists in phrases:
            if not lists:
                always.append(phrase)
                continue
            useful = lists[:1] + [signs for signs in lists[1:] if rarity.commonness(signs) < WORTHLESS]
            needed = [bits.setdefault(signs, 1 << len(bits)) for signs in useful]
            first.setdefault(useful[0], []).append((phrase, _together(needed)))
        listed: dict[bytes, int] = {}
        near: dict[bytes, list[list[tuple[Phrase, int]]]] = {}
        doubled: dict[bytes, bytes] = {}
        drawn: dict[str, tuple[bytes, bytes]] = {}
        for signs, bit in bits.items():
            for sign in signs:
                short, twice = drawn.get(sign) or drawn.setdefault(sign, (drawn_in(sign.encode()), _doubled(sign)))
                listed[short] = listed.get(short, 0) | bit
                near.setdefault(short, []).extend([first[signs]] if signs in first else [])
                doubled[short] = twice if doubled.setdefault(short, twice) == twice else b""
        self._always = always
        self._signs = BytesAhoCorasick(list(listed))
        self._listed = [(bits, doubled[sign], near[sign]) for sign, bits in listed.items()]

    def met(self, text: bytes) -> list[Phrase]:
        """A few of them perhaps twice; however often a sign is said, it is looked at once."""
        there = 0
        near: list[list[tuple[Phrase, int]]] = []
        for which in {which for which, _, _ in self._signs.find_matches_as_indexes(drawn_in(text), overlapping=True)}:
            bits, doubled, first = self._listed[which]
            if not doubled or doubled in text:
                there |= bits
                near += first
        return self._always + [phrase for first in near for phrase, needed in first if needed & there == needed]


def is_spaced(phrase: str) -> bool:
    """Whether it is of several words, which may be written without a space."""
    return " " in phrase.replace(" ?", "")


def _numbered(name: str, signed: Iterable[tuple[str, list[frozenset[str]] | None]]) -> list[Signed]:
    """Those that an ordinary text can hold."""
    return [((name, place), lists) for place, (_, lists) in enumerate(signed) if lists is not None]


def _without_spaces(phrases: Iterable[Signed]) -> Iterator[Signed]:
    known: dict[frozenset[str], tuple[float, frozenset[str]]] = {}
    for phrase, lists in phrases:
        for signs in lists:
            if signs not in known:  # many phrases share a word, and with it what it may be
                together = frozenset(sign.replace(" ", "") for sign in signs)
                known[signs] = _shortness(together), together
        ranked = sorted((known[signs] for signs in lists), key=itemgetter(0))
        yield phrase, [together for _, together in ranked]


def _together(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _by_book(found: list[Phrase], together: list[Phrase]) -> dict[str, Named]:
    books = {name for name, _ in (*found, *together)}
    return {name: Named(_places(name, found), _places(name, together)) for name in books}


def _places(name: str, phrases: list[Phrase]) -> tuple[int, ...]:
    return tuple(sorted({place for book, place in phrases if book == name}))


def _both(said: Named, meant: Named) -> Named:
    phrases = {*(said.phrases or ()), *(meant.phrases or ())}
    run_together = {*(said.run_together or ()), *(meant.run_together or ())}
    return Named(tuple(phrases), tuple(run_together), mistyped=True)


def _shortness(signs: Iterable[str]) -> float:
    return math.fsum(LETTERS**-length * times for length, times in Counter(map(len, signs)).items())


def _doubled(sign: str) -> bytes:
    return next((pair.encode() for pair in map("".join, pairwise(sign)) if pair[0] == pair[1]), b"")

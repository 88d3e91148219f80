"""Tells at once which phrases of the rule files can be in an ordinary text; in most texts it is none."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, reduce
from operator import or_
from string import ascii_lowercase
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct

from server.domain.folding import drawn_in, fold, worded
from server.domain.rulebook import Rulebook
from server.domain.screening import Screened
from server.screeners.expressions import Said
from server.screeners.phrases import Phrases
from server.screeners.signs import Rarity, Signs, Way
from server.screeners.spelling import spelling

LISTS = 3  # of signs, the rarest that a phrase has, are enough to tell it
WORTHLESS = 0.35  # lists of signs more common than this are in many texts
LETTERS = 8.0  # are so many times rarer together with one more
MANY = 300  # strings that a stretch of a phrase may stand for where fewer tell too little
SHORT = 0.01  # lists of letters more common than this are in many words
LONG_WORD = 8  # letters from which a word may be a phrase without its spaces
UNUSUAL = 1  # the bit of what is in no ordinary text
NO_SIGNS: frozenset[str] = frozenset()

T = TypeVar("T")
Phrase = tuple[str, int]  # the book's name and the place among its phrases, or among those of several words
Needing = tuple[Phrase, int]  # the bits of its other lists


class Signed(NamedTuple):
    """A way to say a phrase: the lists of which each must have a sign in a text, and what else it needs, as bits."""

    phrase: Phrase
    lists: list[frozenset[str]]
    bits: int = 0


class Named(Struct, frozen=True):
    """The phrases of one book that may be in a text, as words and written without spaces; None where any may be.

    `mistyped`: or in what was meant by it.
    """

    phrases: tuple[int, ...] | None = ()
    run_together: tuple[int, ...] | None = ()
    mistyped: bool = False


EVERY = Named(None, None, mistyped=True)
NOTHING: Mapping[str, Named] = {}

_pair = re.compile(r"([a-z])\1")
_LETTERS = bytes(place if chr(place) in ascii_lowercase else 32 for place in range(256))


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
        books = list(books)
        self.needed = Needed(books, Rarity(frequent))
        self._meant = [(name, spelling(book.typos, book.ordinary).meant) for name, book in books]
        self._typos = frozenset[str]().union(*(meant for _, meant in self._meant))
        self._split_characters = split_characters
        self._split_texts = split_texts
        self._last: tuple[Screened, Mapping[str, Named]] | None = None
        self._said: Said | None = None

    def named(self, screened: Screened) -> Mapping[str, Named]:
        """By book, all of its phrases that may be in the text, or be finished in it."""
        if self._last is None or self._last[0] is not screened:  # the books ask one after the other
            self._last = screened, self._named(screened)
        return self._last[1]

    def said(self, text: str) -> Said:
        """A worded text as expressions read it: the books ask one after the other, so the last one is kept."""
        if self._said is None or self._said.text is not text:
            self._said = Said(text)
        return self._said

    def guards(self, book: str, text: str) -> frozenset[int]:
        """Those of a book's guards that may be in a worded text."""
        met = self.needed.guards.met(letters(text), usual=False)
        return frozenset(place for name, place in met if name == book)

    def _named(self, screened: Screened) -> Mapping[str, Named]:
        needed, usual = self.needed, screened.words is not None
        said = screened.words or letters(screened.phrases[0].text)
        words = said.decode().split()
        found = needed.phrases.met(said, usual=usual)
        long = " ".join([word for word in words if len(word) >= LONG_WORD])
        together = needed.run_together.met(long.encode(), usual=usual) if long else []
        for reading in screened.phrases[1:]:
            read = letters(reading.text)
            found += needed.phrases.met(read, usual=False)
            together += needed.run_together.met(read.replace(b" ", b""), usual=False)  # it may have been spelled out
        if screened.context and len(screened.text) <= self._split_characters:
            before = worded(fold(" ".join(screened.context[-self._split_texts :])))
            found += needed.phrases.met(letters(before.text) + said, usual=False)
        named = _by_book(found, together) if found or together else NOTHING
        return named if self._typos.isdisjoint(words) else self._with_meant(named, words)

    def _with_meant(self, named: Mapping[str, Named], words: list[str]) -> Mapping[str, Named]:
        """A book that may find something in what was meant also looks for that: without spaces, too."""
        more = dict(named)
        for name, meant in self._meant:
            if meant.keys().isdisjoint(words):
                continue
            needed = self.needed
            corrected = [meant.get(word, word) for word in words]
            found = needed.phrases.met(f" {' '.join(corrected)} ".encode(), usual=False)
            together = needed.run_together.met(
                "".join(corrected).encode(), usual=False
            )  # as if it had been spelled out
            mine = _by_book(found, together).get(name)
            if mine:
                more[name] = _both(named.get(name, Named()), mine)
        return more


class Needed:
    """What the phrases of all books need, those of several words also without their spaces, and what the guards do."""

    def __init__(self, books: Iterable[tuple[str, Rulebook]], rarity: Rarity) -> None:
        self.languages: dict[str, Phrases] = {}
        phrases: list[Signed] = []
        run_together: list[Signed] = []
        guards: list[Signed] = []
        for name, book in books:
            language = self.languages[name] = Phrases(book.words)
            signs, longer = Signs(language, rarity), Signs(language, rarity, strings=MANY)
            patterns = [pattern for rule in book.rules for pattern in rule.patterns]
            ways = [signs.of(pattern) for pattern in patterns]
            phrases += _signed(name, ways)
            spaced = [(pattern, way) for pattern, way in zip(patterns, ways, strict=True) if is_spaced(pattern)]
            run_together += _signed(name, [_closer(ways, longer, pattern) for pattern, ways in spaced])
            guards += _signed(name, [signs.of(pattern) for _, pattern in book.guarding()])
        self.phrases = Needs(phrases, rarity.commonness, WORTHLESS)
        self.run_together = Needs(run_together, _shortness)
        self.guards = Needs(guards, rarity.commonness, WORTHLESS)


class Needs:
    """Tells which phrases may be in a text: those of which each list has a sign there.

    The rarest list of each is looked for first; in most texts that is all. Each of the others is a bit, so that what is
    in a text is one number.
    """

    def __init__(
        self, ways: Iterable[Signed], commonness: Callable[[frozenset[str]], float], worthless: float = math.inf
    ) -> None:
        """Lists that are `worthless` or more are only looked at where a way to say a phrase has no better one."""
        commonness = cache(commonness)
        begun: dict[frozenset[str], list[Needing]] = {}
        bits: dict[frozenset[str], int] = {}
        for phrase, lists, needed in ways:
            first, *others = sorted(lists, key=commonness)[:LISTS] or [NO_SIGNS]
            useful = [signs for signs in others if commonness(signs) < worthless]
            needed = reduce(or_, [bits.setdefault(signs, UNUSUAL << (len(bits) + 1)) for signs in useful], needed)
            begun.setdefault(first, []).append((phrase, needed))
        self._always = begun.pop(NO_SIGNS, [])
        phrases: dict[str, list[Needing]] = {}
        for signs, needing in begun.items():
            phrases |= {sign: [*phrases[sign], *needing] if sign in phrases else needing for sign in signs}
        there: dict[str, int] = {}
        for signs, bit in bits.items():
            there |= {sign: there.get(sign, 0) | bit for sign in signs}
        self._begun, self._others = Found(phrases), Found(there)

    def met(self, text: bytes, *, usual: bool) -> list[Phrase]:
        """A few of them perhaps twice; however often a sign is said, it is looked at once.

        An ordinary text is `usual`.
        """
        drawn = drawn_in(text)
        begun = self._begun.within(text, drawn)
        if not begun and (usual or not self._always):
            return []
        there = reduce(or_, self._others.within(text, drawn), 0 if usual else UNUSUAL)
        near = (self._always, *begun)
        return [phrase for phrases in near for phrase, needed in phrases if needed & there == needed]


class Found(Generic[T]):
    """What each of many signs tells."""

    def __init__(self, told: Mapping[str, T]) -> None:
        drawn = drawn_in("\n".join([*told, ""]).encode()).split(b"\n")[:-1]
        self._signs = BytesAhoCorasick(drawn)
        doubled = (_doubled(sign) if len(short) < len(sign) else b"" for sign, short in zip(told, drawn, strict=True))
        self._told = list(zip(doubled, told.values(), strict=True))

    def within(self, text: bytes, drawn: bytes) -> list[T]:
        """Of the signs in a text that is also given `drawn` in."""
        found = {which for which, _, _ in self._signs.find_matches_as_indexes(drawn, overlapping=True)}
        return [told for doubled, told in map(self._told.__getitem__, found) if not doubled or doubled in text]


def letters(text: str) -> bytes:
    """The letters of worded text, a space for each other character, and one before and after."""
    return b" " + text.encode("ascii", "replace").translate(_LETTERS) + b" "


def is_spaced(phrase: str) -> bool:
    """Whether it is of several words, which may be written without a space."""
    return " " in phrase.replace(" ?", "")


def _signed(name: str, phrases: Iterable[Iterable[Way]]) -> Iterator[Signed]:
    for place, ways in enumerate(phrases):
        yield from (Signed((name, place), way.lists, 0 if way.usual else UNUSUAL) for way in ways)


def _closer(ways: list[Way], longer: Signs, phrase: str) -> list[Way]:
    """Without spaces; where its words are short ones, more of them at a time, for few letters are in many words."""
    together = [_without_spaces(way) for way in ways]
    if all(any(_shortness(signs) < SHORT for signs in way.lists) for way in together):
        return together
    return [_without_spaces(way) for way in longer.of(phrase)]


def _without_spaces(way: Way) -> Way:
    return way._replace(lists=[frozenset(sign.replace(" ", "") for sign in signs) for signs in way.lists])


def _by_book(found: list[Phrase], together: list[Phrase]) -> dict[str, Named]:
    places: dict[str, tuple[set[int], set[int]]] = {}
    for which, phrases in enumerate((found, together)):
        for book, place in phrases:
            if book not in places:
                places[book] = set(), set()
            places[book][which].add(place)
    return {book: Named(tuple(sorted(said)), tuple(sorted(run))) for book, (said, run) in places.items()}


def _both(said: Named, meant: Named) -> Named:
    phrases = {*(said.phrases or ()), *(meant.phrases or ())}
    run_together = {*(said.run_together or ()), *(meant.run_together or ())}
    return Named(tuple(sorted(phrases)), tuple(sorted(run_together)), mistyped=True)


def _shortness(signs: Iterable[str]) -> float:
    return math.fsum(LETTERS**-length * times for length, times in Counter(map(len, signs)).items())


def _doubled(sign: str) -> bytes:
    pair = _pair.search(sign)
    return pair.group().encode() if pair else b""

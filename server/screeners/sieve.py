"""Tells at once which phrases of the rule files can be in an ordinary text; in most texts it is none."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, reduce
from itertools import compress, pairwise
from operator import itemgetter, or_
from string import ascii_lowercase

from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct

from server.domain.folding import drawn_in, fold, worded
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

_LETTERS = bytes(place if chr(place) in ascii_lowercase else 32 for place in range(256))
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
        self._books, self._rarity = list(books), Rarity(frequent)
        self._ordinary = Needed(self._books, self._rarity, ordinary=True)
        self._meant: list[tuple[str, Mapping[bytes, bytes]]] = []
        for name, book in self._books:
            meant = spelling(book.typos, book.ordinary).meant
            self._meant.append((name, {typo.encode(): word.encode() for typo, word in meant.items()}))
        self._typos = frozenset().union(*(meant for _, meant in self._meant))
        self._split_characters = split_characters
        self._split_texts = split_texts
        self._last: tuple[Screened, Mapping[str, Named]] | None = None

    @cached_property
    def _any(self) -> "Needed":
        """This waits for a text that asks for it, or for `warm`."""
        return Needed(self._books, self._rarity, ordinary=False)

    def warm(self) -> None:
        assert self._any

    def named(self, screened: Screened) -> Mapping[str, Named]:
        """By book, all of its phrases that may be in the text, or be finished in it."""
        if self._last is None or self._last[0] is not screened:  # the books ask one after the other
            self._last = screened, self._named(screened)
        return self._last[1]

    def _named(self, screened: Screened) -> Mapping[str, Named]:
        needed = self._any if screened.words is None else self._ordinary
        said = screened.words or letters(screened.phrases[0].text)
        words = said.split()
        found = needed.phrases.met(said)
        together = needed.run_together.met(b" ".join(compress(words, map(_long_part, words))))
        for reading in screened.phrases[1:]:
            read = letters(reading.text)
            found += needed.phrases.met(read)
            together += needed.run_together.met(read.replace(b" ", b""))  # it may have been spelled out
        if screened.context and len(screened.text) <= self._split_characters:
            before = worded(fold(" ".join(screened.context[-self._split_texts :])))
            found += self._any.phrases.met(letters(before.text) + said)
        named = _by_book(found, together) if found or together else NOTHING
        return named if self._typos.isdisjoint(words) else self._with_meant(needed, named, words)

    def _with_meant(self, needed: "Needed", named: Mapping[str, Named], words: list[bytes]) -> Mapping[str, Named]:
        """A book that may find something in what was meant also looks for that: without spaces, too."""
        more = dict(named)
        for name, meant in self._meant:
            if meant.keys().isdisjoint(words):
                continue
            corrected = [meant.get(word, word) for word in words]
            found = needed.phrases.met(b" %b " % b" ".join(corrected))
            together = needed.run_together.met(b"".join(corrected))  # it is read as if it had been spelled out
            mine = _by_book(found, together).get(name)
            if mine:
                more[name] = _both(named.get(name, Named()), mine)
        return more


class Needed:
    """What the phrases of all books need: those of several words also without their spaces."""

    def __init__(self, books: Iterable[tuple[str, Rulebook]], rarity: Rarity, *, ordinary: bool) -> None:
        phrases: list[Signed] = []
        run_together: list[Signed] = []
        for name, book in books:
            signs = Signs(book.words, rarity, ordinary=ordinary)
            patterns = [pattern for rule in book.rules for pattern in rule.patterns]
            signed = [(pattern, signs.of(pattern)) for pattern in patterns]
            phrases += _numbered(name, signed)
            run_together += _without_spaces(_numbered(name, [each for each in signed if is_spaced(each[0])]))
        self.phrases = Needs(phrases, rarity)
        self.run_together = Needs(run_together, rarity)


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


def letters(text: str) -> bytes:
    """The letters of worded text, a space for each other character, and one before and after."""
    return b" " + text.encode("ascii", "replace").translate(_LETTERS) + b" "


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

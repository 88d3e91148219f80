"""Tells at once which phrases of the rule files can be in a text; in most texts it is none."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from server.domain.folding import Folded, fold, worded
from server.domain.screening import Screened
from server.screeners.phrases.coded import Coded, signs_of
from server.screeners.phrases.expressions import Expression
from server.screeners.phrases.index import Book, Indexed, index_of
from server.screeners.phrases.lexicon import Lexicon
from server.screeners.phrases.mending import Mending, changed, changed_tokens
from server.screeners.phrases.needs import Needs, Phrase
from server.screeners.phrases.signs import Signs

LONG_WORD = 8  # letters from which a word may be several that were written as one
SPELLED = 4  # letters from which one that was spelled out may be
SPLIT_CHARACTERS = 40  # a sentence cut into pieces has short ones; a longer text speaks for itself
SPLIT_TEXTS = 3  # pieces that are read together with the new one
SPLIT_WORDS = 5  # from so many on a piece may be a sentence, and nothing is said across its end


class Look(NamedTuple):
    """A reading of a text, after so many characters said before; and by book, which of its phrases may be in it.

    One that `is_whole` is the text as it was said or meant: what excuses something in one excuses it in every such one.
    In one that `is_hidden`, digits and marks stand for letters, or letters were set apart.
    """

    folded: Folded
    coded: Coded
    named: Mapping[str, list[int]]
    before: int = 0
    is_whole: bool = False
    is_hidden: bool = False


class Sieve:
    """One look at the words of a text for all rule files. It names whatever it can't be sure of."""

    def __init__(
        self,
        books: Iterable[Book],
        frequent: Collection[str] = (),
        kept: bytes = b"",
        ordinary: Collection[str] = (),
    ) -> None:
        """Words that are `frequent` in the languages of the books tell little; `kept` is an index made before.

        Those that are `ordinary` were not mistyped.
        """
        books = list(books)
        index = index_of(books, frequent, kept)
        self._lexicon = Lexicon(index.words)
        self.phrases, self.guards = _expressions(index.phrases, index.lists), _expressions(index.guards, index.lists)
        self._phrases, self._guards = Needs(index.phrases, index.lists), Needs(index.guards, index.lists)
        self._mending = Mending(self._lexicon, frequent, ordinary, self._are_said_together)
        self._last: tuple[Screened, list[Look]] | None = None
        self._sparing: tuple[Coded, set[Phrase]] | None = None

    def looks(self, screened: Screened) -> list[Look]:
        """The readings of a text."""
        if self._last is None or self._last[0] is not screened:  # the books ask one after the other
            self._last = screened, list(self._looks(screened))
        return self._last[1]

    def sparing(self, book: str, coded: Coded) -> frozenset[int]:
        """Those of a book's guards that may be in a text."""
        if self._sparing is None or self._sparing[0] is not coded:
            self._sparing = coded, self._guards.met(coded.signs)
        return frozenset(place for name, place in self._sparing[1] if name == book)

    def _looks(self, screened: Screened) -> Iterator[Look]:
        plain = screened.phrases[0]
        first = self._look(plain, is_whole=True)
        yield first
        yield from self._mended(first)
        for place, reading in enumerate(screened.phrases[1:], 1):
            is_reading = place < len(screened.readings)
            look = self._look(reading, is_whole=is_reading, is_hidden=is_reading)
            yield look
            yield from self._apart(look, is_spelled=len(reading.text) != len(plain.text))
        if screened.context and len(screened.text) <= SPLIT_CHARACTERS:
            before = worded(fold(_joined(screened.context[-SPLIT_TEXTS:]))).text + " "
            coded = self._coded(before + plain.text)
            yield Look(plain, coded, self._named(coded), len(before))

    def _coded(self, text: str) -> Coded:
        return Coded(text, self._lexicon)

    def _look(self, folded: Folded, *, is_whole: bool = False, is_hidden: bool = False) -> Look:
        coded = self._coded(folded.text)
        return Look(folded, coded, self._named(coded), is_whole=is_whole, is_hidden=is_hidden)

    def _named(self, coded: Coded) -> dict[str, list[int]]:
        named: dict[str, list[int]] = {}
        for book, place in sorted(self._phrases.met(coded.signs)):
            named.setdefault(book, []).append(place)
        return named

    def _mended(self, look: Look) -> Iterator[Look]:
        """As it was meant, if that names other phrases."""
        if changes := self._mending.changes(look.coded):
            met = self._phrases.met(self._signs(changed_tokens(look.coded.tokens, changes)))
            if any(place not in look.named.get(book, ()) for book, place in met):
                yield self._look(changed(look.folded, look.coded, changes), is_whole=True)

    def _apart(self, look: Look, *, is_spelled: bool = False) -> Iterator[Look]:
        """With a space where words were written as one, if phrases may be in them.

        Where letters were spelled out, spaces may be missing anywhere.
        """
        cuts: list[int] = []
        letters = SPELLED if is_spelled else LONG_WORD
        for place, token in enumerate(look.coded.tokens):
            if len(token) < letters or self._mending.is_word(token) or not token.isascii():
                continue
            if self._lexicon[token] != token:  # known, perhaps with letters drawn out
                continue
            words = self._lexicon.apart(token, with_others=is_spelled)
            if len(words) > 1 and (is_spelled or self._are_said_together(words)):
                begin, _ = look.coded.places[place]
                cuts += list(accumulate(map(len, words[:-1]), initial=begin))[1:]
        if cuts:
            yield self._look(_parted(look.folded, cuts), is_whole=look.is_whole, is_hidden=look.is_hidden)

    def _are_said_together(self, words: list[str]) -> bool:
        return bool(self._phrases.met(self._signs(words)))

    def _signs(self, words: list[str]) -> set[str]:
        return signs_of(words, list(map(self._lexicon.__getitem__, words)))


def _expressions(phrases: Iterable[Indexed], lists: Sequence[Signs]) -> dict[Phrase, Expression]:
    return {
        (each.book, each.place): Expression(each.source, None if each.begins is None else lists[each.begins])
        for each in phrases
    }


def _joined(pieces: Iterable[str]) -> str:
    return " ".join(piece if len(piece.split()) < SPLIT_WORDS else f"{piece}." for piece in pieces)


def _parted(folded: Folded, cuts: Sequence[int]) -> Folded:
    """With a space before each of these places."""
    places = [0, *cuts, len(folded.text)]
    text = " ".join([folded.text[begin:end] for begin, end in pairwise(places)])

    def offsets() -> list[int]:
        kept = [place for begin, end in pairwise(places) for place in (*range(begin, end), end - 1)]
        return [folded.offsets[place] for place in kept[:-1]]

    return Folded(text, offsets)

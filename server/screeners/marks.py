"""The marks of a text, by which the second reading judges it: words, what they mean, and how they stand together."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from server.domain.lessons import Meanings
from server.domain.screening import Lane
from server.screeners.slips import Slips

TOGETHER = 4  # meanings in a row that make one mark
APART = 5  # meanings within one sentence that still belong together
PIECE = (3, 4, 5)  # letters: a word nobody wrote before shares pieces with those that somebody did
WINDOW = 14  # words; a longer text is read in stretches of whole sentences: in longer ones small signs add up
NUMBER = "0"
STOPS = frozenset(".!?")
PERSONS = frozenset(("YOU", "YOURSELF", "HE", "KIN", "EVERY"))

_token = re.compile(r"\d*[a-z](?:[a-z0-9]|\*+(?=[a-z]))*|\d+|[.!?\"]")
_sentence = re.compile(r"[^.!?]+[.!?]*")
_drawn_out = re.compile(r"([a-z])\1{2,}")

Place = tuple[int, int]


class Spellings(dict[str, str]):
    """How words are written that are known; another one is looked at each time, and none is kept."""

    def __init__(self, same: Mapping[str, str], known: Iterable[str], matter: Sequence[str]) -> None:
        super().__init__({word: word for word in (*known, *STOPS, '"')} | dict(same))
        self._same = same
        self._matter = matter
        self._slips = Slips(matter)

    def __missing__(self, word: str) -> str:
        if not word.isalpha():
            return self._uncovered(word) if "*" in word else NUMBER if word.isdigit() else word
        if (short := self._drawn_in(word)) != word:
            return self._same.get(short, short)
        return self._slips.meant(word) or word

    def _uncovered(self, word: str) -> str:
        """`s*icide` as `suicide`: a star for a letter is only put where the word matters."""
        covered = re.compile(re.sub(r"\*+", "[a-z]{1,3}", word))
        return next((known for known in self._matter if covered.fullmatch(known)), word)

    def _drawn_in(self, word: str) -> str:
        """`killlll` as `kill`, `soooo` as `so`."""
        once, twice = _drawn_out.sub(r"\1", word), _drawn_out.sub(r"\1\1", word)
        return twice if twice in self else once


class Pieces(dict[str, tuple[str, ...]]):
    """Letters in a row, from before a word to behind it; kept for words that are known, and for no others."""

    def __init__(self, known: Container[str], heard: Container[str] | None) -> None:
        super().__init__()
        self._known = known
        self._heard = heard

    def __missing__(self, word: str) -> tuple[str, ...]:
        heard = self._heard
        pieces = tuple(piece for piece in _pieces(word) if heard is None or piece in heard)
        if word in self._known:
            self[word] = pieces
        return pieces


class Marker:
    """Marks texts with the meanings of one file, for one lane; the words `read` are spelled right as they are.

    Of the pieces of words only those are marks that are `heard`, where that is said.
    """

    def __init__(self, meanings: Meanings, lane: Lane, read: str = "", heard: Container[str] | None = None) -> None:
        self._light = frozenset(meanings.light.split())
        self._means = {word: name.upper() for name, words in meanings.meanings.items() for word in words.split()}
        self._guards = _upper(meanings.guards)
        self._weighty = _upper(meanings.weighty[lane])
        self._writer = _upper(meanings.writer)
        self._own = self._light | self._means.keys() | meanings.same.keys()
        matter = [word for word, meaning in self._means.items() if meaning in self._weighty]
        self._spellings = Spellings(meanings.same, [*self._own, *read.split()], matter)
        self._pieces = Pieces(self._spellings, heard)

    def marks(self, words: Sequence[str]) -> set[str]:
        """Of words in its spelling; none where no word of them weighs anything."""
        meant = [self._means.get(word, word) for word in words if word not in self._light]
        weighty = self._weighty.intersection(meant)
        if not weighty:
            return set()
        marks = set(words)
        marks.update(map(" ".join, zip(["<", *words], [*words, ">"], strict=True)))
        marks.update(_rows(["<", *meant, ">"]))
        marks.update(_pairs(meant))
        marks.update(self._of_whom(meant))
        marks.update(self._guarded(meant, weighty))
        marks.update(chain.from_iterable(map(self._pieces.__getitem__, set(words))))
        return marks

    def words(self, text: str) -> list[str]:
        """Of worded text, in the spelling that the meanings know."""
        return list(map(self._spellings.__getitem__, _token.findall(text)))

    def stretches(self, text: str) -> Iterator[tuple[Place, list[str]]]:
        """Where to read, and the words there: from each sentence on, as many whole ones as fit into a window."""
        sentences = [found.span() for found in _sentence.finditer(text) if not found.group().isspace()]
        lengths = [text.count(" ", start, end) + 1 for start, end in sentences]
        words = [self.words(text[start:end]) for start, end in sentences]
        reached = 0
        for first, (start, _) in enumerate(sentences):
            last, length = first, lengths[first]
            while last + 1 < len(sentences) and length + lengths[last + 1] <= WINDOW:
                last += 1
                length += lengths[last]
            if last + 1 > reached:  # a stretch that ends where the one before ended says nothing new
                reached = last + 1
                yield (start, sentences[last][1]), list(chain.from_iterable(words[first:reached]))

    def understood(self, words: Iterable[str]) -> int:
        """How many of the words are of its language, as far as it knows."""
        return len(self._own.intersection(words))

    def _of_whom(self, meant: list[str]) -> Iterator[str]:
        """Who was spoken of last before what weighs: in "you said that i want to die" it is the writer."""
        whom = ""
        for meaning in meant:
            if meaning in STOPS:
                whom = ""
            elif meaning in self._writer:
                whom = "I"
            elif meaning in PERSONS:
                whom = meaning
            elif whom and meaning in self._weighty:
                yield f"{whom}>{meaning}"

    def _guarded(self, meant: list[str], weighty: frozenset[str]) -> Iterator[str]:
        """What stands anywhere beside what weighs: another person, a film, long ago, a question, no word of oneself."""
        guards = self._guards.intersection(meant)
        if self._writer.isdisjoint(meant):
            guards |= {"NOT-I"}
        if '"' in meant:
            guards |= {"QUOTED"}
        if "?" in meant:
            guards |= {"ASKED"}
        for guard in guards:
            yield "+" + guard
            yield from (f"{guard}+{weight}" for weight in weighty)


def fitting(markers: Sequence[Marker], text: str) -> Marker:
    """The one that understands most of the words; where several do, the first of them."""
    words = set(_token.findall(text))
    return max(markers, key=lambda marker: marker.understood(words))


def _rows(meant: list[str]) -> Iterator[str]:
    for length in range(1, TOGETHER + 1):
        yield from map("_".join, zip(*(meant[begin:] for begin in range(length)), strict=False))


def _pairs(meant: list[str]) -> Iterator[str]:
    """Meanings with something between them."""
    for place, first in enumerate(meant):
        if not first.isupper():
            continue
        for second in meant[place + 2 : place + 1 + APART]:
            if second in STOPS:
                break
            if second.isupper():
                yield f"{first}~{second}"


def _pieces(word: str) -> Iterator[str]:
    if word.isalpha():
        bare = f"^{word}$"
        yield from (f"#{bare[begin : begin + length]}" for length in PIECE for begin in range(len(bare) - length + 1))


def _upper(names: str) -> frozenset[str]:
    return frozenset(names.upper().split())

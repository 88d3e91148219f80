"""The marks of a text, by which the second reading judges it: stretches of it as it was said, and as it was meant."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from string import ascii_lowercase, digits
from typing import NamedTuple

from server.domain.lessons import Meanings
from server.screeners.slips import Slips

WINDOW = 40  # words and stops; a longer text is read in stretches of whole sentences: in longer ones small signs add up
NUMBER = "0"
MARKS = '.!?"'
BEGIN, END = "<", ">"
BESIDE = "+"  # in the mark of a guard
PIECE = (3, 4, 5)  # letters

_token = re.compile(r"\d*[a-z][a-z0-9]*(?:\*+[a-z][a-z0-9]*)*|\d+|[.!?\"]")
_sentence = re.compile(r"[^a-z0-9*\".!?]*[a-z0-9*\"][^.!?]*(?:[.!?]|[^a-z0-9*\".!?]++(?=[.!?]))*")
_PARTED = bytes(place if chr(place) in f'{ascii_lowercase}{digits}.!?"' else 32 for place in range(256))
_drawn_out = re.compile(r"([a-z])\1{2,}")

Place = tuple[int, int]


class Spellings(dict[str, str]):
    """How words are written that are known; another one is looked at each time, and none is kept."""

    def __init__(self, same: Mapping[str, str], known: Iterable[str], matter: Sequence[str]) -> None:
        super().__init__({word: word for word in (*known, *MARKS)} | dict(same))
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


class Sentence(NamedTuple):
    """Words in their usual spelling; each as what it means, or itself, without those that carry nothing."""

    words: list[str]
    meant: list[str]

    def text(self) -> str:
        """In which its marks are looked for: as said, as meant, and only what has a meaning: each, and every other."""
        told = list(filter(str.isupper, self.meant))
        rows = [BEGIN, *self.words, END], [BEGIN, *self.meant, END], told, told[::2], told[1::2]
        return f" {' | '.join(map(' '.join, rows))} "


def is_of_words(mark: str) -> bool:
    """And not of letters, or of a guard."""
    return mark.startswith(" ") and mark.endswith(" ")


def pieces(word: str) -> set[str]:
    """Letters in a row, from before a word to behind it: a word nobody wrote before shares some with others."""
    if not word.isalpha():
        return set()
    whole = f" {word} "
    return {whole[begin : begin + length] for length in PIECE for begin in range(len(whole) - length + 1)} - {whole}


class Guards:
    """What can only make a text harmless: another person, a film, long ago, a question, no word of oneself."""

    def __init__(self, meanings: Meanings) -> None:
        self._names = upper(meanings.guards)
        self._writer = upper(meanings.writer)

    def marks(self, meant: Collection[str], weighty: frozenset[str]) -> Iterator[str]:
        """Of the guards that stand anywhere among what was meant, alone and beside each of what weighs."""
        for guard in self._present(frozenset(meant)):
            yield BESIDE + guard
            for weight in weighty:
                yield guard + BESIDE + weight

    def _present(self, meant: frozenset[str]) -> Iterator[str]:
        yield from self._names & meant
        if self._writer.isdisjoint(meant):
            yield "NOT-I"
        if '"' in meant:
            yield "QUOTED"
        if "?" in meant:
            yield "ASKED"


class Marker:
    """Reads texts as the meanings of one language have it; the words `read` are spelled right as they are."""

    def __init__(self, meanings: Meanings, read: Iterable[str] = ()) -> None:
        means = {word: name.upper() for name, words in meanings.meanings.items() for word in words.split()}
        light = frozenset(meanings.light.split())
        weighty = upper(" ".join(meanings.weighty.values()))
        matter = [word for word, meaning in means.items() if meaning in weighty]
        self.own = light | means.keys() | meanings.same.keys()
        self._spellings = Spellings(meanings.same, [*self.own, *read], matter)
        self._usual = frozenset(word for word, spelled in self._spellings.items() if word == spelled)
        self._means = means | dict.fromkeys(light, "")

    def sentences(self, tokens: list[list[str]], said: set[str]) -> list[Sentence]:
        """Of the words of each, which all are in `said`."""
        means = self._means.get
        if strange := said - self._usual:
            spelled = {word: self._spellings[word] for word in strange}.get
            tokens = [list(map(spelled, words, words)) for words in tokens]
        return [Sentence(words, list(filter(None, map(means, words, words)))) for words in tokens]


class Readers:
    """Markers of several languages. The first reads what no other one understands more of."""

    def __init__(self, markers: Sequence[Marker]) -> None:
        self._markers = markers
        self._elsewhere = frozenset[str]().union(*(marker.own for marker in markers)) - markers[0].own

    def known(self, text: str) -> int:
        """How many letters of a worded text are in words that are known in the language that fits it."""
        said = list(chain.from_iterable(_tokens(text)))
        own = self._fitting(set(said)).own
        return sum(len(word) for word in said if len(word) > 1 and word in own)

    def sentences(self, text: str) -> list[Sentence]:
        """Of worded text."""
        tokens = _tokens(text)
        said = set(chain.from_iterable(tokens))
        return self._fitting(said).sentences(tokens, said)

    def _fitting(self, said: set[str]) -> Marker:
        if self._elsewhere.isdisjoint(said):
            return self._markers[0]
        return max(self._markers, key=lambda marker: len(marker.own & said))


def _tokens(text: str) -> list[list[str]]:
    """Of each sentence, its words, numbers, stops and quotation marks."""
    if "*" in text or not text.isascii():
        return [_token.findall(sentence) for sentence in _sentence.findall(text)]
    parted = text.encode().translate(_PARTED).decode()
    for mark in MARKS:
        parted = parted.replace(mark, f" {mark} ")
    return [sentence.split() for sentence in _sentence.findall(parted)]


def place(text: str, part: slice) -> Place:
    """Where these of its sentences stand."""
    found = list(_sentence.finditer(text))[part]
    return found[0].start(), found[-1].end()


def stretches(lengths: Sequence[int]) -> Iterator[slice]:
    """As many whole sentences as fit into a window, and again from where half of it has been said."""
    first = 0
    while first < len(lengths):
        last = _reached(lengths, first, WINDOW)
        yield slice(first, last)
        if last == len(lengths):
            return
        first = max(first + 1, min(_reached(lengths, first, WINDOW // 2), last - 1))


def _reached(lengths: Sequence[int], first: int, most: int) -> int:
    """Behind the last sentence that fits; the first one does in any case."""
    length, last = lengths[first], first + 1
    while last < len(lengths) and length + lengths[last] <= most:
        length += lengths[last]
        last += 1
    return last


def upper(names: str) -> frozenset[str]:
    return frozenset(names.upper().split())

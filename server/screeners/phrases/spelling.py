"""Knows words again that were mistyped; people in distress mistype."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

SHORT = 4  # letters; what is shorter is one slip from too many words
FEWER = 5  # letters of a word that may lack one, and of what may have one of the keys beside
MORE = 6  # letters of what may have one too many
OTHER = 7  # letters of what may have any other letter in one place

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BESIDE = frozenset(pair for row in ROWS for keys in (row, row[::-1]) for pair in pairwise(keys))

_drawn_out = re.compile(r"(.)\1\1")  # phrases know such words in any case


class Spelling:
    """A list of words, each found by way of what it is without one letter, so no list of typos is kept.

    Their first letter is hardly ever wrong, but where it is swapped for the second, and tells many words apart.
    """

    def __init__(self, words: Iterable[str], likely: Collection[str] = ()) -> None:
        """Of several words that may be meant it is a `likely` one, if the slip is the same."""
        self._words = frozenset(word for word in words if len(word) >= SHORT and word.isascii() and word.isalpha())
        self._likely = frozenset(likely)
        self._without: dict[str, str] = {}  # with spaces between, for hardly any is without more than one word
        for word in self._words:
            for less in dict.fromkeys(_without_one(word)):
                self._without[less] = f"{self._without[less]} {word}" if less in self._without else word
        self._near = self._without.keys() | self._words

    def meant(self, written: str) -> str | None:
        """The likeliest word that is one slip away from what is none."""
        less = _without_one(written)
        if (
            self._near.isdisjoint(less)
            and written not in self._without
            and written[1::-1] + written[2:] not in self._words
        ):
            return None  # nearly always
        if _drawn_out.search(written):
            return None
        return min(self._slips(written, less), default=(0, False, None))[2]

    def _slips(self, written: str, without_one: list[str]) -> Iterator[tuple[int, bool, str]]:
        if (word := written[1::-1] + written[2:]) in self._words:
            yield 0, word not in self._likely, word
        for word in self._without.get(written, "").split():
            if len(word) >= FEWER:
                yield 1, word not in self._likely, word
        for less in without_one:
            if len(written) >= MORE and less in self._words:
                yield 3, less not in self._likely, less
            for word in self._without.get(less, "").split():
                if len(word) == len(written) and (rank := _other_letters(written, word)) is not None:
                    yield rank, word not in self._likely, word


def _without_one(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(1, len(word))]


def _other_letters(written: str, word: str) -> int | None:
    """How unlikely it is that the one was written for the other: two letters swapped, a key beside, any key."""
    differ = [place for place, (wrong, right) in enumerate(zip(written, word, strict=True)) if wrong != right]
    wrong, right = written[differ[0]], word[differ[0]]
    if len(differ) == 2 and differ[1] == differ[0] + 1 and wrong == word[differ[1]] and right == written[differ[1]]:
        return 0
    if len(differ) == 1 and differ[0] > 0:
        if len(written) >= FEWER and (wrong, right) in BESIDE:
            return 2
        if len(written) >= OTHER:
            return 4
    return None

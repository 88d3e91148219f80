"""A text as the numbers of its words and parts of words, as encoders of the BERT family are given it (WordPiece)."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

BEGIN, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
INSIDE = "##"  # how a part begins that goes on with a word
LONGEST = 32  # letters; what is longer is no word of anybody's, and is not taken apart
RUNS = 3  # of letters that are drawn out in one word, and may each stand for one or for two

_parts = re.compile(r"[^\W_]+|[^\w\s]|_")
_drawn_out = re.compile(r"([a-z])\1{2,}")


class WordPiece:
    """For folded text: small letters, and none with a sign above it."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Each part stands at its number, the most usual ones first."""
        self._numbers = {part: number for number, part in enumerate(vocabulary)}
        self._unknown = self._numbers[UNKNOWN]
        self._longest = max(map(len, self._numbers))

    def numbers(self, text: str) -> list[int]:
        return [number for word in _parts.findall(text) for number in self._of(word)]

    def framed(self, numbers: list[int]) -> list[int]:
        """As a whole, with the marks of where it begins and ends."""
        return [self._numbers[BEGIN], *numbers, self._numbers[END]]

    def _of(self, word: str) -> list[int]:
        """Always the longest part that is known; a word with a letter that is in none is unknown as a whole."""
        if (whole := self._numbers.get(word)) is not None:
            return [whole]
        if (word := self._drawn_in(word)) in self._numbers:
            return [self._numbers[word]]
        return list(self._taken_apart(word)) if len(word) <= LONGEST else [self._unknown]

    def _drawn_in(self, word: str) -> str:
        """`killlll` as `kill`, `soooo` as `so`: the most usual word that it may be."""
        first, *rest = _drawn_out.split(word)
        letters, others = rest[::2], rest[1::2]
        if not letters or len(letters) > RUNS:
            return _drawn_out.sub(r"\1", word)
        ways = [
            first + "".join(letter * times + other for letter, times, other in zip(letters, each, others, strict=True))
            for each in product((1, 2), repeat=len(letters))
        ]
        return min(ways, key=lambda way: self._numbers.get(way, len(self._numbers)))

    def _taken_apart(self, word: str) -> Iterator[int]:
        begin, lead = 0, ""
        found = []
        while begin < len(word):
            for end in range(min(len(word), begin + self._longest), begin, -1):
                number = self._numbers.get(lead + word[begin:end])
                if number is not None:
                    break
            else:
                return iter([self._unknown])
            found.append(number)
            begin, lead = end, INSIDE
        return iter(found)

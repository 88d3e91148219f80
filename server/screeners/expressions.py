"""Where phrases are in a text: each is an expression of RE2's, which takes time in proportion to the text."""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import chain

import re2

from server.screeners.patterns import compiled

AT_ONCE = re2._Anchor.ANCHOR_START
FEW = 24  # places where a phrase may begin; from more of them it is looked for in one pass

_word_begins = re.compile(rb"\b\w")

Place = tuple[int, int]


class Said:
    """A worded text as expressions read it. Places are in characters of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = text.encode()

    @cached_property
    def _beginnings(self) -> dict[str, list[int]]:
        """Where its words begin, by their first letter."""
        found: dict[str, list[int]] = {}
        for word in _word_begins.finditer(self.bytes):
            found.setdefault(word.group().decode(), []).append(word.start())
        return found

    def beginnings(self, letters: Iterable[str]) -> list[int]:
        """Where words begin that begin with any of these."""
        return sorted(chain.from_iterable(self._beginnings.get(letter, ()) for letter in letters))

    def place(self, start: int, end: int) -> Place:
        """Of bytes."""
        if len(self.bytes) == len(self.text):
            return start, end
        return len(self.bytes[:start].decode()), len(self.bytes[:end].decode())


class Expression:
    """A phrase that may be in a text.

    Tried where a word begins as it does, it is given up after a few letters, and what RE2 has to build for that is the
    same for all texts; in one pass it is another thing for each text.
    """

    def __init__(self, source: str, letters: frozenset[str] | None = None) -> None:
        """It begins with one of the `letters`; None where that can't be told."""
        self._expression = compiled(source)
        self._match = self._expression._regexp.Match  # without what a try costs more than the match itself
        self._letters = letters

    def is_in(self, said: Said) -> bool:
        return self._expression.search(said.bytes) is not None

    def places(self, said: Said) -> list[Place]:
        """From left to right, without those that overlap one before."""
        if self._letters is not None and len(beginnings := said.beginnings(self._letters)) <= FEW:
            return self._tried(said, beginnings)
        return [said.place(*match.span()) for match in self._expression.finditer(said.bytes)]

    def _tried(self, said: Said, beginnings: list[int]) -> list[Place]:
        places: list[Place] = []
        reached, last = 0, len(said.bytes)
        for begin in beginnings:
            if begin >= reached:
                ((_, end),) = self._match(AT_ONCE, said.bytes, begin, last)
                if end >= 0:
                    places.append(said.place(begin, end))
                    reached = end
        return places

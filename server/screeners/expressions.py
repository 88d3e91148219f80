"""Where phrases are in a text: each is an expression of RE2's, which takes time in proportion to the text."""

import re
from collections.abc import Callable
from functools import cached_property
from itertools import chain
from typing import Any

import re2

from server.screeners.patterns import compiled

AT_ONCE = re2._Anchor.ANCHOR_START
FEW = 24  # places where a phrase may begin; from more of them it is looked for in one pass

_WORDS = bytes(place if re.match(rb"\w", bytes((place,))) else 32 for place in range(256))

Place = tuple[int, int]


class Said:
    """A worded text as expressions read it. Places are in characters of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = text.encode()

    @cached_property
    def _words(self) -> dict[bytes, list[int]]:
        """Where words begin, by their first two letters."""
        places: dict[bytes, list[int]] = {}
        place = 0
        for word in self.bytes.translate(_WORDS).split(b" "):
            places.setdefault(word[:2], []).append(place)
            place += len(word) + 1
        return places

    def words(self, beginnings: frozenset[bytes]) -> list[int]:
        """Where words begin that begin so."""
        words = self._words
        return sorted(chain.from_iterable(map(words.__getitem__, beginnings & words.keys())))

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

    def __init__(self, source: str, beginnings: frozenset[bytes] | None = None, *, seldom: bool = False) -> None:
        """`beginnings` are those of its first word; None where they can't be told.

        One that is asked for `seldom` is compiled when it is; that takes a third of a millisecond, and some take four.
        """
        self._source = source
        self._beginnings = beginnings
        if not seldom:
            assert self._expression

    @cached_property
    def _expression(self) -> "re2._Regexp[str]":
        return compiled(self._source)

    @cached_property
    def _match(self) -> Callable[..., Any]:
        """Without what a try costs more than the match itself."""
        match: Callable[..., Any] = self._expression._regexp.Match
        return match

    def is_all(self, said: Said, begin: int) -> bool:
        """All of a text from there on, which is letters in a row."""
        first = said.bytes[begin : begin + 2]
        if self._beginnings is not None and self._beginnings.isdisjoint((first, first[:1])):
            return False
        return self._expression.fullmatch(said.bytes, begin) is not None

    def places(self, said: Said) -> list[Place]:
        """From left to right, without those that overlap one before."""
        if self._beginnings is not None and len(words := said.words(self._beginnings)) <= FEW:
            return self._tried(said, words)
        return self.all_places(said)

    def all_places(self, said: Said) -> list[Place]:
        """In one pass, also where it begins in the midst of a word."""
        return [said.place(*match.span()) for match in self._expression.finditer(said.bytes)]

    def _tried(self, said: Said, words: list[int]) -> list[Place]:
        places: list[Place] = []
        reached, last = 0, len(said.bytes)
        for begin in words:
            if begin >= reached:
                ((_, end),) = self._match(AT_ONCE, said.bytes, begin, last)
                if end >= 0:
                    places.append(said.place(begin, end))
                    reached = end
        return places

"""Where phrases are in a text: each is an expression of RE2's, which takes time in proportion to the text."""

from collections.abc import Callable
from typing import Any

import re2

from server.screeners.patterns import compiled_bytes
from server.screeners.phrases.coded import Coded, Place

AT_ONCE = re2._Anchor.ANCHOR_START
FEW = 24  # places where a phrase may begin; from more of them it is looked for in one pass


class Expression:
    """A phrase that may be in a text."""

    def __init__(self, source: str, beginnings: frozenset[str] | None) -> None:
        """`beginnings` are codes, with one of which it begins; None where that can't be told.

        It is compiled at once: some take three milliseconds. `BadPattern` says what is wrong.
        """
        self._beginnings = beginnings
        self.compiled = compiled_bytes(source)
        # Without what a try costs beside the match.
        self._match: Callable[..., Any] = self.compiled._regexp.Match

    def places(self, coded: Coded) -> list[Place]:
        """From left to right, without those that overlap one before."""
        if self._beginnings is not None and len(words := coded.begins(self._beginnings)) <= FEW:
            return self._tried(coded, words)
        return [coded.place(*match.span()) for match in self.compiled.finditer(coded.bytes) if match.group()]

    def _tried(self, coded: Coded, words: list[int]) -> list[Place]:
        places: list[Place] = []
        reached, last = 0, len(coded.bytes)
        for begin in words:
            if begin >= reached:
                ((_, end),) = self._match(AT_ONCE, coded.bytes, begin, last)
                if end > begin:
                    places.append(coded.place(begin, end))
                    reached = end
        return places

"""Where phrases are in a text: each is an expression of RE2's, which takes time in proportion to the text."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import re2

from server.screeners.lexicon import Coded, Lexicon, Place
from server.screeners.patterns import compiled_bytes
from server.screeners.wording import AnyOf, Between, Said, Series, Times, Word, may_be_left_out

AT_ONCE = re2._Anchor.ANCHOR_START
FEW = 24  # places where a phrase may begin; from more of them it is looked for in one pass

Beginnings = tuple[frozenset[str], bool]  # codes of a first word, and whether there may be none


class Writer:
    """Writes what may be said as an expression of the codes of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[int, str] = {}
        self._kept: list[Said] = []

    def written(self, said: Said) -> str:
        if (known := self._known.get(id(said))) is not None:
            return known
        self._kept.append(said)  # as long as its id is known
        written = self._known[id(said)] = self._written(said)
        return written

    def _written(self, said: Said) -> str:
        match said:
            case Word(letters):
                return self._lexicon.pattern(letters)
            case Between(source):
                return source
            case Series(parts):
                return "".join(map(self.written, parts))
            case AnyOf(ways):
                return f"(?:{'|'.join(map(self.written, ways))})"
            case Times(part, times):
                return f"(?:{self.written(part)}){times}"

    def beginnings(self, said: Said) -> frozenset[str] | None:
        """The codes of which it must begin with one; None where that can't be told."""
        found = self._begun(said)
        return None if found is None or found[1] else found[0]

    def _begun(self, said: Said) -> Beginnings | None:
        match said:
            case Word(letters) if isinstance(letters, frozenset):
                return self._lexicon.codes(letters), "" in letters
            case Series(parts):
                codes = frozenset[str]()
                for part in parts:
                    if (found := self._begun(part)) is None:
                        return None
                    codes |= found[0]
                    if not found[1]:
                        return codes, False
                return codes, True
            case AnyOf(ways):
                each = [self._begun(way) for way in ways]
                known = [found for found in each if found is not None]
                if len(known) < len(each):
                    return None
                return frozenset[str]().union(*(codes for codes, _ in known)), any(empty for _, empty in known)
            case Times(part, times) if (found := self._begun(part)) is not None:
                return found[0], found[1] or may_be_left_out(times)
        return None


class Expression:
    """A phrase that may be in a text; it is written and compiled when it first may be."""

    def __init__(self, said: Said, writer: Writer) -> None:
        self._said = said
        self._writer = writer

    @cached_property
    def _expression(self) -> "re2._Regexp[bytes]":
        return compiled_bytes(self._writer.written(self._said))

    @cached_property
    def _beginnings(self) -> frozenset[str] | None:
        return self._writer.beginnings(self._said)

    @cached_property
    def _match(self) -> Callable[..., Any]:
        """Without what a try costs more than the match itself."""
        match: Callable[..., Any] = self._expression._regexp.Match
        return match

    def prove(self) -> None:
        """`BadPattern` says why it can't be used."""
        assert self._match

    def places(self, coded: Coded) -> list[Place]:
        """From left to right, without those that overlap one before."""
        if self._beginnings is not None and len(words := coded.words(self._beginnings)) <= FEW:
            return self._tried(coded, words)
        return [coded.place(*match.span()) for match in self._expression.finditer(coded.bytes) if match.group()]

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

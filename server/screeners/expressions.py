"""Where phrases are in a text: each is an expression of RE2's, which takes time in proportion to the text."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import re2

from server.screeners.coded import Coded, Place
from server.screeners.lexicon import Lexicon
from server.screeners.parts import AnyOf, Between, Part, Series, Times, Word, may_be_left_out
from server.screeners.patterns import compiled_bytes

AT_ONCE = re2._Anchor.ANCHOR_START
FEW = 24  # places where a phrase may begin; from more of them it is looked for in one pass

Beginnings = tuple[frozenset[str], bool]  # codes of a first word, and whether there may be none


class Writer:
    """Writes what may be said as an expression of the codes of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[int, str] = {}
        self._kept: list[Part] = []

    def written(self, part: Part) -> str:
        if (known := self._known.get(id(part))) is not None:
            return known
        self._kept.append(part)  # as long as its id is known
        written = self._known[id(part)] = self._written(part)
        return written

    def _written(self, part: Part) -> str:
        match part:
            case Word(letters):
                return self._lexicon.pattern(letters)
            case Between(source):
                return source
            case Series(parts):
                return "".join(map(self.written, parts))
            case AnyOf(ways):
                return f"(?:{'|'.join(map(self.written, ways))})"
            case Times(again, times):
                return f"(?:{self.written(again)}){times}"

    def beginnings(self, part: Part) -> frozenset[str] | None:
        """The codes of which it must begin with one; None where that can't be told."""
        found = self._begun(part)
        return None if found is None or found[1] else found[0]

    def _begun(self, part: Part) -> Beginnings | None:
        match part:
            case Word(letters) if isinstance(letters, frozenset):
                return self._lexicon.codes(letters), "" in letters
            case Series(parts):
                codes = frozenset[str]()
                for each in parts:
                    if (found := self._begun(each)) is None:
                        return None
                    codes |= found[0]
                    if not found[1]:
                        return codes, False
                return codes, True
            case AnyOf(ways):
                begun = list(map(self._begun, ways))
                known = [found for found in begun if found is not None]
                if len(known) < len(begun):
                    return None
                return frozenset[str]().union(*(codes for codes, _ in known)), any(empty for _, empty in known)
            case Times(again, times) if (found := self._begun(again)) is not None:
                return found[0], found[1] or may_be_left_out(times)
        return None


class Expression:
    """A phrase that may be in a text; it is written and compiled when it first may be."""

    def __init__(self, part: Part, writer: Writer) -> None:
        self._part = part
        self._writer = writer

    @cached_property
    def compiled(self) -> "re2._Regexp[bytes]":
        """`BadPattern` says why it can't be."""
        return compiled_bytes(self._writer.written(self._part))

    @cached_property
    def _beginnings(self) -> frozenset[str] | None:
        return self._writer.beginnings(self._part)

    @cached_property
    def _match(self) -> Callable[..., Any]:
        """Without what a try costs more than the match itself."""
        match: Callable[..., Any] = self.compiled._regexp.Match
        return match

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

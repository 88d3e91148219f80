"""A text as phrases are looked for in it: each word in its code, each mark by itself."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, count
from operator import add

from server.screeners.phrases.letters import beginning
from server.screeners.phrases.lexicon import Lexicon
from server.screeners.phrases.parts import GAP, SOFT, STOPS, written

MARKS = STOPS + SOFT

_token = re.compile(r"\w+(?:\*+\w+)*|[^\w\s]")
_piece = re.compile(r"\w+|\*")

_soft = frozenset(map(written, SOFT))

Place = tuple[int, int]


class Coded:
    """A worded text. Places in it are of characters; those in its bytes are of no use elsewhere."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self._lexicon = lexicon
        self.tokens = self._tokens()
        self.codes = list(map(lexicon.__getitem__, self.tokens))

    def _tokens(self) -> list[str]:
        text = self.text
        if "*" in text or not text.isascii():
            return list(self._one_by_one())
        for mark in MARKS:
            if mark in text:
                text = text.replace(mark, f" {mark} ")
        return text.split()

    def _one_by_one(self) -> Iterator[str]:
        """A word with stars is one where it is known so."""
        for token in _token.findall(self.text):
            if "*" in token and token not in self._lexicon:
                yield from _piece.findall(token)
            else:
                yield token

    @cached_property
    def places(self) -> list[Place]:
        """Of each word and mark."""
        places: list[Place] = []
        end = 0
        for token in self.tokens:
            begin = self.text.index(token, end)
            end = begin + len(token)
            places.append((begin, end))
        return places

    @cached_property
    def signs(self) -> set[str]:
        """Its codes and marks, each two that follow each other, and how words begin that have no code."""
        return signs_of(self.tokens, self.codes)

    @cached_property
    def bytes(self) -> bytes:
        return f"{GAP}{GAP.join(self.codes)}{GAP}".encode("latin-1")

    @cached_property
    def _begins(self) -> list[int]:
        """Where each word and mark begins in the bytes, and where the next one would."""
        return list(map(add, accumulate(map(len, self.codes), initial=1), count()))

    @cached_property
    def _begins_of(self) -> dict[str, list[int]]:
        begins: dict[str, list[int]] = {code: [] for code in self.codes}
        for code, begin in zip(self.codes, self._begins, strict=False):
            begins[code].append(begin)
        return begins

    def begins(self, codes: frozenset[str]) -> list[int]:
        """Where in the bytes the words begin that have one of these codes."""
        begins = self._begins_of
        said = codes.intersection(begins) if len(begins) < len(codes) else filter(begins.__contains__, codes)
        return sorted(chain.from_iterable(map(begins.__getitem__, said)))

    def place(self, start: int, end: int) -> Place:
        """Of the words and marks that are within some bytes."""
        first = bisect_left(self._begins, start)
        last = bisect_left(self._begins, end, lo=first + 1) - 1
        return self.places[first][0], self.places[last][1]


def signs_of(tokens: Sequence[str], codes: Sequence[str]) -> set[str]:
    """Of words and marks, and their codes."""
    hard = codes if _soft.isdisjoint(codes) else [code for code in codes if code not in _soft]
    signs = set(map(add, hard, hard[1:]))
    signs.update(codes)
    signs.update(map(beginning, signs.intersection(tokens)))
    return signs

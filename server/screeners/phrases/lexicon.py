"""The words that phrases know, each with its code of two bytes."""

import math
import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from server.screeners.phrases.letters import drawn_in, is_drawn_out
from server.screeners.phrases.parts import SOFT, written

ALONE = frozenset("aiouy")  # letters that are words by themselves
OTHER_COST = 2  # of a letter between words that were written as one
NOT_REACHED = (math.inf, 0)

_twice = re.compile(r"([a-z])\1")


class Lexicon(dict[str, str]):
    """Codes of words, and of marks that may stand between them.

    A word that is drawn out is the longest it can be; one that is not known has no code and stays as it is.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__({mark: written(mark) for mark in SOFT} | dict(words))
        self._drawn = drawn(words)
        self._longest = max(map(len, words), default=0)
        self._beginnings = frozenset(word[:3] for word in words)

    def __missing__(self, token: str) -> str:
        if not token.isascii():
            return written(token)
        if _twice.search(token):
            for word in self._drawn.get(drawn_in(token), ()):
                if is_drawn_out(token, word):
                    return self[word]
        return token

    def apart(self, word: str, *, with_others: bool = False) -> list[str]:
        """As few words as possible that were written as one; nothing where they are not all known.

        `with_others`: what is between them may be anything.
        """
        best = {0: (0.0, 0)}  # how far it can be read, at what cost, and where the last word begins
        for begin in range(len(word)):
            if begin not in best:
                continue
            cost = best[begin][0]
            longest = self._longest if word[begin : begin + 3] in self._beginnings else 2
            for end in range(begin + 1, min(begin + longest, len(word)) + 1):
                part = word[begin:end]
                if part in self and (end > begin + 1 or part in ALONE) and cost + 1 < best.get(end, NOT_REACHED)[0]:
                    best[end] = cost + 1, begin
            if with_others and cost + OTHER_COST < best.get(begin + 1, NOT_REACHED)[0]:
                best[begin + 1] = cost + OTHER_COST, begin
        if len(word) not in best:
            return []
        ends = [len(word)]
        while ends[-1]:
            ends.append(best[ends[-1]][1])
        return [word[begin:end] for begin, end in pairwise(reversed(ends))]


def drawn(words: Collection[str]) -> dict[str, list[str]]:
    """By what is left of them where no letter stands twice in a row, the longest first."""
    drawn: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        drawn.setdefault(drawn_in(word), []).append(word)
    return drawn

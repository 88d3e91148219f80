"""Stretches of a text taken together, so that whether something touches one of hundreds is soon told."""

from bisect import bisect_left
from collections.abc import Iterable

from server.screeners.phrases.coded import Place


class Covered:
    """What lies in at least one of the places."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(places):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch has a character in common with it."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start

"""The report's arithmetic: shares with their 95 % intervals, and how well a score tells two groups apart."""

from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import quantiles
from typing import NamedTuple

Z = 1.959964  # of a 95 % interval


class Share(NamedTuple):
    """So many of so many."""

    hits: int
    of: int

    @classmethod
    def where(cls, answers: Iterable[bool]) -> "Share":
        heard = list(answers)
        return cls(sum(heard), len(heard))

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def per_thousand(self) -> float:
        return self.value * 1000

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's: it keeps to 0..1 and says something of a share of none."""
        if not self.of:
            return 0.0, 1.0
        square = Z * Z
        middle = self.value + square / (2 * self.of)
        reach = Z * sqrt(self.value * (1 - self.value) / self.of + square / (4 * self.of * self.of))
        scale = 1 + square / self.of
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def told_apart(bad: Sequence[float], good: Sequence[float]) -> float:
    """AUROC: how often a bad one scores above a good one, ties counting half; 0.5 where there is nothing to compare."""
    if not bad or not good:
        return 0.5
    ranks = _ranks([*bad, *good])
    lowest = len(bad) * (len(bad) + 1) / 2
    return (sum(ranks[: len(bad)]) - lowest) / (len(bad) * len(good))


def right_at(prevalence: float, recall: float, false_alarms: float) -> float:
    """The share of alarms that are right where so many of all messages need one; `false_alarms` is a share as well."""
    right, wrong = prevalence * recall, (1 - prevalence) * false_alarms
    return right / (right + wrong) if right + wrong else 0.0


def middle_and_end(times: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    cuts = quantiles(times, n=100, method="inclusive")
    return cuts[49], cuts[98]


def _ranks(scores: Sequence[float]) -> list[float]:
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    begin = 0
    while begin < len(order):
        end = begin
        while end < len(order) and scores[order[end]] == scores[order[begin]]:
            end += 1
        for place in range(begin, end):
            ranks[order[place]] = (begin + 1 + end) / 2
        begin = end
    return ranks

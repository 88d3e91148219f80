"""What follows where an adviser is asked about a text of which the quick screeners are not sure."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from msgspec import Meta, Struct, structs

from server.domain.folding import Span
from server.domain.lessons import Name
from server.domain.screening import (
    BEARS,
    BEARS_NOTHING,
    CALM,
    EXCUSED,
    FAINT,
    Lane,
    Opinion,
    Runs,
    Screened,
    Screener,
    Verdict,
    graded,
)
from server.protocol.fields import Urgency

BRIEF = 6  # words; fewer are a few
SUREST = 0.999  # of a score: more than that it does not say


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What an adviser that was taught to tell `kinds` of lines apart says in one lane. Bounds are logarithms of odds.

    It is asked where the others are at `asked` or above; about a few words, which tell it little, at `asked_briefly`.
    What they heard counts `trust` times beside what it hears itself; from `least` up something follows, at `calm` or
    below it doubts a rule that only goes by a few words.
    """

    lane: Lane
    kinds: str
    rule: Annotated[str, Meta(pattern=r"^[a-z]+(\.[a-z0-9-]+)+$")]
    reason: Name
    verdict: Verdict
    asked: float
    asked_briefly: float
    trust: float
    least: float
    urgency: Urgency | None = None
    calm: float | None = None

    def opinion(self, heard: float, own: float, version: str, span: Span) -> Opinion:
        together = own + self.trust * heard
        score = round(1 / (1 + math.exp(-together)), 4)
        if together >= self.least:
            found = self.verdict, self.rule, version, self.reason, self.urgency
            return Opinion(self.lane, *found, (span,), score, last=True)
        reason = CALM if self.calm is not None and together <= self.calm else FAINT
        spans = (span,) if reason == FAINT and score >= BEARS and self.reason not in BEARS_NOTHING else ()
        return Opinion(self.lane, Verdict.ALLOW, self.rule, version, reason, None, spans, score, last=True)


class Advice(Struct, frozen=True, forbid_unknown_fields=True):
    """An adviser's file."""

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    answers: tuple[Answer, ...]

    def open(self, text: str, heard: Iterable[Opinion]) -> Iterator[tuple[Answer, float]]:
        """The lanes in which it is asked, with what was heard there: none in which somebody is excused already."""
        opinions = list(heard)
        if not opinions:  # nearly always
            return
        scores = graded(opinions)
        excused = {opinion.lane for opinion in opinions if opinion.reason == EXCUSED}
        is_brief = len(text.split(maxsplit=BRIEF)) < BRIEF
        for answer in self.answers:
            odds = _odds(scores[answer.lane])
            if answer.lane not in excused and odds >= (answer.asked_briefly if is_brief else answer.asked):
                yield answer, odds


def weight(weights: Mapping[str, float], kinds: str) -> float:
    """How much more speaks for one of these kinds than for any other."""
    wanted = frozenset(kinds.split())
    return _sum(value for kind, value in weights.items() if kind in wanted) - _sum(
        value for kind, value in weights.items() if kind not in wanted
    )


def said(screeners: Iterable[Screener], screened: Screened) -> list[Opinion]:
    """By all who answer at once, without a loop: those who advise are asked last, as the server asks them."""
    every = list(screeners)
    quick = [each for screener in every if screener.runs is not Runs.ADVISES for each in _answered(screener, screened)]
    after = structs.replace(screened, heard=tuple(quick))
    return quick + [each for screener in every if screener.runs is Runs.ADVISES for each in _answered(screener, after)]


def _answered(screener: Screener, screened: Screened) -> tuple[Opinion, ...]:
    answer = screener.screen(screened)
    return answer if isinstance(answer, tuple) else ()


def _odds(score: float) -> float:
    likely = min(SUREST, max(1 - SUREST, score))
    return math.log(likely / (1 - likely))


def _sum(weights: Iterable[float]) -> float:
    """Of what they are logarithms of."""
    every = list(weights)
    highest = max(every)
    return highest + math.log(sum(math.exp(weight - highest) for weight in every))

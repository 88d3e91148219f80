"""Notices what is done step by step: signs that say little alone, and together tell what someone is after."""

from collections.abc import Iterator, Sequence

from server.domain.rulebook import Rulebook
from server.domain.screening import FAINT, Opinion, Runs, Screened, Verdict
from server.screeners.phrases.sieve import Sieve
from server.screeners.rules import Rules

ENOUGH = 1.0  # what the steps of one reason must weigh together; approach.es.secret is the same step as approach.secret


class Steps:
    """The screener of files whose rules are steps; each weighs its score once, in whichever language and however often.

    A person's texts before are only looked at where the new one takes a step itself, so most texts cost nothing more.
    """

    runs = Runs.INLINE

    def __init__(self, name: str, books: Sequence[tuple[str, Rulebook]], sieve: Sieve | None = None) -> None:
        """Of one book in each language, with the name by which the sieve knows its phrases."""
        self.name = name
        self.rules = tuple(Rules(name, book, sieve) for name, book in books)

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        """A step that is not enough says how much it weighs, and nothing follows from it."""
        taken = tuple(self._taken(screened))
        if not taken:
            return ()
        before = [step for text in screened.context for step in self._taken(Screened.of(text))]
        return tuple(step if _enough(step.reason, (*before, *taken)) else _faint(step) for step in taken)

    def _taken(self, screened: Screened) -> Iterator[Opinion]:
        for rules in self.rules:
            yield from rules.screen(screened)


def _enough(reason: str, steps: Sequence[Opinion]) -> bool:
    weights = {_step(each): each.score for each in steps if each.reason == reason}
    return round(sum(weights.values()), 2) >= ENOUGH


def _step(opinion: Opinion) -> str:
    return opinion.rule.rpartition(".")[2]


def _faint(opinion: Opinion) -> Opinion:
    return Opinion(
        opinion.lane, Verdict.ALLOW, opinion.rule, opinion.version, FAINT, spans=opinion.spans, score=opinion.score
    )

"""A third reading by a small language model, asked where the quick readers are in doubt. By itself it holds nothing."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol
from weakref import finalize

from server.domain.advising import Advice, Answer, weight
from server.domain.folding import Span, fold
from server.domain.screening import CALM, Opinion, Runs, Screened
from server.outside.breaker import Breaker
from server.outside.thread import Failed, Opened, Threads

DEADLINE_S = 0.05
TOLD_BY = 400  # characters, from the beginning: they tell which reading of a text is likeliest
SHORT_CHARACTERS = 200  # a longer text is read by itself
BEFORE_CHARACTERS = 160  # of what the same person said just before are read together with a short one

Asked = Sequence[tuple[Answer, float]]  # with what the others heard


class Weighs(Protocol):
    def weights(self, text: str, /) -> Sequence[Mapping[str, float]]:
        """By kind of line, how much speaks for it, of each part of folded text."""

    def length(self, text: str, /) -> int:
        """How many words and pieces of words it makes of folded text."""


class Adviser:
    """What it fails at, or is too late for, stays with the others: it may know more, and nobody needs its leave."""

    runs = Runs.ADVISES

    def __init__(self, name: str, advice: Advice, encoder: Weighs, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self._advice = advice
        self._encoder = encoder
        self._breaker = Breaker(f"the adviser {name}", clock)
        self._thread = Threads(name, DEADLINE_S, at_once=1)
        self.close = finalize(self, self._thread.close)

    def is_asked(self, screened: Screened, heard: Iterable[Opinion]) -> bool:
        return next(self._advice.open(screened.text, heard), None) is not None

    async def advice(self, screened: Screened) -> tuple[Opinion, ...] | None:
        try:
            with self._breaker.watching():
                return await self._thread.run(Opened(), lambda: self.screen(screened))
        except Failed:
            return None

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        asked = list(self._advice.open(screened.text, screened.heard))
        if not asked:
            return ()
        text = self._likeliest(screened)
        opinions = self._opinions(asked, text, screened)
        if any(opinion.reason == CALM for opinion in opinions) and screened.context and len(text) <= SHORT_CHARACTERS:
            return self._undoubting(opinions, asked, text, screened)
        return opinions

    def _likeliest(self, screened: Screened) -> str:
        """The reading of fewest pieces, for what is no word falls apart; as it was written, where none has fewer."""
        readings = [reading.text for reading in screened.readings]
        return min(readings, key=self._pieces) if len(readings) > 1 else readings[0]

    def _pieces(self, reading: str) -> int:
        return self._encoder.length(reading[:TOLD_BY])

    def _undoubting(
        self, opinions: tuple[Opinion, ...], asked: Asked, text: str, screened: Screened
    ) -> tuple[Opinion, ...]:
        """Without doubt of what it understands once it knows what was said before: it may be a plan in three lines.

        More it does not say of them together: who talks of this and that says something like it now and then.
        """
        before = fold(" ".join(screened.context)[-BEFORE_CHARACTERS:]).text
        sure = {
            opinion.lane for opinion in self._opinions(asked, f"{before} {text}", screened) if opinion.reason == CALM
        }
        return tuple(opinion for opinion in opinions if opinion.reason != CALM or opinion.lane in sure)

    def _opinions(self, asked: Asked, text: str, screened: Screened) -> tuple[Opinion, ...]:
        read = self._encoder.weights(text)
        whole = Span(0, len(screened.text))
        return tuple(
            answer.opinion(heard, max(weight(each, answer.kinds) for each in read), self._advice.version, whole)
            for answer, heard in asked
            if read
        )

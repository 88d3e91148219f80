"""A third reading by a small language model, asked where the quick readers are in doubt. It never holds anything."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol
from weakref import finalize

from server.domain.advising import Advice, weight
from server.domain.folding import Span, fold
from server.domain.screening import Opinion, Runs, Screened
from server.outside.breaker import Breaker
from server.outside.thread import Failed, Opened, Threads
from server.screeners.learned import Ear

DEADLINE_S = 0.025
SHORT_CHARACTERS = 200  # a longer text is read by itself
BEFORE_CHARACTERS = 160  # of what the same person said just before are read together with a short one


class Weighs(Protocol):
    def weights(self, texts: Sequence[str], /) -> Sequence[Mapping[str, float]]:
        """By kind of line, how much speaks for it, of each part of these folded texts."""


class Adviser:
    """What it fails at, or is too late for, stays with the others: it may know more, and nobody needs its leave."""

    runs = Runs.ADVISES

    def __init__(
        self, name: str, advice: Advice, encoder: Weighs, ear: Ear, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = name
        self._advice = advice
        self._encoder = encoder
        self._ear = ear
        self._breaker = Breaker(f"the adviser {name}", clock)
        self._thread = Threads(name, DEADLINE_S, at_once=1)
        self.close = finalize(self, self._thread.close)

    def is_asked(self, heard: Iterable[Opinion]) -> bool:
        return next(self._advice.open(heard), None) is not None

    async def advice(self, screened: Screened) -> tuple[Opinion, ...] | None:
        try:
            with self._breaker.watching():
                return await self._thread.run(Opened(), lambda: self.screen(screened))
        except Failed:
            return None

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        asked = list(self._advice.open(screened.heard))
        if not asked:
            return ()
        read = self._encoder.weights(self._texts(screened))
        whole = Span(0, len(screened.text))
        return tuple(
            answer.opinion(heard, max(weight(each, answer.kinds) for each in read), self._advice.version, whole)
            for answer, heard in asked
            if read
        )

    def _texts(self, screened: Screened) -> list[str]:
        """It, and with what was said just before: a plan told in three short lines is one plan."""
        text = self._ear.likeliest(screened).text
        if not screened.context or len(text) > SHORT_CHARACTERS:
            return [text]
        before = fold(" ".join(screened.context)[-BEFORE_CHARACTERS:]).text
        return [text, f"{before} {text}"]

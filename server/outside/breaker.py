"""A circuit breaker: what fails again and again is left alone for a while, and then tried by one call at a time."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.outside.thread import Failed

FAILURES = 5  # in a row, before it is left alone
REST_S = 1.0  # between two tries of what is left alone

log = logging.getLogger("porchlight.outside")


class Breaker:
    """Closed while the other side answers; open while it is left alone; half-open while one call tries it."""

    def __init__(self, name: str, clock: Callable[[], float], failures: int = FAILURES, rest_s: float = REST_S) -> None:
        self._name = name
        self._clock = clock
        self._most, self._rest_s = failures, rest_s
        self._failures = 0
        self._opened: float | None = None
        self._is_tried = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Around each call; `Failed` where there is to be none now.

        A call that was cancelled has failed as well: it may have been given up for being late.
        """
        tries = self._opened is not None
        if tries:
            self._try()
        try:
            yield
        except BaseException:
            self._failed(tries)
            raise
        self._worked(tries)

    def _try(self) -> None:
        assert self._opened is not None
        if self._is_tried or self._clock() - self._opened < self._rest_s:
            raise Failed("resting")
        self._is_tried = True

    def _failed(self, tried: bool) -> None:
        if tried:
            self._opened, self._is_tried = self._clock(), False
        elif self._opened is None:  # else it was on its way when the circuit opened, and says nothing new
            self._failures += 1
            if self._failures >= self._most:
                self._opened = self._clock()
                log.warning("%s is left alone: it failed %d times in a row", self._name, self._failures)

    def _worked(self, tried: bool) -> None:
        if tried:
            self._opened, self._is_tried = None, False
            log.warning("%s answers again", self._name)
        if self._opened is None:
            self._failures = 0

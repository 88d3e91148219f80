"""A line: what must be done one after the other, without a task while nothing stands in it."""

from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias

Work: TypeAlias = Callable[[], Awaitable[None]]


class Line:
    """Bounded by whoever lets work in; `spawn` begins a task."""

    __slots__ = ("_spawn", "_work")

    def __init__(self, spawn: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._spawn = spawn
        self._work: deque[Work] = deque()

    def add(self, work: Work) -> None:
        self._work.append(work)
        if len(self._work) == 1:
            self._spawn(self._serve())

    def close(self) -> None:
        """What still stands in it is not done."""
        self._work.clear()

    async def _serve(self) -> None:
        while self._work:
            await self._work[0]()
            if self._work:
                self._work.popleft()

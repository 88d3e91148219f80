"""Work: what a connection has under way, one line of commands in their order and what does not wait in it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, TypeAlias

from server.protocol.commands import Command

ENDS_WITHIN_S = 60.0  # nothing an action waits for takes longer; a bug must not stop a person's words for ever
LATE = "late"  # what a task is cancelled with that did not

Task: TypeAlias = asyncio.Task[None]


class Load(Protocol):
    """What all connections of this process have under way together: every command that was taken and has not ended."""

    loop: asyncio.AbstractEventLoop
    under_way: int


class Work:
    """Costs nothing while nothing is under way: most connections only listen most of the time."""

    __slots__ = ("_house", "_line", "_tasks")

    def __init__(self, house: Load) -> None:
        self._house = house
        self._line: list[Command] | None = None  # the first is the one that is under way
        self._tasks: dict[Task, float] | None = None

    def serve(self, command: Command) -> Coroutine[Any, Any, None]:
        raise NotImplementedError

    def stand_in_line(self, command: Command) -> None:
        self._house.under_way += 1
        if self._line is None:
            self._line = [command]
            self._begin(self._serve_first(command))
        else:
            self._line.append(command)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._house.under_way += 1
        self._begin(work)

    @property
    def is_done(self) -> bool:
        """True while nothing is under way."""
        return not self._tasks

    def done(self) -> None:
        """Called when the last thing that was under way has ended."""

    def empty_line(self) -> None:
        """What still stands in it is not done."""
        if self._line is not None:
            self._house.under_way -= len(self._line) - 1  # the first is under way, and ends as a task does
            self._line = None

    def stop(self) -> None:
        self.empty_line()
        for task in self._tasks or ():
            task.cancel()

    def hurry(self, now: float) -> None:
        """Cancels what has not ended in time; called now and then."""
        for task, begun in list((self._tasks or {}).items()):
            if now - begun > ENDS_WITHIN_S:
                task.cancel(LATE)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        loop = self._house.loop
        task = loop.create_task(work)
        if self._tasks is None:
            self._tasks = {}
        self._tasks[task] = loop.time()
        task.add_done_callback(self._ended)

    async def _serve_first(self, command: Command) -> None:
        await self.serve(command)
        if self._line is not None:
            del self._line[0]
            if self._line:
                self._begin(self._serve_first(self._line[0]))
            else:
                self._line = None

    def _ended(self, task: Task) -> None:
        self._house.under_way -= 1
        if self._tasks is not None:
            self._tasks.pop(task, None)
            if not self._tasks:
                self._tasks = None
                self.done()

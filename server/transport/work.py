"""Work: what a connection has under way, one line of commands in their order and what does not wait in it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeAlias

from server.protocol.commands import Command

ENDS_WITHIN_S = 60.0  # nothing an action waits for takes longer; a bug must not stop a person's words for ever
LATE = "late"  # what a task is cancelled with that did not

Task: TypeAlias = asyncio.Task[None]


class Work:
    """Costs nothing while nothing is under way: most connections only listen most of the time."""

    __slots__ = ("_line", "_loop", "_tasks")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._line: list[Command] | None = None  # the first is the one that is under way
        self._tasks: dict[Task, float] | None = None

    def serve(self, command: Command) -> Coroutine[Any, Any, None]:
        raise NotImplementedError

    def stand_in_line(self, command: Command) -> None:
        if self._line is None:
            self._line = [command]
            self.begin(self._serve_first(command))
        else:
            self._line.append(command)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        if self._tasks is None:
            self._tasks = {}
        self._tasks[task] = self._loop.time()
        task.add_done_callback(self._ended)

    def empty_line(self) -> None:
        """What still stands in it is not done."""
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

    async def _serve_first(self, command: Command) -> None:
        await self.serve(command)
        if self._line is not None:
            del self._line[0]
            if self._line:
                self.begin(self._serve_first(self._line[0]))
            else:
                self._line = None

    def _ended(self, task: Task) -> None:
        if self._tasks is not None:
            self._tasks.pop(task, None)
            if not self._tasks:
                self._tasks = None

"""What stands in line is done in its order, and nothing runs while nothing stands in it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from server.transport.line import Line, Work


class Tasks:
    """Begins tasks and remembers them."""

    def __init__(self) -> None:
        self.begun: list[asyncio.Task[None]] = []

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.begun.append(asyncio.create_task(work))

    async def done(self) -> None:
        await asyncio.gather(*self.begun)


def saying(word: str, said: list[str], turns: int = 0) -> Work:
    async def work() -> None:
        for _ in range(turns):
            await asyncio.sleep(0)
        said.append(word)

    return work


async def test_a_slow_one_holds_up_those_behind_it() -> None:
    tasks, said = Tasks(), list[str]()
    line = Line(tasks.spawn)
    line.add(saying("one", said, turns=9))
    line.add(saying("two", said))
    await tasks.done()
    assert (said, len(tasks.begun)) == (["one", "two"], 1)


async def test_an_empty_line_begins_again() -> None:
    tasks, said = Tasks(), list[str]()
    line = Line(tasks.spawn)
    for word in ("one", "two"):
        line.add(saying(word, said))
        await tasks.done()
    assert (said, len(tasks.begun)) == (["one", "two"], 2)


async def test_a_closed_line_does_no_more() -> None:
    tasks, said = Tasks(), list[str]()
    line = Line(tasks.spawn)

    async def closes() -> None:
        line.close()

    line.add(closes)
    line.add(saying("never", said))
    await tasks.done()
    assert said == []

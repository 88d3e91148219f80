"""Runs the server as it is, in a process in which something else is not as it should be.

CLOCK=jumps: the machine's clock stands an hour ahead, then an hour behind, ten times a second. DEAF=1: whatever
other processes publish is lost on the way. The policy file can name `Slow`, a screener that takes its time, and
`Moody`, one whose thread dies, hangs or speaks rubbish while a file says so.
"""

import asyncio
import os
import random
import time
from pathlib import Path
from typing import Any

from server import app
from server.domain.screening import Lane, Opinion, Runs, Screened
from server.store.bus import Bus

HOUR_S = 3_600
HUNG_S = 1.0
RUBBISH: list[Any] = [None, "allow", ("allow",), (Lane.CARE,), {"verdict": "allow"}, (None,), 0]


class Slow:
    """Says nothing, after up to so many milliseconds as SLOW_MS has it; another time for each text."""

    runs = Runs.REMOTE

    def __init__(self, name: str) -> None:
        self.name = name
        self._longest_s = int(os.environ["SLOW_MS"]) / 1_000
        self._dice = random.Random(os.environ.get("SEED"))

    async def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        await asyncio.sleep(self._dice.uniform(0, self._longest_s))
        return ()


class Moody:
    """Says nothing, in a thread, and writes down what it has looked at; MOODS is where its ledger and its mood are."""

    runs = Runs.THREAD

    def __init__(self, name: str) -> None:
        self.name = name
        folder = Path(os.environ["MOODS"])
        self._mood = folder / "thread.mood"
        self._ledger = os.open(folder / "thread.ledger", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        match self._mood.read_text() if self._mood.exists() else "":
            case "dead":
                raise SystemExit
            case "hung":
                time.sleep(HUNG_S)
                return ()
            case "rubbish":
                return RUBBISH[len(screened.text) % len(RUBBISH)]  # type: ignore[no-any-return]
        os.write(self._ledger, screened.text.encode() + b"\n")
        return ()


def jumping_clock() -> None:
    true_ns = time.time_ns

    def jumped_ns() -> int:
        now = true_ns()
        return now + (HOUR_S if now // 100_000_000 % 2 else -HOUR_S) * 1_000_000_000

    time.time_ns = jumped_ns
    time.time = lambda: jumped_ns() / 1_000_000_000


def deafened() -> None:
    Bus.heard = lambda self, *published: None  # type: ignore[method-assign]


if __name__ == "__main__":
    if os.environ.get("CLOCK") == "jumps":
        jumping_clock()
    if os.environ.get("DEAF"):
        deafened()
    app.run()

"""`make demo`: a server of its own, on a folder that is gone afterwards, with rooms full of simulated people."""

import asyncio
import contextlib
import os
import random
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from loadtests.client import Client
from loadtests.serving import serving

CONVERSATIONS = Path(__file__).with_name("conversations.toml")
FIRST_LINES = 0.4  # the part that is said before anyone looks
PAUSE_SECONDS = (9.0, 26.0)
TYPING_SECONDS = (1.5, 4.0)
ROUND_SECONDS = 90.0  # between the end of a conversation and its next beginning

Talk = dict[str, Any]


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="porchlight-demo-") as folder,
        server(folder) as url,
        contextlib.suppress(KeyboardInterrupt),
    ):
        asyncio.run(evening(url))


def server(folder: str) -> contextlib.AbstractContextManager[str]:
    """A server that says on every page that its people are simulated; who tries the listeners' desk need not train."""
    return serving(folder, int(os.environ.get("PORT", "8000")), DEMO="1", STORE_FSYNC="everysec", TRAINING_REQUIRED="0")


async def evening(url: str) -> None:
    await fill(url)
    print(f"The rooms are full of simulated people: {url}  (Ctrl-C ends it)", flush=True)
    await asyncio.Event().wait()


async def fill(url: str) -> None:
    """Everyone comes in and says the first lines; the rest they say at the pace of people."""
    talks: dict[str, Talk] = tomllib.loads(CONVERSATIONS.read_text())
    for room, talk in talks.items():
        people = [Client(url, returns=True) for _ in range(talk["people"])]
        for person in people:
            await person.open()
            await person.join(f"room:{room}")
        known = round(len(talk["lines"]) * FIRST_LINES)
        for who, text in talk["lines"][:known]:
            await people[who].deliver(f"room:{room}", text)
        _keep(asyncio.create_task(converse(room, people, talk["lines"], known)))


async def converse(room: str, people: list[Client], lines: list[tuple[int, str]], known: int) -> None:
    channel = f"room:{room}"
    while True:
        for who, text in lines[known:]:
            await asyncio.sleep(random.uniform(*PAUSE_SECONDS))
            with contextlib.suppress(Exception):  # whatever happens to one line, the evening goes on
                await people[who].tell("typing", channel=channel)
                await asyncio.sleep(random.uniform(*TYPING_SECONDS))
                await people[who].deliver(channel, text)
        known = 0
        await asyncio.sleep(ROUND_SECONDS)


_tasks: set[asyncio.Task[None]] = set()  # the loop itself holds tasks only weakly


def _keep(task: asyncio.Task[None]) -> None:
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


if __name__ == "__main__":
    main()

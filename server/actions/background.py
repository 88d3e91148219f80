"""Work that nobody waits for: kept from being collected, its failures logged without content."""

import asyncio
import logging
from collections.abc import Awaitable

from server.actions.faults import where
from server.protocol.refusals import Refused

log = logging.getLogger("porchlight.background")

_tasks: set[asyncio.Task[None]] = set()


def spawn(work: Awaitable[object]) -> None:
    task = asyncio.get_running_loop().create_task(_watched(work))
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


async def finished() -> None:
    """Waits for what is under way; at a stop."""
    while _tasks:
        await asyncio.gather(*_tasks, return_exceptions=True)


async def _watched(work: Awaitable[object]) -> None:
    try:
        await work
    except Refused:
        pass  # the store is away; what matters was left as an errand and is found again
    except Exception as failure:
        log.error("background work failed: %s", where(failure))

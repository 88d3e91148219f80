"""Work that nobody waits for: kept from being collected, its failures logged without content."""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from server.actions.faults import where
from server.protocol.refusals import Refused

log = logging.getLogger("porchlight.background")

_pending: set[asyncio.Future[Any]] = set()


def spawn(work: Awaitable[object]) -> None:
    task = asyncio.get_running_loop().create_task(_watched(work))
    _pending.add(task)
    task.add_done_callback(_pending.discard)


def expect(answer: asyncio.Future[Any]) -> None:
    """As `spawn`, without a task, for what is under way already."""
    _pending.add(answer)
    answer.add_done_callback(_ended)


async def finished() -> None:
    """Waits for what is under way; at a stop."""
    while _pending:
        await asyncio.gather(*_pending, return_exceptions=True)


def _ended(answer: asyncio.Future[Any]) -> None:
    _pending.discard(answer)
    if not answer.cancelled() and (failure := answer.exception()) is not None:
        _note(failure)


async def _watched(work: Awaitable[object]) -> None:
    try:
        await work
    except Exception as failure:
        _note(failure)


def _note(failure: BaseException) -> None:
    """Where the store is away, what matters was left as an errand and is found again."""
    if not isinstance(failure, Refused):
        log.error("background work failed: %s", where(failure))

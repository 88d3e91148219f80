"""Waiting for an outcome, under a generous limit."""

import asyncio
from collections.abc import Callable

LIMIT_S = 20


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not true():
            await asyncio.sleep(0.01)

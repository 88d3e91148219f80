"""What an absent store means to a caller: one refusal, whatever went wrong below."""

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from redis.exceptions import RedisError

from server.store.script import unavailable

P = ParamSpec("P")
R = TypeVar("R")


def guarded(command: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Turns a store that does not answer into `Refused(UNAVAILABLE)`."""

    @functools.wraps(command)
    async def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await command(*args, **kwargs)
        except (RedisError, OSError, TimeoutError):
            raise unavailable() from None

    return answered

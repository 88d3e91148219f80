"""One question to the store: how it is packed, who waits for the answer, and what a refusal looks like."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, cast

import hiredis

from server.protocol.refusals import Code, Refused

Argument: TypeAlias = str | bytes | int

# A store that answers and can't serve now is away like one that does not answer. MOVED and ASK: a slot of a cluster is
# on its way to another node; what was asked was packed for the one it left.
AWAY = frozenset(
    {
        "ASK",
        "BUSY",
        "CLUSTERDOWN",
        "LOADING",
        "MASTERDOWN",
        "MISCONF",
        "MOVED",
        "NOREPLICAS",
        "OOM",
        "READONLY",
        "TRYAGAIN",
    }
)
READS = frozenset(
    {
        "ECHO",
        "EXISTS",
        "GET",
        "HGET",
        "HGETALL",
        "HKEYS",
        "HLEN",
        "HMGET",
        "HVALS",
        "PING",
        "SCARD",
        "SMEMBERS",
        "TIME",
        "XRANGE",
        "XREVRANGE",
        "ZRANGE",
    }
)
RETRY_MS = 2_000  # when the store does not answer: ask again then

packed: Callable[[tuple[Argument, ...]], bytes] = cast(Any, hiredis.pack_command)


class ReplyError(Exception):
    """The store's own word of what was wrong; its first part is a code."""

    @property
    def code(self) -> str:
        return str(self).partition(" ")[0]


class Call(NamedTuple):
    """One command on its way, and who waits for its answer, if anyone does; `source` where it runs a script."""

    packed: bytes
    source: str
    changes: bool
    answer: asyncio.Future[Any] | None
    at: float

    def settle(self, reply: Any) -> None:
        if self.answer is not None and not self.answer.done():  # its caller may have been cancelled
            self.answer.set_result(reply)

    def fail(self, fault: Exception) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(fault)
            self.answer.exception()  # of two asked together, the second is not awaited once the first has failed


def unavailable() -> Refused:
    return Refused(Code.UNAVAILABLE, retry_ms=RETRY_MS)

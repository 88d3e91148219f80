"""The copies of a node: what a turn changes is not answered before enough of them have it."""

from collections.abc import Iterable
from time import monotonic
from typing import Any

from server import metrics
from server.config import Settings
from server.store.call import Call, packed, unavailable

BRIEF_MS = 20  # once copies were missed, they are waited for no longer than this until they are back


class Copies:
    """One WAIT at the end of a turn that changes something. While it is under way nothing more may be sent: a command
    behind it would wait there too, and each would ask for a wait of its own."""

    def __init__(self, settings: Settings) -> None:
        self.asked: Call | None = None
        self._needed, self._wait_ms = settings.store_replicas, settings.store_wait_ms
        self._are_there = True  # as of the last time
        self._held: list[tuple[Call, Any]] = []

    def must_confirm(self, calls: Iterable[Call]) -> bool:
        return self._needed > 0 and any(call.changes for call in calls)

    def ask(self) -> Call:
        """The question to send behind those calls."""
        wait_ms = self._wait_ms if self._are_there else min(self._wait_ms, BRIEF_MS)
        self.asked = Call(packed(("WAIT", self._needed, wait_ms)), "", False, None, monotonic())
        return self.asked

    def hold(self, call: Call, reply: Any) -> None:
        """Nobody is told of this answer yet."""
        self._held.append((call, reply))

    def answered(self, reply: Any) -> None:
        """How many have it, also where the time was up; None where the connection ended instead."""
        held, self._held = self._held, []
        has_enough = type(reply) is int and reply >= self._needed
        self.asked, self._are_there = None, has_enough or reply is None
        if not has_enough:
            metrics.unconfirmed.inc(by=len(held))
        for call, its in held:
            if has_enough:
                call.settle(its)
            else:
                call.fail(unavailable())

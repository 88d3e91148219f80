"""One timer for every socket of the process: pings, and whatever must have happened by a certain time."""

import asyncio
from typing import Protocol

from server.config import Settings

BEATS = 15  # slots in a round, so that never more than a fifteenth of the sockets is pinged at once


class Expected(Protocol):
    def overdue(self) -> None: ...


class Beating(Expected, Protocol):
    answered: float  # loop time of the last sign of life
    slot: int

    @property
    def unsent(self) -> int: ...
    def ping(self) -> None: ...
    def unanswered(self) -> None: ...


class Pulse:
    """Each socket has a slot; a round visits every slot twice: to ping, and to look for who did not answer."""

    def __init__(self, settings: Settings) -> None:
        self._beat_seconds = settings.ping_ms / 1000 / BEATS
        # A pong is looked for before the next ping goes out.
        self._patience = min(BEATS - 1, max(1, round(settings.pong_ms / settings.ping_ms * BEATS)))
        self._slots: list[set[Beating]] = [set() for _ in range(BEATS)]
        self._pinged = [0.0] * BEATS
        self._deadlines: dict[Expected, float] = {}
        self._slow_seconds = settings.slow_ms / 1000
        self._behind: dict[Beating, tuple[int, float]] = {}  # what waited when it was last less, and when that was
        self._beats = 0
        self._joined = 0
        self._timer: asyncio.TimerHandle | None = None

    def join(self, socket: Beating) -> None:
        self._joined += 1
        socket.slot = self._joined % BEATS
        self._slots[socket.slot].add(socket)
        self._begin()

    def leave(self, socket: Beating) -> None:
        self._slots[socket.slot].discard(socket)
        self._deadlines.pop(socket, None)
        self._behind.pop(socket, None)

    def expect(self, socket: Expected, by: float) -> None:
        """Calls `overdue` unless `settled` or another `expect` comes first."""
        self._deadlines[socket] = by
        self._begin()

    def settled(self, socket: Expected) -> None:
        self._deadlines.pop(socket, None)

    def falls_behind(self, socket: Beating) -> None:
        """From here on it must take something now and then; a ping would show only later that nobody reads."""
        self._behind.setdefault(socket, (socket.unsent, asyncio.get_running_loop().time()))

    def catches_up(self, socket: Beating) -> None:
        self._behind.pop(socket, None)

    @property
    def sockets(self) -> int:
        return sum(map(len, self._slots))

    def _begin(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._beat_seconds, self._beat, loop, loop.time() + self._beat_seconds)

    def _beat(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        now = loop.time()
        self._timer = loop.call_later(self._beat_seconds, self._beat, loop, now + self._beat_seconds)
        self._beats += 1
        self._ping(self._beats % BEATS, now)
        # After a standstill of this process the answers wait unread: nobody is judged in that beat.
        if now - due < self._beat_seconds:
            self._judge((self._beats - self._patience) % BEATS)
            self._look_at_who_is_behind(now)
        for socket in [socket for socket, by in self._deadlines.items() if by <= now]:
            self._deadlines.pop(socket, None)
            socket.overdue()
        if not self._deadlines and not any(self._slots):
            self._timer.cancel()
            self._timer = None

    def _look_at_who_is_behind(self, now: float) -> None:
        for socket, (unsent, since) in list(self._behind.items()):
            if socket.unsent < unsent:
                self._behind[socket] = (socket.unsent, now)
            elif now - since > self._slow_seconds:
                socket.unanswered()
            else:
                self._behind[socket] = (socket.unsent, since)

    def _ping(self, slot: int, now: float) -> None:
        self._pinged[slot] = now
        for socket in tuple(self._slots[slot]):
            socket.ping()

    def _judge(self, slot: int) -> None:
        for socket in tuple(self._slots[slot]):
            if socket.answered < self._pinged[slot]:
                socket.unanswered()

"""The roster: who of the team is on duty on this process, kept up by heartbeat."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from server import metrics
from server.actions.caller import Caller
from server.config import Settings
from server.protocol.refusals import Refused
from server.store.duty import Duty


@dataclass(slots=True)
class Roster:
    """Who is on duty on this process, and the names on duty everywhere as they were last heard."""

    store: Duty
    settings: Settings
    names: tuple[str, ...] = ()
    changed: Callable[[tuple[str, ...]], None] = lambda names: None
    _here: dict[Caller, float] = field(default_factory=dict)  # and when a hand was last on the console
    _gone: set[str] = field(default_factory=set)

    def has(self, caller: Caller) -> bool:
        return caller in self._here

    def join(self, caller: Caller) -> None:
        self._here[caller] = asyncio.get_running_loop().time()
        self._gone.discard(_member(caller))

    def leave(self, caller: Caller) -> None:
        if self._here.pop(caller, None) is not None:
            self._gone.add(_member(caller))

    def hand(self, caller: Caller) -> None:
        if caller in self._here:
            self._here[caller] = asyncio.get_running_loop().time()

    async def beat(self) -> None:
        """Confirms who answers; drops who does not, or whose console nobody has touched for half an hour."""
        now = asyncio.get_running_loop().time()
        for caller, hand in list(self._here.items()):
            if now - hand > self.settings.hand_ms / 1000 or not caller.answering:
                self.leave(caller)
        gone, self._gone = self._gone, set()
        try:
            names = await self.store.beat(on=[_member(caller) for caller in self._here], off=gone)
        except Refused:
            self._gone |= gone
            return
        if names != self.names:
            self.names = names
            metrics.on_duty.set(len(names))
            # Who was greeted since the change was published heard neither of it.
            self.changed(names)


def _member(caller: Caller) -> str:
    return f"{caller.socket_name}\t{caller.person.name}"

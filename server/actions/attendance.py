"""Who is connected here for a one-to-one: who waits, listens or talks; a lease that each process renews for its own."""

from dataclasses import dataclass, field

from server.actions.caller import Caller
from server.store.listening import Listening


@dataclass(slots=True)
class Attendance:
    store: Listening
    _here: set[Caller] = field(default_factory=set)

    @property
    def people(self) -> set[str]:
        """Only who answers: a socket that is half open is nobody."""
        return {caller.person.id for caller in self._here if caller.answering}

    async def join(self, caller: Caller) -> None:
        self._here.add(caller)
        await self.store.attend([caller.person.id])

    def leave(self, caller: Caller) -> None:
        self._here.discard(caller)

    async def beat(self) -> None:
        if people := self.people:
            await self.store.attend(people)

"""What every action is given: the settings, the content, the store, the screening, and what the sockets know."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from server.actions.attendance import Attendance
from server.actions.caller import Here
from server.actions.condition import Condition
from server.actions.doors import Doorway
from server.actions.pager import Pager
from server.actions.policies import Policies
from server.actions.presence import Presence
from server.actions.roster import Roster
from server.actions.screening import Pipeline
from server.config import Settings
from server.domain import channels
from server.domain.content import Content
from server.domain.errands import Errand
from server.domain.handles import HandleWords
from server.domain.returning import ReturnWordList
from server.domain.rooms import Room
from server.protocol.events import Limits
from server.protocol.refusals import Code, Refused
from server.store.store import Store

Doing: TypeAlias = Callable[["Services", str, Errand], Awaitable[None]]


@dataclass(frozen=True, slots=True, repr=False)  # it holds the secret
class Services:
    settings: Settings
    limits: Limits  # of those settings, as every hello is told them
    content: Content
    store: Store
    screening: Pipeline
    policies: Policies
    here: Here
    presence: Presence
    roster: Roster
    pager: Pager
    attendance: Attendance
    condition: Condition
    doorway: Doorway
    do: Doing  # an errand of any kind, under its id
    handle_words: HandleWords
    return_words: ReturnWordList
    secret: bytes
    build: str

    def room(self, channel: str) -> Room:
        """The room, or `Refused(NO_ROOM)`."""
        found = self.content.rooms.get(channels.name(channel)) if channels.kind(channel) == "room" else None
        if found is None:
            raise Refused(Code.NO_ROOM)
        return found


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """What an operator's command needs of the services: the store and the files, without sockets or screening."""

    settings: Settings
    store: Store
    do: Doing
    content: Content | None = None

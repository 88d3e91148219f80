"""What a room is: a name, a purpose and its ways, as the operator's file says."""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from server.domain.languages import Code

RoomId = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, Meta(min_length=1, max_length=200)]


class Kind(StrEnum):
    """What the people in a room have in common."""

    TOPIC = "topic"
    CONDITION = "condition"
    IDENTITY = "identity"
    LIFE = "life"


class Preview(StrEnum):
    """What can be read without going in."""

    MESSAGES = "messages"
    NONE = "none"


class Room(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without `languages` it is read in all that the policy screens; what follows from others says its level."""

    id: RoomId
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    about: Line
    kind: Kind
    tags: Annotated[tuple[Line, ...], Meta(max_length=8)] = ()
    guidelines: Annotated[tuple[Line, ...], Meta(max_length=7)] = ()
    languages: tuple[Code, ...] = ()
    screening: str = "standard"
    slow_seconds: Annotated[int, Meta(ge=0, le=6 * 3600)] = 0
    preview: Preview = Preview.MESSAGES
    region: Annotated[str, Meta(pattern=r"^([A-Z]{2})?$")] = ""

    @property
    def channel(self) -> str:
        return f"room:{self.id}"


class RoomWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a room in another language."""

    name: Annotated[str, Meta(min_length=1, max_length=40)]
    about: Line
    tags: Annotated[tuple[Line, ...], Meta(max_length=8)] = ()
    guidelines: Annotated[tuple[Line, ...], Meta(max_length=7)] = ()


class Rooms(Struct, frozen=True, forbid_unknown_fields=True):
    """The file of rooms, in the order in which they are shown."""

    rooms: Annotated[tuple[Room, ...], Meta(min_length=1)]

    def unscreened(self, screened: Collection[Code]) -> tuple[RoomId, Code] | None:
        """The first room that is to be read in a language in which nothing is screened, with that language."""
        return next(((r.id, code) for r in self.rooms for code in r.languages if code not in screened), None)

    def twice(self) -> str | None:
        """The first id that two rooms share."""
        ids = [room.id for room in self.rooms]
        return next((id for id in ids if ids.count(id) > 1), None)

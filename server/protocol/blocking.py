"""Blocks: two people who no longer meet. The words of who blocks; the other one is never told, in any word or frame."""

from typing import ClassVar

from msgspec import Struct

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered
from server.protocol.fields import Channel, HandleText, Id, Millis, Ref, Scope, Seq
from server.protocol.people import PEERS, Role


class Block(Command, frozen=True):
    """Hide the author of a message, and yourself from them: in this room, or everywhere.

    Everywhere can show you who is who: whoever is missed in another room is the same person. Again with another
    scope changes it. Either way you two are not brought together one to one. Answer: `done`.
    """

    channel: Channel
    seq: Seq
    scope: Scope = Scope.HERE

    roles: ClassVar[frozenset[Role]] = PEERS


class Unblock(Command, frozen=True):
    """End a block of one's own. Answer: `done`."""

    block: Id

    roles: ClassVar[frozenset[Role]] = PEERS


class Blocks(Command, frozen=True):
    """Whom one has blocked. Answer: `block_list`."""

    roles: ClassVar[frozenset[Role]] = PEERS


class BlockItem(Struct, frozen=True, kw_only=True):
    """Someone whom one has blocked, by the name they had where that was done: in a room, or in a one-to-one."""

    block: Id
    channel: Channel
    handle: HandleText
    scope: Scope
    since: Millis


class BlockList(Event, frozen=True):
    """Whom one has blocked, oldest first."""

    ref: Ref
    blocks: tuple[BlockItem, ...]


class Blocked(Numbered, frozen=True):
    """You have blocked someone, or no longer do: `join` anew what is named (none: all), without `since`."""

    heard: ClassVar[str] = "inbox"

    channel: Channel | None
    at: Millis

"""Errands: what one step leaves behind because it must reach another hash tag; carried at once, finished by anyone."""

from typing import TypeAlias

from msgspec import Struct, msgpack

from server.protocol.events import BanItem, MuteItem
from server.protocol.fields import PageStep, Scope, TicketSource, Urgency
from server.protocol.supervising import AskStep


class Tell(Struct, frozen=True, tag="tell"):
    """Add an encoded event to a channel."""

    channel: str
    event: bytes


class OpenTicket(Struct, frozen=True, tag="open_ticket"):
    """Someone may need a person: open a care ticket, or repeat the one that is open.

    `told`: they know that someone of the team is asked.
    """

    ticket: str
    person: str
    source: TicketSource
    urgency: Urgency
    channel: str | None
    handle: str
    text: str
    rule: str
    since: int
    note: str = ""
    told: bool = False
    drill: bool = False


class Reached(Struct, frozen=True, tag="reached"):
    """Someone of the team has written to the person of a ticket."""

    ticket: str
    name: str


class Minded(Struct, frozen=True, tag="minded"):
    """Someone of the team has taken a ticket, or nobody has it any more: a listener who is worried hears of it."""

    ticket: str


class Page(Struct, frozen=True, tag="page"):
    """Call someone by the pager: a ticket waits since then; `times` tells one call for it from the next."""

    ticket: str
    urgency: Urgency
    step: PageStep
    since: int
    times: int = 1


class CallFor(Struct, frozen=True, tag="call_for"):
    """Call someone by the pager: a listener's question, by its thread, waits since then."""

    ask: str
    step: AskStep
    since: int
    times: int


class NoteMute(Struct, frozen=True, tag="note_mute"):
    """Let the desk know of a mute."""

    person: str
    item: MuteItem


class NoteBan(Struct, frozen=True, tag="note_ban"):
    """Let the desk know of a ban."""

    person: str
    item: BanItem


class NoteBlock(Struct, frozen=True, tag="note_block"):
    """Let the other side of a block have its half, and every process know that there is one.

    `scope` is empty where the block ended; of two notes of one block the one with the later `at` holds.
    """

    block: str
    by: str
    person: str
    channel: str
    scope: Scope | None
    at: int


class OpenOne(Struct, frozen=True, tag="open_one"):
    """Seat two people in a one-to-one, and say the peer's draft there; a later `fence` takes an earlier one's place."""

    channel: str
    person: str
    handle: str
    listener: str
    fence: int
    client_id: bytes
    draft: bytes


class CloseOne(Struct, frozen=True, tag="close_one"):
    """Nobody writes in a one-to-one any more."""

    channel: str
    listener: str


class Wipe(Struct, frozen=True, tag="wipe"):
    """Take away all that is a person's: names, words, and what tells of them."""

    person: str


Errand: TypeAlias = (
    Tell | OpenTicket | NoteMute | NoteBan | NoteBlock | Reached | Minded | Page | CallFor | OpenOne | CloseOne | Wipe
)
Errands: TypeAlias = dict[str, Errand]

_decoder = msgpack.Decoder(Errand)


def packed(errands: Errands) -> bytes:
    """As the scripts take them: each id and each encoded errand with its length before it."""
    if not errands:
        return b""
    parts = (part for errand, what in errands.items() for part in (errand.encode(), msgpack.encode(what)))
    return b"".join(len(part).to_bytes(4) + part for part in parts)


def unpacked(errand: bytes) -> Errand:
    what: Errand = _decoder.decode(errand)
    return what

"""Own data: which lines of a log are a person's or tell of them, and what a wipe leaves of a record."""

from collections.abc import Iterable

from msgspec import structs

from server.domain.care import TicketRecord
from server.protocol.codec import UNSTAMPED
from server.protocol.events import (
    Event,
    Held,
    HoldArrived,
    HoldEnded,
    Removed,
    Restored,
    Said,
    TicketChanged,
)
from server.protocol.listening import OneBegan, OneEnded


def gone(channel: str, seq: int, message: Said | Restored) -> Removed:
    """As everyone is told that its author took it away: at the number under which it was first shown."""
    shown = message.back if isinstance(message, Restored) else seq
    return Removed(channel=channel, gone=shown, own=True, at=UNSTAMPED)


def tells_of_hold(event: Event, hold: str) -> bool:
    """Whether a line of an inbox or of the desk carries the text of what was held."""
    match event:
        case Held() | HoldEnded():
            return event.hold == hold
        case HoldArrived():
            return event.hold.hold == hold
    return False


def tells_of_ticket(event: Event, tickets: Iterable[str]) -> bool:
    return isinstance(event, TicketChanged) and event.ticket.ticket in tickets and bool(event.ticket.text)


def tells_of_one(event: Event, channels: Iterable[str]) -> bool:
    """Whether a line of a listener's inbox names the peer of one of these one-to-ones."""
    return isinstance(event, OneBegan | OneEnded) and event.one.channel in channels


def wordless(record: TicketRecord) -> TicketRecord:
    """A ticket whose person took their words away: that there is one stays, and who has it."""
    ticket = structs.replace(record.ticket, text="", handle="", note="")
    return record if ticket == record.ticket else structs.replace(record, ticket=ticket)

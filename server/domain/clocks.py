"""The clocks of a care ticket: what its time has come for, and when it is looked at next."""

from collections.abc import Collection
from typing import Any, Protocol

from msgspec import Struct, structs

from server.domain import care
from server.domain.care import TicketRecord
from server.protocol.events import Ticket
from server.protocol.fields import CareStep, PageStep, TicketState, Urgency

LADDER = tuple(PageStep)
WHEN_NOBODY = (PageStep.TEAM, PageStep.OPERATOR)  # of those on duty there is none to call
LOOKS = 4  # for the holder of a ticket, in the time in which it would lapse
EARLY = 4  # a concern is told again when a quarter of its time is left, and then each quarter


class Clocks(Protocol):
    """How long each thing may take; the settings carry these."""

    @property
    def ring_ms(self) -> int: ...
    @property
    def deputy_ms(self) -> int: ...
    @property
    def everyone_ms(self) -> int: ...
    @property
    def operator_ms(self) -> int: ...
    @property
    def page_again_ms(self) -> int: ...
    @property
    def concern_ms(self) -> int: ...
    @property
    def contact_ms(self) -> int: ...
    @property
    def contact_late_ms(self) -> int: ...
    @property
    def attempt_ms(self) -> int: ...
    @property
    def lease_ms(self) -> int: ...


class Call(Struct, frozen=True):
    """What follows for a ticket that nobody has: whom the pager calls, and whether the person is told so."""

    record: TicketRecord
    pages: tuple[PageStep, ...] = ()
    is_alone: bool = False


def promised(record: TicketRecord, clocks: Clocks) -> int:
    """By when the next thing should have happened: that someone has it, speaks with the person, or tries again."""
    ticket, began = record.ticket, record.clock.began
    match ticket.state:
        case TicketState.OPEN:
            return began + (clocks.concern_ms if ticket.urgency is Urgency.CONCERN else clocks.deputy_ms)
        case TicketState.ACKNOWLEDGED:
            return began + (clocks.attempt_ms if ticket.attempts else clocks.contact_ms)
        case TicketState.IN_CONTACT:
            return began + clocks.attempt_ms if ticket.attempts else 0
        case TicketState.SETTLED:
            return 0


def due(record: TicketRecord, clocks: Clocks) -> int:
    """When this ticket is looked at next; 0 for never again."""
    ticket, clock = record.ticket, record.clock
    if ticket.state is TicketState.SETTLED:
        return 0
    if ticket.state is TicketState.OPEN and (ticket.urgency is Urgency.CONCERN or (ticket.drill and ticket.paged)):
        return _tells_again(record, clocks)
    if ticket.state is TicketState.OPEN:
        return min(_tells_again(record, clocks), _pages_next(record, clocks))
    look, until = clock.looked + clocks.lease_ms // LOOKS, promised(record, clocks)
    if until == 0 or (clock.reminded and ticket.state is TicketState.IN_CONTACT):
        return look
    return min(look, until + clocks.contact_late_ms if clock.reminded else until)


def call(record: TicketRecord, now: int, on_duty: Collection[str], clocks: Clocks) -> Call:
    """Nobody has it: the desk is told again, and the pager calls ever more people."""
    ticket, clock = record.ticket, record.clock
    rings = now >= _tells_again(record, clocks)
    if rings:
        record = _kept(record, now, clock={"rang": now}, rings=ticket.rings + 1)
    if ticket.urgency is Urgency.CONCERN:
        return Call(record)
    pages = _pages(record, now, bool(on_duty), clocks)
    if pages:
        paged = {"paged": now, "pages": clock.pages + len(pages)}
        if ticket.paged is not pages[-1]:  # a call that is repeated is not noted again
            record = care.changed(record, now, CareStep.CALLED)
        record = _kept(record, now, clock=paged, paged=pages[-1])
    is_alone = record.told and not ticket.nobody_at and (not on_duty or now >= clock.began + clocks.operator_ms)
    if is_alone:
        record = care.changed(record, now, CareStep.NOBODY, nobody_at=now)
    return Call(record, pages, is_alone)


def watch(
    record: TicketRecord, now: int, on_duty: Collection[str], clocks: Clocks, *, was_stopped: bool = False
) -> TicketRecord:
    """Someone has it: whether they are still there, and have spoken with the person in time.

    `was_stopped`: the clocks stood still, which says nothing of anyone's absence.
    """
    ticket, clock = record.ticket, record.clock
    if ticket.state not in care.HELD:
        return record
    seen = max(now, clock.seen) if was_stopped or ticket.taken_by in on_duty else clock.seen
    if now >= seen + clocks.lease_ms:
        return care.returned(record, CareStep.LAPSED, now)
    record = structs.replace(record, clock=structs.replace(clock, seen=seen, looked=now))
    until = promised(record, clocks)
    if until == 0 or now < until:
        return record
    if not clock.reminded:
        return _kept(record, now, clock={"reminded": True}, rings=ticket.rings + 1)
    if ticket.state is TicketState.ACKNOWLEDGED and now >= until + clocks.contact_late_ms:
        return care.returned(record, CareStep.OVERDUE, now)
    return record


def _tells_again(record: TicketRecord, clocks: Clocks) -> int:
    if record.ticket.urgency is not Urgency.CONCERN:
        return record.clock.rang + clocks.ring_ms
    quarter = clocks.concern_ms // EARLY
    return record.clock.rang + (quarter if record.ticket.rings else clocks.concern_ms - quarter)


def _pages(record: TicketRecord, now: int, is_someone_here: bool, clocks: Clocks) -> tuple[PageStep, ...]:
    """Every step whose time has come and that was not taken; after the last one, that again.

    An exercise calls the team, at once and once: it wakes nobody who need not know that the way to them works.
    """
    if record.ticket.drill:
        return () if record.ticket.paged else (PageStep.TEAM,)
    if record.ticket.paged is PageStep.OPERATOR:
        return (PageStep.OPERATOR,) if now >= record.clock.paged + clocks.page_again_ms else ()
    left = LADDER[_done(record.ticket) :]
    if not is_someone_here:
        return tuple(step for step in left if step in WHEN_NOBODY)
    return tuple(step for step in left if now >= record.clock.began + _after(step, record.ticket, clocks))


def _pages_next(record: TicketRecord, clocks: Clocks) -> int:
    if record.ticket.paged is PageStep.OPERATOR:
        return record.clock.paged + clocks.page_again_ms
    return min(record.clock.began + _after(step, record.ticket, clocks) for step in LADDER[_done(record.ticket) :])


def _after(step: PageStep, ticket: Ticket, clocks: Clocks) -> int:
    match step:
        case PageStep.TEAM:
            return 0 if ticket.urgency is Urgency.IMMINENT else clocks.deputy_ms
        case PageStep.DEPUTY:
            return clocks.deputy_ms
        case PageStep.EVERYONE:
            return clocks.everyone_ms
        case PageStep.OPERATOR:
            return clocks.operator_ms


def _done(ticket: Ticket) -> int:
    return LADDER.index(ticket.paged) + 1 if ticket.paged else 0


def _kept(record: TicketRecord, now: int, clock: dict[str, Any], **fields: Any) -> TicketRecord:
    """A change that is told and not noted."""
    return structs.replace(
        record,
        ticket=structs.replace(record.ticket, changed=now, **fields),
        clock=structs.replace(record.clock, **clock),
    )

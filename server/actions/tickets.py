"""Care tickets, changed one at a time: every change sets the clock that comes next, and leaves what follows from it."""

from collections.abc import Callable

from msgspec import msgpack, structs

from server import metrics
from server.actions.services import Services
from server.domain import care, channels, clocks, identity
from server.domain.care import TicketRecord
from server.domain.clocks import Call
from server.domain.errands import Errands, Minded, OpenTicket, Page, Tell
from server.domain.moderation import AuditRow
from server.protocol.care import NobodyHere, TicketReturned
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import TicketChanged
from server.protocol.fields import TicketState
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer, Owned

TRIES = 20  # two people changing one record at once; each try is one round trip

_tickets = msgpack.Decoder(TicketRecord)


async def ticket(services: Services, ticket_id: str) -> TicketRecord:
    """The ticket, or `Refused(NO_ROOM)`: not there and not yours are one answer."""
    record = await services.store.desk.record(Drawer.TICKETS, ticket_id)
    if not record:
        raise Refused(Code.NO_ROOM)
    return decoded(record)


def decoded(record: bytes) -> TicketRecord:
    return _tickets.decode(record)


async def open_ticket(services: Services, because: OpenTicket, row: AuditRow | None = None) -> Errands:
    """Someone may need a person: a ticket of their own, or one more mark on the one that is open.

    The errands it leaves at the desk are returned, to be carried.
    """
    if not services.roster.names:
        await services.roster.beat()  # nobody is told on old news that nobody is here
    opens = because
    for _ in range(TRIES):
        ticket_id = await services.store.desk.ticket_of(because.person) or opens.ticket
        expected = await services.store.desk.record(Drawer.TICKETS, ticket_id)
        before = _tickets.decode(expected) if expected else None
        if before is not None and _is_said_anew(before, because):
            changed = str(before.ticket.changed)
            opens = structs.replace(because, ticket=identity.ticket_id(services.secret, because.ticket, changed))
            continue
        # Also known by the first name of what was said: carried twice, it counts once.
        record = care.opened(opens, because.ticket) if before is None else care.repeated(before, because)
        if record == before:
            return {}  # this very worry was told before
        called = _called(services, record, services.store.clock.now())
        left = _left(before, called)
        if await _change(services, expected, before, called.record, Owned.OPEN, left, row):
            metrics.tickets.inc(because.urgency.value)
            return left
    raise Refused(Code.CONFLICT)


async def change_ticket(
    services: Services,
    ticket_id: str,
    rule: Callable[[TicketRecord], TicketRecord],
    tell: Callable[[TicketRecord], Errands] = lambda record: {},
    row: AuditRow | None = None,
    now: int | None = None,
) -> tuple[TicketRecord, Errands]:
    """Applies a rule to a ticket as it is now; the errands it leaves are returned, to be carried.

    What comes out as it was is not changed, and nobody hears of it.
    """
    for _ in range(TRIES):
        expected = await services.store.desk.record(Drawer.TICKETS, ticket_id)
        if not expected:
            raise Refused(Code.GONE)
        before = _tickets.decode(expected)
        called = _called(services, rule(before), now or services.store.clock.now())
        if called.record is before:
            return before, {}
        left = tell(called.record) | _left(before, called)
        owned = Owned.CLOSED if called.record.ticket.state is TicketState.SETTLED else Owned.UNCHANGED
        if await _change(services, expected, before, called.record, owned, left, row):
            return called.record, left
    raise Refused(Code.CONFLICT)


def _is_said_anew(before: TicketRecord, because: OpenTicket) -> bool:
    """A worry that was said after its ticket was settled is a new one; what is carried twice was said before."""
    return before.ticket.state is TicketState.SETTLED and because.since > before.ticket.changed


def _called(services: Services, record: TicketRecord, now: int) -> Call:
    """What the clocks ask for at this moment, where nobody has it."""
    if record.ticket.state is not TicketState.OPEN:
        return Call(record)
    return clocks.call(record, now, services.roster.names, services.settings)


async def _change(
    services: Services,
    expected: bytes,
    before: TicketRecord | None,
    record: TicketRecord,
    owned: Owned,
    left: Errands,
    row: AuditRow | None,
) -> bool:
    ticket = structs.replace(record.ticket, due=clocks.promised(record, services.settings))
    is_heard = before is None or ticket != before.ticket
    change = Change(
        Drawer.TICKETS,
        ticket.ticket,
        expected,
        encode(structs.replace(record, ticket=ticket)),
        TicketChanged(ticket=ticket, at=UNSTAMPED) if is_heard else None,
        record.person,
        owned,
        left,
        row,
        due=clocks.due(record, services.settings),
        is_worry=owned is Owned.OPEN,
    )
    return await services.store.desk.change(change)


def _left(before: TicketRecord | None, called: Call) -> Errands:
    """What the person is told, and whom the pager calls; each under a name of its own, so that it counts once."""
    ticket, clock = called.record.ticket, called.record.clock
    inbox, left = channels.inbox(called.record.person), Errands()
    if before is not None and before.ticket.state in care.HELD and ticket.state is TicketState.OPEN:
        returned = TicketReturned(ticket=ticket.ticket, at=UNSTAMPED)
        left[f"returned:{ticket.ticket}:{ticket.fence}"] = Tell(inbox, encode(returned))
    is_passed = before is not None and care.holder(before.ticket) != care.holder(ticket)
    if is_passed and ticket.state is not TicketState.SETTLED:
        left[f"minded:{ticket.ticket}:{ticket.fence}:{ticket.state.value}"] = Minded(ticket.ticket)
    if called.is_alone:
        nobody = NobodyHere(ticket=ticket.ticket, at=UNSTAMPED)
        left[f"nobody:{ticket.ticket}:{clock.began}"] = Tell(inbox, encode(nobody))
    for times, step in enumerate(called.pages, clock.pages - len(called.pages) + 1):
        left[f"page:{ticket.ticket}:{times}"] = Page(ticket.ticket, ticket.urgency, step, clock.began, times)
    return left

"""Care: what becomes of a ticket, and when an automatic card may be shown."""

from msgspec import Struct, structs

from server.domain.errands import OpenTicket
from server.protocol.events import Ticket
from server.protocol.fields import CardAnswer, TicketOutcome, TicketState, Urgency
from server.protocol.refusals import Code, Refused

WORRIES = 50  # of one ticket, remembered so that none counts twice
GRAVITY = {None: 0, Urgency.CONCERN: 1, Urgency.SERIOUS: 2, Urgency.IMMINENT: 3}


class TicketRecord(Struct, frozen=True):
    """A ticket as the desk keeps it: what staff see, whose it is, and which worries led to it.

    The last two leave the server for nobody.
    """

    ticket: Ticket
    person: str
    worries: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "TicketRecord(...)"


class Rest(Struct, frozen=True):
    """A card was answered: until then none is shown by itself, unless it is graver than that one."""

    until: int
    urgency: Urgency | None


def may_show_card(rest: Rest | None, urgency: Urgency | None, now: int) -> bool:
    return rest is None or rest.until <= now or GRAVITY[urgency] > GRAVITY[rest.urgency]


def opened(because: OpenTicket) -> TicketRecord:
    ticket = Ticket(
        ticket=because.ticket,
        source=because.source,
        state=TicketState.OPEN,
        urgency=because.urgency,
        channel=because.channel,
        handle=because.handle,
        text=because.text,
        rule=because.rule,
        taken_by="",
        says="",
        outcome=None,
        times=1,
        since=because.since,
        changed=because.since,
        drill=because.drill,
    )
    return TicketRecord(ticket, because.person, (because.ticket,))


def repeated(record: TicketRecord, because: OpenTicket) -> TicketRecord:
    """The same person again: the graver urgency counts, the latest words are shown, whoever has it keeps it.

    One worry counts once, however often it is told.
    """
    if because.ticket in record.worries:
        return record
    record = structs.replace(record, worries=(*record.worries, because.ticket)[-WORRIES:])
    urgency = max(record.ticket.urgency, because.urgency, key=GRAVITY.__getitem__)
    return _changed(
        record,
        because.since,
        times=record.ticket.times + 1,
        urgency=urgency,
        text=because.text or record.ticket.text,
        channel=because.channel or record.ticket.channel,
        handle=because.handle or record.ticket.handle,
        says="",
    )


def taken(record: TicketRecord, name: str, now: int) -> TicketRecord:
    """One person of the team has it; asking again for one's own changes nothing."""
    match record.ticket.state:
        case TicketState.OPEN:
            return _changed(record, now, state=TicketState.TAKEN, taken_by=name)
        case TicketState.TAKEN:
            if record.ticket.taken_by == name:
                return record
    raise Refused(Code.CONFLICT)


def answered(record: TicketRecord, says: CardAnswer, now: int) -> TicketRecord:
    return _changed(record, now, says=says.value)


def settled(record: TicketRecord, outcome: TicketOutcome, now: int) -> TicketRecord:
    if record.ticket.state is TicketState.SETTLED:
        raise Refused(Code.GONE)
    return _changed(record, now, state=TicketState.SETTLED, outcome=outcome)


def _changed(record: TicketRecord, now: int, **fields: object) -> TicketRecord:
    return structs.replace(record, ticket=structs.replace(record.ticket, changed=now, **fields))

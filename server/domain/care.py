"""Care: what becomes of a ticket, and when an automatic card may be shown."""

from typing import Any

from msgspec import Struct, structs

from server.domain.errands import OpenTicket
from server.protocol.events import Noted, Ticket
from server.protocol.fields import CardAnswer, CareStep, TicketOutcome, TicketState, Urgency
from server.protocol.refusals import Code, Refused

WORRIES = 50  # of one ticket, remembered so that none counts twice
NOTED = 50  # of what happened to one ticket
ATTEMPTS = 3  # before someone is said to be unreachable: one, and two further ones
GRAVITY = {None: 0, Urgency.CONCERN: 1, Urgency.SERIOUS: 2, Urgency.IMMINENT: 3}
HELD = frozenset({TicketState.ACKNOWLEDGED, TicketState.IN_CONTACT})


class Clock(Struct, frozen=True):
    """What a ticket's clocks go by, in milliseconds of the store's clock.

    `began`: since when it is as it is. `rang`: when the desk was last told again. `paged`, `pages`: when the pager
    was last asked, and how often. `seen`, `looked`: when its holder was last found on duty, and last looked for.
    `reminded`: its holder was told that it is time.
    """

    began: int = 0
    rang: int = 0
    paged: int = 0
    pages: int = 0
    seen: int = 0
    looked: int = 0
    reminded: bool = False


class TicketRecord(Struct, frozen=True):
    """A ticket as the desk keeps it: what staff see, whose it is, which worries led to it, and its clocks.

    All but the first leave the server for nobody. `told`: the person knows that someone of the team is asked.
    """

    ticket: Ticket
    person: str
    worries: tuple[str, ...] = ()
    clock: Clock = Clock()
    told: bool = False

    def __repr__(self) -> str:
        return "TicketRecord(...)"


class Rest(Struct, frozen=True):
    """A card was answered: until then none is shown by itself, unless it is graver than that one."""

    until: int
    urgency: Urgency | None


def holder(ticket: Ticket) -> str:
    """Who of the team has it, or nobody."""
    return ticket.taken_by if ticket.state in HELD else ""


def may_show_card(rest: Rest | None, urgency: Urgency | None, now: int) -> bool:
    return rest is None or rest.until <= now or GRAVITY[urgency] > GRAVITY[rest.urgency]


def opened(because: OpenTicket, worry: str = "") -> TicketRecord:
    """`worry`: by what name it was said, where that is not the ticket's."""
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
        note=because.note,
        noted=(Noted(CareStep.OPENED, "", because.since),),
    )
    clock = Clock(began=because.since, rang=because.since)
    return TicketRecord(ticket, because.person, (worry or because.ticket,), clock, because.told)


def repeated(record: TicketRecord, because: OpenTicket) -> TicketRecord:
    """The same person again: the graver urgency counts, the latest words are shown, whoever has it keeps it.

    One worry counts once, however often it is told; and what is settled stays so.
    """
    before = record.ticket
    if because.ticket in record.worries or before.state is TicketState.SETTLED:
        return record
    urgency = max(before.urgency, because.urgency, key=GRAVITY.__getitem__)
    if before.state is TicketState.OPEN and before.urgency is Urgency.CONCERN and urgency is not Urgency.CONCERN:
        record = _begun(record, because.since)  # an hour's clock becomes a minute's
    record = structs.replace(
        record, worries=(*record.worries, because.ticket)[-WORRIES:], told=record.told or because.told
    )
    return changed(
        record,
        because.since,
        CareStep.AGAIN,
        times=before.times + 1,
        urgency=urgency,
        text=because.text or before.text,
        channel=because.channel or before.channel,
        handle=because.handle or before.handle,
        note=because.note or before.note,
        says="",
    )


def taken(record: TicketRecord, name: str, now: int, away_ms: int = 0) -> TicketRecord:
    """One person of the team has it; asking again for one's own changes nothing.

    Who is offered it by its holder takes it over by the same word. `away_ms`: how long they may be on their way.
    """
    ticket = record.ticket
    if ticket.state in HELD and ticket.taken_by == name:
        return record
    if ticket.state is not TicketState.OPEN and not (ticket.state in HELD and ticket.offered_to == name):
        raise Refused(Code.CONFLICT)
    clock = structs.replace(record.clock, began=now, seen=now + away_ms, looked=now, reminded=False)
    return changed(
        structs.replace(record, clock=clock),
        now,
        CareStep.TAKEN,
        name,
        state=TicketState.ACKNOWLEDGED,
        taken_by=name,
        offered_to="",
        fence=ticket.fence + 1,
        rings=0,
    )


def contacted(record: TicketRecord, name: str, now: int) -> TicketRecord:
    """Someone of the team has spoken with the person, or says so; of nobody's ticket that settles nothing."""
    if record.ticket.state not in HELD or (
        record.ticket.state is TicketState.IN_CONTACT and record.ticket.attempts == 0
    ):
        return record
    clock = structs.replace(record.clock, began=now, reminded=False)
    record = structs.replace(record, clock=clock)
    return changed(record, now, CareStep.CONTACT, name, state=TicketState.IN_CONTACT, attempts=0)


def attempted(record: TicketRecord, name: str, wait: int, now: int) -> TicketRecord:
    """A try to reach them was in vain; the next one counts after `wait` milliseconds."""
    due = record.clock.began + wait
    if record.ticket.attempts > 0 and now < due:
        raise Refused(Code.RATE, retry_ms=due - now)
    clock = structs.replace(record.clock, began=now, reminded=False)
    record = structs.replace(record, clock=clock)
    return changed(record, now, CareStep.ATTEMPT, name, attempts=record.ticket.attempts + 1)


def offered(record: TicketRecord, name: str, to: str, now: int) -> TicketRecord:
    return changed(record, now, CareStep.OFFERED, name, offered_to=to)


def returned(record: TicketRecord, step: CareStep, now: int) -> TicketRecord:
    """Nobody has it any more: its clocks begin anew."""
    name = record.ticket.taken_by
    return changed(_begun(record, now), now, step, name, state=TicketState.OPEN, taken_by="", offered_to="")


def answered(record: TicketRecord, says: CardAnswer, now: int) -> TicketRecord:
    return changed(record, now, CareStep.ANSWERED, says=says.value)


def safe(record: TicketRecord, now: int) -> TicketRecord:
    """The person says that they are safe; whoever has the ticket decides what follows."""
    return changed(record, now, CareStep.SAFE, says="safe")


def alarmed(record: TicketRecord, name: str, policy: str, now: int) -> TicketRecord:
    """Its holder called an emergency service: the last step, and only where the operator has said how it is taken."""
    if not policy or record.ticket.urgency is not Urgency.IMMINENT:
        raise Refused(Code.FORBIDDEN)
    return changed(record, now, CareStep.EMERGENCY, name)


def settled(record: TicketRecord, name: str, outcome: TicketOutcome, now: int) -> TicketRecord:
    """Only once they were heard, or tried often enough."""
    ticket = record.ticket
    if outcome is TicketOutcome.UNREACHABLE:
        if ticket.attempts < ATTEMPTS:
            raise Refused(Code.ATTEMPTS_FIRST)
    elif ticket.state is not TicketState.IN_CONTACT and not ticket.says:
        raise Refused(Code.CONTACT_FIRST)
    return changed(record, now, CareStep.SETTLED, name, state=TicketState.SETTLED, outcome=outcome, offered_to="")


def held(record: TicketRecord, name: str, fence: int) -> TicketRecord:
    """The ticket, for who holds it now; whoever held it before is refused, by the fence."""
    ticket = record.ticket
    if ticket.state is TicketState.SETTLED:
        raise Refused(Code.GONE)
    if ticket.state not in HELD or ticket.taken_by != name or ticket.fence != fence:
        raise Refused(Code.CONFLICT)
    return record


def changed(record: TicketRecord, now: int, step: CareStep, by: str = "", **fields: Any) -> TicketRecord:
    """What happened is kept in the ticket: how it began, and the latest."""
    noted = (*record.ticket.noted, Noted(step, by, now))
    kept = noted if len(noted) <= NOTED else (noted[0], *noted[1 - NOTED :])
    return structs.replace(record, ticket=structs.replace(record.ticket, changed=now, noted=kept, **fields))


def _begun(record: TicketRecord, now: int) -> TicketRecord:
    ticket = structs.replace(record.ticket, rings=0, paged=None, nobody_at=0)
    return structs.replace(
        record, ticket=ticket, clock=structs.replace(record.clock, began=now, rang=now, reminded=False)
    )

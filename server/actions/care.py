"""Care: help that is asked for, worry that is said, and the private thread in which a person answers."""

from msgspec import structs

from server.actions import errands, following, holding, tickets
from server.actions.caller import Caller
from server.actions.messages import Author, audit_row, author_of, worry_about
from server.actions.services import Services
from server.domain import care, channels, identity
from server.domain.care import Rest
from server.domain.errands import OpenTicket
from server.domain.text import clean
from server.protocol.care import Holding, Safe
from server.protocol.commands import Answer, Escalate, Help, Join, Spare, Take
from server.protocol.events import Done, HelpReceived, Joined
from server.protocol.fields import TicketSource, TicketState, Urgency
from server.protocol.people import CARERS, Role, Voice
from server.protocol.refusals import Code, Refused


async def ask_for_help(services: Services, caller: Caller, command: Help) -> HelpReceived:
    """Durable before it is answered; pressed again it is the same request."""
    ticket = identity.ticket_id(services.secret, caller.person.id, command.client_id.hex())
    await errands.open_ticket(
        services,
        OpenTicket(
            ticket=ticket,
            person=caller.person.id,
            source=TicketSource.HELP_BUTTON,
            urgency=Urgency.SERIOUS,
            channel=command.channel,
            handle=caller.names.get(command.channel or "", ""),
            text="",
            rule="",
            since=services.store.clock.now(),
            drill=identity.is_drill(services.secret, caller.person.id),
            told=True,
        ),
    )
    open_one = await services.store.desk.ticket_of(caller.person.id) or ticket
    return HelpReceived(ref=command.ref, ticket=open_one, staff=len(services.roster.names))


async def answer(services: Services, caller: Caller, command: Answer) -> Done:
    """Nothing follows from it but that no card is shown by itself for a day, and that staff can read it."""
    ticket = await services.store.desk.ticket_of(caller.person.id)
    urgency: Urgency | None = None
    if ticket:
        now = services.store.clock.now()
        record, _ = await tickets.change_ticket(services, ticket, lambda r: care.answered(r, command.says, now))
        urgency = record.ticket.urgency
    caller.rest = Rest(services.store.clock.now() + services.settings.card_rest_ms, urgency)
    await services.store.people.rest_cards(caller.person.id, caller.rest)
    return Done(ref=command.ref)


async def safe(services: Services, caller: Caller, command: Safe) -> Done:
    """Staff are told, and decide what follows from it."""
    ticket = await services.store.desk.ticket_of(caller.person.id)
    if ticket:
        now = services.store.clock.now()
        await tickets.change_ticket(services, ticket, lambda record: care.safe(record, now))
    return Done(ref=command.ref)


async def escalate(services: Services, caller: Caller, command: Escalate) -> Done | Holding:
    """Staff are worried about whoever wrote this."""
    author = await author_of(services, command.channel, command.seq, command.hold)
    if author.voice is not Voice.PEER:
        raise Refused(Code.FORBIDDEN)
    which = f"{command.channel} {command.hold or command.seq}"
    row = audit_row(services, caller, "escalate", which, command.urgency.value)
    worry = worry_about(services, author, command.channel, TicketSource.STAFF, command.urgency, "staff", which)
    note = clean(command.note, services.settings) if command.note.strip() else ""
    await errands.open_ticket(services, structs.replace(worry, note=note), row)
    if command.take and caller.person.role in CARERS:
        return await holding.take(services, caller, Take(ref=command.ref, ticket=await _ticket_of(services, author)))
    return Done(ref=command.ref)


async def spare(services: Services, caller: Caller, command: Spare) -> Done:
    """Someone who is cared for need not wait their turn to be heard; neither they nor the room are told."""
    record = await tickets.ticket(services, command.ticket)
    channel = record.ticket.channel or ""
    services.room(channel)
    row = audit_row(services, caller, "spare", f"{channel} {command.ticket}", "")
    await services.store.moderation.spare(channel, record.person, row)
    return Done(ref=command.ref)


async def join(services: Services, caller: Caller, command: Join) -> Joined:
    """Into the thread of a ticket: for the person whose it is, and for who may care."""
    record = await tickets.ticket(services, channels.name(command.channel))
    is_theirs = record.person == caller.person.id
    if not is_theirs and caller.person.role not in CARERS:
        raise Refused(Code.NO_ROOM)
    name = record.ticket.handle if is_theirs and caller.person.role is Role.PEER else caller.person.name
    followed = await following.follow(services, caller, command.channel, command.since)
    caller.names[command.channel] = name
    return following.entered(command.ref, name, followed, record.ticket.state is TicketState.SETTLED)


async def _ticket_of(services: Services, author: Author) -> str:
    """It may be settled already: then there is nothing to take."""
    ticket = await services.store.desk.ticket_of(author.person)
    if not ticket:
        raise Refused(Code.CONFLICT)
    return ticket

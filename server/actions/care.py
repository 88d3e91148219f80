"""Care: help that is asked for, worry that is said, and the private thread in which a person answers."""

from server.actions import desk, errands, following
from server.actions.caller import Caller
from server.actions.messages import audit_row, author_of, worry_about
from server.actions.services import Services
from server.domain import care, channels, identity
from server.domain.care import Rest, TicketRecord
from server.domain.errands import Errands, OpenTicket, Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Answer, Escalate, Help, Join, Settle, Spare, Take
from server.protocol.events import Done, HelpReceived, Joined, TicketSettled, TicketTaken
from server.protocol.fields import RoomState, TicketSource, TicketState, Urgency
from server.protocol.people import CARERS, Role, Voice
from server.protocol.refusals import Code, Refused


async def ask_for_help(services: Services, caller: Caller, command: Help) -> HelpReceived:
    """Durable before it is answered; pressed again it is the same request."""
    ticket = identity.ticket_id(services.secret, caller.person.id, command.client_id.hex())
    await desk.open_ticket(
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
        record, _ = await desk.change_ticket(services, ticket, lambda r: care.answered(r, command.says, now))
        urgency = record.ticket.urgency
    caller.rest = Rest(services.store.clock.now() + services.settings.card_rest_ms, urgency)
    await services.store.people.rest_cards(caller.person.id, caller.rest)
    return Done(ref=command.ref)


async def escalate(services: Services, caller: Caller, command: Escalate) -> Done:
    """Staff are worried about whoever wrote this."""
    author = await author_of(services, command.channel, command.seq, command.hold)
    if author.voice is not Voice.PEER:
        raise Refused(Code.FORBIDDEN)
    which = f"{command.channel} {command.hold or command.seq}"
    row = audit_row(services, caller, "escalate", which, command.urgency.value)
    worry = worry_about(services, author, command.channel, TicketSource.STAFF, command.urgency, "staff", which)
    await desk.open_ticket(services, worry, row)
    return Done(ref=command.ref)


async def take(services: Services, caller: Caller, command: Take) -> Done:
    """One person of the team holds it, and only then is the other told that someone is coming."""
    person = caller.person
    now = services.store.clock.now()
    row = audit_row(services, caller, "take_ticket", command.ticket, "")

    def tell(record: TicketRecord) -> Errands:
        event = TicketTaken(ticket=command.ticket, name=person.name, voice=Voice(person.role.value), at=UNSTAMPED)
        return {f"taken:{command.ticket}": Tell(channels.inbox(record.person), encode(event))}

    _, told = await desk.change_ticket(
        services, command.ticket, lambda record: care.taken(record, person.name, now), tell, row
    )
    errands.carry_soon(services, channels.DESK, told)
    return Done(ref=command.ref)


async def spare(services: Services, caller: Caller, command: Spare) -> Done:
    """Someone who is cared for need not wait their turn to be heard; neither they nor the room are told."""
    record = await desk.ticket(services, command.ticket)
    channel = record.ticket.channel or ""
    services.room(channel)
    row = audit_row(services, caller, "spare", f"{channel} {command.ticket}", "")
    await services.store.moderation.spare(channel, record.person, row)
    return Done(ref=command.ref)


async def settle(services: Services, caller: Caller, command: Settle) -> Done:
    now = services.store.clock.now()
    row = audit_row(services, caller, "settle_ticket", command.ticket, command.outcome.value)

    def tell(record: TicketRecord) -> Errands:
        event = TicketSettled(ticket=command.ticket, at=UNSTAMPED)
        return {f"settled:{command.ticket}": Tell(channels.inbox(record.person), encode(event))}

    _, told = await desk.change_ticket(
        services, command.ticket, lambda record: care.settled(record, command.outcome, now), tell, row
    )
    errands.carry_soon(services, channels.DESK, told)
    return Done(ref=command.ref)


async def join(services: Services, caller: Caller, command: Join) -> Joined:
    """Into the thread of a ticket: for the person whose it is, and for who may care."""
    record = await desk.ticket(services, channels.name(command.channel))
    is_theirs = record.person == caller.person.id
    if not is_theirs and caller.person.role not in CARERS:
        raise Refused(Code.NO_ROOM)
    name = record.ticket.handle if is_theirs and caller.person.role is Role.PEER else caller.person.name
    followed = await following.follow(services, caller, command.channel, command.since)
    caller.names[command.channel] = name
    is_over = record.ticket.state is TicketState.SETTLED
    return Joined(
        ref=command.ref,
        channel=command.channel,
        handle=name,
        position=followed.position,
        resumed=followed.resumed,
        state=RoomState.CLOSED if is_over else RoomState.OPEN,
        slow_seconds=0,
        turn_ms=0,
        muted_until=0,
        held=(),
    )

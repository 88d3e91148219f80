"""A care ticket in someone's hands: taken, in contact, tried, handed over, given back, closed."""

from collections.abc import Callable

from server.actions import errands, tickets
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain import care, channels
from server.domain.care import TicketRecord
from server.domain.errands import Errands, Tell
from server.domain.moderation import AuditRow
from server.protocol.care import Attempt, Contact, Emergency, HandOver, Holding, Release
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Settle, Take
from server.protocol.events import Done, TicketSettled, TicketTaken
from server.protocol.fields import CareStep
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused


async def take(services: Services, caller: Caller, command: Take) -> Holding:
    person = caller.person
    row = audit_row(services, caller, "take_ticket", command.ticket, "")
    fence = await taken(services, command.ticket, person.name, Voice(person.role.value), row)
    services.roster.join(caller)  # by that it is known that whoever holds it is there
    await services.roster.beat()
    return Holding(ref=command.ref, ticket=command.ticket, fence=fence)


async def taken(services: Services, ticket: str, name: str, voice: Voice, row: AuditRow, away_ms: int = 0) -> int:
    """One person of the team holds it, and only then is the other told that someone is coming; the fence.

    `away_ms`: for who is not on duty yet, how long they may take to come.
    """
    now = services.store.clock.now()

    def tell(record: TicketRecord) -> Errands:
        event = TicketTaken(ticket=ticket, name=name, voice=voice, at=UNSTAMPED)
        return {f"taken:{ticket}:{record.ticket.fence}": Tell(channels.inbox(record.person), encode(event))}

    record, told = await tickets.change_ticket(
        services, ticket, lambda record: care.taken(record, name, now, away_ms), tell, row
    )
    errands.carry_soon(services, channels.DESK, told)
    return record.ticket.fence


async def contact(services: Services, caller: Caller, command: Contact) -> Done:
    name, now = caller.person.name, services.store.clock.now()
    return await _change(services, caller, command, "contact", lambda record: care.contacted(record, name, now))


async def attempt(services: Services, caller: Caller, command: Attempt) -> Done:
    name, now, wait = caller.person.name, services.store.clock.now(), services.settings.attempt_ms
    return await _change(services, caller, command, "attempt", lambda record: care.attempted(record, name, wait, now))


async def release(services: Services, caller: Caller, command: Release) -> Done:
    now = services.store.clock.now()
    return await _change(
        services, caller, command, "release_ticket", lambda record: care.returned(record, CareStep.RELEASED, now)
    )


async def hand_over(services: Services, caller: Caller, command: HandOver) -> Done:
    """Only to someone who is there to accept it; it stays with its holder until they do."""
    name, now, to = caller.person.name, services.store.clock.now(), command.to
    await services.roster.beat()  # whoever has just come on duty counts
    if to == name or to not in services.roster.names:
        raise Refused(Code.FORBIDDEN)
    return await _change(services, caller, command, "hand_over", lambda record: care.offered(record, name, to, now))


async def emergency(services: Services, caller: Caller, command: Emergency) -> Done:
    """Called by a person, named, with their reason; the program only notes it."""
    name, now, policy = caller.person.name, services.store.clock.now(), services.content.emergency
    return await _change(
        services,
        caller,
        command,
        "emergency",
        lambda record: care.alarmed(record, name, policy, now),
        why=command.because.value,
    )


async def settle(services: Services, caller: Caller, command: Settle) -> Done:
    name, now, outcome = caller.person.name, services.store.clock.now(), command.outcome

    def tell(record: TicketRecord) -> Errands:
        event = TicketSettled(ticket=command.ticket, at=UNSTAMPED)
        return {f"settled:{command.ticket}": Tell(channels.inbox(record.person), encode(event))}

    def rule(record: TicketRecord) -> TicketRecord:
        return care.settled(record, name, outcome, now)

    return await _change(services, caller, command, "settle_ticket", rule, tell, outcome.value)


async def _change(
    services: Services,
    caller: Caller,
    command: Contact | Attempt | Release | HandOver | Emergency | Settle,
    what: str,
    rule: Callable[[TicketRecord], TicketRecord],
    tell: Callable[[TicketRecord], Errands] = lambda record: {},
    why: str = "",
) -> Done:
    """By its holder only: whoever lost it meanwhile is refused, by the fence."""
    name, fence = caller.person.name, command.fence
    row = audit_row(services, caller, what, command.ticket, why)
    _, left = await tickets.change_ticket(
        services, command.ticket, lambda record: rule(care.held(record, name, fence)), tell, row
    )
    errands.carry_soon(services, channels.DESK, left)
    return Done(ref=command.ref)

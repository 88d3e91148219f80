"""Who has someone in mind: a listener who is worried hears who of the team has taken it, or that nobody has."""

from server.actions import listening, tickets
from server.actions.services import Services
from server.domain import care, one_to_one
from server.protocol.refusals import Code, Refused


async def holder(services: Services, person: str) -> str:
    """Who of the team has this person's ticket now, or nobody."""
    ticket = await services.store.desk.ticket_of(person)
    return care.holder((await tickets.ticket(services, ticket)).ticket) if ticket else ""


async def minded(services: Services, ticket: str) -> None:
    """By the ticket as it is now: carried late or twice, it is still true."""
    try:
        record = await tickets.ticket(services, ticket)
        waiting = await listening.waiting_of(services, record.person)
        if waiting is None or not waiting.one:
            return
        name = care.holder(record.ticket)
        await listening.change_talk(services, waiting.one, lambda talk, *_: one_to_one.minded(talk, name))
    except Refused as no:
        if no.code is not Code.NO_ROOM:  # the ticket or the one-to-one is forgotten: nobody is left to tell
            raise

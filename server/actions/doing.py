"""Who does each kind of errand."""

from server.actions import apart, desk, errands, minding, seats, tickets, wiping
from server.actions.services import Services
from server.domain import care
from server.domain.channels import kind, name
from server.domain.errands import (
    CallFor,
    CloseOne,
    Errand,
    Minded,
    NoteBan,
    NoteBlock,
    NoteMute,
    OpenOne,
    OpenTicket,
    Page,
    Reached,
    Tell,
    Wipe,
)
from server.protocol.refusals import Code, Refused


async def do(services: Services, errand: str, what: Errand) -> None:
    """Once, however often it is run under the same id."""
    match what:
        case Tell(channel, event):
            person = name(channel) if kind(channel) == "inbox" else ""
            await services.store.channels.append(channel, event, errand, person)
        case OpenTicket():
            await errands.open_ticket(services, what)
        case NoteMute():
            await desk.note_mute(services, what)
        case NoteBan():
            await desk.note_ban(services, what)
        case NoteBlock():
            await apart.note(services, errand, what)
        case Reached():
            await _reached(services, what)
        case Minded():
            await minding.minded(services, what.ticket)
        case Page():
            await services.pager.page(what)
        case CallFor():
            await services.pager.call_for(what)
        case OpenOne():
            await seats.open_one(services, what)
        case CloseOne():
            await seats.close_one(services, what)
        case Wipe():
            await wiping.run(services, errand, what)


async def _reached(services: Services, what: Reached) -> None:
    now = services.store.clock.now()
    try:
        await tickets.change_ticket(services, what.ticket, lambda record: care.contacted(record, what.name, now))
    except Refused as no:
        if no.code is not Code.GONE:  # the ticket is over and forgotten: nothing is left to note
            raise

"""Errands carried: what one step left for another hash tag; done at once, and found again if this process dies."""

from server import metrics
from server.actions import apart, background, desk, minding, seats, tickets, wiping
from server.actions.services import Services
from server.domain import care
from server.domain.channels import DESK, kind, name
from server.domain.errands import (
    CallFor,
    CloseOne,
    Errand,
    Errands,
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
    unpacked,
)
from server.domain.moderation import AuditRow
from server.protocol.refusals import Code, Refused


def carry_soon(services: Services, channel: str, errands: Errands) -> None:
    """Nobody waits for it: what is not carried now is found by the sweep."""
    if errands:
        background.spawn(carry(services, channel, errands))


async def open_ticket(services: Services, because: OpenTicket, row: AuditRow | None = None) -> None:
    """Someone may need a person; and what follows from it at once is carried."""
    carry_soon(services, DESK, await tickets.open_ticket(services, because, row))


async def carry(services: Services, channel: str, errands: Errands) -> None:
    """Carries them in their order; each is idempotent by its id, so two processes may both do it."""
    for errand, what in errands.items():
        await run(services, errand, what)
        await services.store.outbox.carried(channel, errand)


async def sweep(services: Services) -> None:
    """Carries what another process left undone."""
    for channel, left in (await services.store.outbox.left()).items():
        metrics.errands.inc(by=len(left))
        await carry(services, channel, {errand: unpacked(what) for errand, what in left.items()})


async def run(services: Services, errand: str, what: Errand) -> None:
    """Once, however often it is run under the same id."""
    match what:
        case Tell(channel, event):
            person = name(channel) if kind(channel) == "inbox" else ""
            await services.store.channels.append(channel, event, errand, person)
        case OpenTicket():
            await open_ticket(services, what)
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

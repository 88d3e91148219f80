"""Errands carried: what one step left for another hash tag; done at once, and found again if this process dies."""

from server import metrics
from server.actions import background, desk, one_to_one
from server.actions.services import Services
from server.domain.channels import kind, name
from server.domain.errands import CloseOne, Errand, Errands, NoteBan, NoteMute, OpenOne, OpenTicket, Tell, unpacked


def carry_soon(services: Services, channel: str, errands: Errands) -> None:
    """Nobody waits for it: what is not carried now is found by the sweep."""
    if errands:
        background.spawn(carry(services, channel, errands))


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
            await desk.open_ticket(services, what)
        case NoteMute():
            await desk.note_mute(services, what)
        case NoteBan():
            await desk.note_ban(services, what)
        case OpenOne():
            await one_to_one.open_one(services, what)
        case CloseOne():
            await one_to_one.close_one(services, what)

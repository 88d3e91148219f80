"""Errands carried: what one step left for another hash tag; done at once, and found again if this process dies."""

from server import metrics
from server.actions import background, tickets
from server.actions.services import Services
from server.domain.channels import DESK
from server.domain.errands import Errands, OpenTicket, unpacked
from server.domain.moderation import AuditRow


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
        await services.do(services, errand, what)
        await services.store.outbox.carried(channel, errand)


async def sweep(services: Services) -> None:
    """Carries what another process left undone."""
    for channel, left in (await services.store.outbox.left()).items():
        metrics.errands.inc(by=len(left))
        await carry(services, channel, {errand: unpacked(what) for errand, what in left.items()})

"""The clocks of care tickets: each step is claimed by one process, and what a process leaves undone another does."""

import logging

from server.actions import errands, tickets
from server.actions.faults import where
from server.actions.services import Services
from server.domain import clocks
from server.domain.care import TicketRecord
from server.domain.channels import DESK
from server.protocol.refusals import Refused

log = logging.getLogger("porchlight.clocks")


async def strike(services: Services) -> None:
    """Does what is due. A step that was done twice is done once: it applies only to the ticket as it was seen."""
    while (struck := await services.store.desk.struck()).tickets:
        await services.roster.beat()  # so that nobody is missed who is here
        for ticket, late in struck.tickets:
            was_stopped = late >= services.settings.lease_ms // clocks.LOOKS
            try:
                await _strike(services, ticket, struck.now, was_stopped=was_stopped)
            except Refused:
                pass  # it is claimed again in a moment
            except Exception as bug:  # one ticket's clock stops no other's
                log.error("a clock failed: %s", where(bug))


async def _strike(services: Services, ticket: str, now: int, *, was_stopped: bool) -> None:
    def rule(record: TicketRecord) -> TicketRecord:
        on_duty = services.roster.names
        return clocks.watch(record, now, on_duty, services.settings, was_stopped=was_stopped)

    _, left = await tickets.change_ticket(services, ticket, rule, now=now)
    errands.carry_soon(services, DESK, left)

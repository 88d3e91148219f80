"""Duty: who of the team is there, by heartbeat and never by a calendar."""

from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain.channels import DESK
from server.protocol.commands import Duty, Hand
from server.protocol.events import Done
from server.protocol.fields import DutyState


async def duty(services: Services, caller: Caller, command: Duty) -> Done:
    match command.state:
        case DutyState.ON:
            services.roster.join(caller)
        case DutyState.OFF:
            services.roster.leave(caller)
    await services.roster.beat()
    await services.store.moderation.note(DESK, audit_row(services, caller, "duty", command.state.value, ""))
    return Done(ref=command.ref)


async def hand(services: Services, caller: Caller, command: Hand) -> None:
    services.roster.hand(caller)

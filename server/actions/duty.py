"""Duty: who of the team is there, by heartbeat and never by a calendar; who is deputy, and how duty is handed over."""

from collections.abc import Callable

from server.actions import desk, supervisors
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain import duty as rules
from server.domain.channels import DESK
from server.domain.duty import DutyRecord
from server.protocol.care import AcceptDuty, Deputy, DutyChanged, PassDuty
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Command, Duty, Hand
from server.protocol.events import Done
from server.protocol.fields import DutyState
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer

TRIES = 20  # two people changing it at once; each try is one round trip


async def duty(services: Services, caller: Caller, command: Duty) -> Done:
    match command.state:
        case DutyState.ON:
            services.roster.join(caller)
        case DutyState.OFF:
            services.roster.leave(caller)
    await supervisors.note(services, caller)
    await services.roster.beat()
    await services.store.moderation.note(DESK, audit_row(services, caller, "duty", command.state.value, ""))
    if command.deputy and command.state is DutyState.ON:
        await deputy(services, caller, Deputy(ref=command.ref))
    return Done(ref=command.ref)


async def hand(services: Services, caller: Caller, command: Hand) -> None:
    services.roster.hand(caller)


async def deputy(services: Services, caller: Caller, command: Deputy) -> Done:
    def rule(record: DutyRecord) -> DutyRecord:
        return rules.deputised(record, caller.person.name, services.roster.names)

    return await _change(services, caller, command, "deputy", caller.person.name, rule)


async def pass_duty(services: Services, caller: Caller, command: PassDuty) -> Done:
    def rule(record: DutyRecord) -> DutyRecord:
        return rules.passed(record, caller.person.name, command.to, services.roster.names)

    return await _change(services, caller, command, "pass_duty", command.to, rule)


async def accept_duty(services: Services, caller: Caller, command: AcceptDuty) -> Done:
    """Both are on duty until the one who was relieved goes: nobody is missing in between."""

    def rule(record: DutyRecord) -> DutyRecord:
        return rules.accepted(record, command.by, caller.person.name, services.roster.names)

    done = await _change(services, caller, command, "accept_duty", command.by, rule, relieved=command.by)
    services.roster.join(caller)
    await services.roster.beat()
    return done


async def _change(
    services: Services,
    caller: Caller,
    command: Command,
    what: str,
    whom: str,
    rule: Callable[[DutyRecord], DutyRecord],
    relieved: str = "",
) -> Done:
    row = audit_row(services, caller, what, whom, "")
    await services.roster.beat()  # whoever has just come on duty counts
    for _ in range(TRIES):
        expected, before = await desk.duty_book(services)
        record = rule(before)
        event = DutyChanged(deputy=record.deputy, passing=record.passing, relieved=relieved, at=UNSTAMPED)
        change = Change(Drawer.DUTY, desk.DEPUTY, expected, encode(record), event, row=row)
        if record == before or await services.store.desk.change(change):
            return Done(ref=command.ref)
    raise Refused(Code.CONFLICT)

"""Held messages: taken back by their author, or allowed, sent back or refused by a moderator."""

from msgspec import structs

from server.actions import errands
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.reading import looked_over
from server.actions.services import Services
from server.domain import channels, identity
from server.domain.errands import Errands, Tell
from server.domain.labels import Label, label
from server.domain.moderation import AuditRow, HeldRecord
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Decide, Withdraw
from server.protocol.events import Done, HoldEnded, HoldSettled, Said
from server.protocol.fields import Decision, StaffReason
from server.protocol.refusals import Code, Refused

# What is remembered of the client id, so that a repeated post gets the right answer.
WITHDRAWN, REFUSED = b"W", b"R"


async def withdraw(services: Services, caller: Caller, command: Withdraw) -> Done:
    hold = identity.hold_id(services.secret, caller.person.id, command.channel, command.client_id)
    record = await services.store.moderation.held(command.channel, hold)
    if record is None or record.person != caller.person.id:
        raise Refused(Code.GONE)
    left = told(record, None, "", None, "")
    if not await services.store.moderation.unhold(record, WITHDRAWN, left, None):
        raise Refused(Code.GONE)
    errands.carry_soon(services, command.channel, left)
    return Done(ref=command.ref)


async def decide(services: Services, caller: Caller, command: Decide) -> Done:
    record = await services.store.moderation.held(command.channel, command.hold)
    if record is None:
        raise Refused(Code.CONFLICT)
    note = await looked_over(services, command.note)
    left = told(record, command.decision, caller.person.name, command.reason, note)
    why = f"{record.hold.rule} {command.reason or ''}".strip()
    row = audit_row(services, caller, f"hold_{command.decision.value}", f"{command.channel} {command.hold}", why)
    thought = label(record, command.decision)
    match command.decision:
        case Decision.ALLOW:
            await _allow(services, record, left, row, thought)
        case Decision.ASK_EDIT:
            await _end(services, record, WITHDRAWN, left, row, thought)
        case Decision.REFUSE:
            await _end(services, record, REFUSED, left, row, thought)
    errands.carry_soon(services, command.channel, left)
    return Done(ref=command.ref)


async def _allow(services: Services, record: HeldRecord, left: Errands, row: AuditRow, thought: Label) -> None:
    hold = record.hold
    event = Said(
        channel=hold.channel,
        id=identity.message_id(services.secret, record.person, hold.channel, record.client_id),
        client_id=record.client_id,
        handle=hold.handle,
        voice=record.voice,
        text=hold.text,
        at=UNSTAMPED,
    )
    match await services.store.moderation.release(record, event, left, row, thought):
        case b"gone":
            raise Refused(Code.CONFLICT)
        case b"removed":
            raise Refused(Code.REMOVED)


async def _end(
    services: Services, record: HeldRecord, outcome: bytes, left: Errands, row: AuditRow, thought: Label
) -> None:
    if not await services.store.moderation.unhold(record, outcome, left, row, thought):
        raise Refused(Code.CONFLICT)


def told(record: HeldRecord, decision: Decision | None, by: str, reason: StaffReason | None, note: str) -> Errands:
    """Its author hears what became of it, and the desk that it is off the list."""
    hold = record.hold
    ended = HoldEnded(
        channel=hold.channel,
        client_id=record.client_id,
        hold=hold.hold,
        decision=decision,
        text=hold.text,
        reason=reason,
        note=note,
        at=UNSTAMPED,
    )
    settled = HoldSettled(hold=hold.hold, decision=decision, by=by, at=UNSTAMPED)
    return {
        f"ended:{hold.hold}": Tell(channels.inbox(record.person), encode(ended)),
        f"settled:{hold.hold}": Tell(channels.DESK, encode(settled)),
    }


def withdrawn(record: HeldRecord) -> Errands:
    """As `told`, for who takes it away for good: nothing of it comes back to them."""
    return told(structs.replace(record, hold=structs.replace(record.hold, text="")), None, "", None, "")

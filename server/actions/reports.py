"""Reports: what peers tell the moderators, with what stood around it; worry goes to care and not to discipline."""

from msgspec import Raw, structs

from server.actions import desk, errands
from server.actions.caller import Caller
from server.actions.membership import name_in
from server.actions.messages import Author, audit_row, said, worry_about
from server.actions.services import Services
from server.domain import identity
from server.domain.channels import DESK, Entry, inbox
from server.domain.errands import Errands, Tell
from server.domain.moderation import ReportRecord
from server.domain.text import clean
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Report, SettleReport
from server.protocol.events import (
    Done,
    ReportArrived,
    Reported,
    ReportHandled,
    ReportItem,
    ReportSettled,
    Restored,
    Said,
)
from server.protocol.fields import ReportOutcome, ReportReason, TicketSource, Urgency
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer

AROUND = 20  # messages before and after
HOUR_MS = 3_600_000
TRIES = 20


async def report(services: Services, caller: Caller, command: Report) -> Reported:
    name_in(caller, command.channel)
    if banned_ms := await services.store.rooms.banned_ms(command.channel, caller.person.id):
        raise Refused(Code.REMOVED, retry_ms=banned_ms)
    entry, message = await said(services, command.channel, command.seq)
    note = clean(command.note, services.settings) if command.note.strip() else ""
    if command.reason is ReportReason.WORRIED and message.voice is Voice.PEER:
        author = Author(entry.person, message.handle, message.voice, message.text)
        because = (caller.person.id, command.channel, str(command.seq))
        worry = worry_about(services, author, command.channel, TicketSource.REPORT, Urgency.CONCERN, *because)
        await errands.open_ticket(services, worry)
        return Reported(ref=command.ref, worried=True)
    allowed = services.settings.reports_per_hour
    if wait := await services.store.duty.allowed(caller.person.id, "report", allowed, HOUR_MS):
        raise Refused(Code.RATE, retry_ms=wait)
    await to_the_desk(services, caller, command, entry, message, note)
    return Reported(ref=command.ref, worried=False)


async def settle_report(services: Services, caller: Caller, command: SettleReport) -> Done:
    expected, record = await desk.report(services, command.report)
    if record is None:
        raise Refused(Code.CONFLICT)
    event = ReportSettled(report=command.report, outcome=command.outcome, by=caller.person.name, at=UNSTAMPED)
    row = audit_row(services, caller, "settle_report", command.report, command.outcome.value)
    told = _told(record, command.report, command.outcome)
    change = Change(Drawer.REPORTS, command.report, expected, b"", event, errands=told, row=row)
    if not await services.store.desk.change(change):
        raise Refused(Code.CONFLICT)
    errands.carry_soon(services, DESK, told)
    return Done(ref=command.ref)


def _told(record: ReportRecord, report_id: str, outcome: ReportOutcome) -> Errands:
    """Everyone who reported it hears what became of it, each in their own inbox; the one they meant hears nothing."""
    item = record.item
    handled = encode(ReportHandled(channel=item.channel, seq=item.seq, outcome=outcome, at=UNSTAMPED))
    # By when it was begun: a message that is reported again later is another report under the same name.
    return {
        f"handled:{report_id}:{item.since}:{place}": Tell(inbox(reporter), handled)
        for place, reporter in enumerate(record.reporters)
    }


async def to_the_desk(
    services: Services, caller: Caller, command: Report, entry: Entry, message: Said | Restored, note: str
) -> None:
    """All reports of one message are one, with the number of people who made it; one person counts once."""
    report_id = identity.report_id(services.secret, command.channel, command.seq)
    context = await _context(services, command.channel, command.seq)
    for _ in range(TRIES):
        expected, before = await desk.report(services, report_id)
        if before is None:
            item = ReportItem(
                report=report_id,
                channel=command.channel,
                seq=command.seq,
                handle=message.handle,
                text=message.text,
                reason=command.reason,
                note=note,
                times=1,
                context=context,
                since=services.store.clock.now(),
            )
            record = ReportRecord(item, entry.person, (caller.person.id,))
        elif caller.person.id in before.reporters:
            return
        else:
            record = _once_more(before, caller.person.id)
        event = ReportArrived(report=record.item, at=UNSTAMPED)
        if await services.store.desk.change(Change(Drawer.REPORTS, report_id, expected, encode(record), event)):
            return
    raise Refused(Code.CONFLICT)


def _once_more(before: ReportRecord, reporter: str) -> ReportRecord:
    item = structs.replace(before.item, times=before.item.times + 1)
    return structs.replace(before, item=item, reporters=(*before.reporters, reporter))


async def _context(services: Services, channel: str, seq: int) -> tuple[Raw, ...]:
    """The frames around it, as they were when it was reported."""
    before = await services.store.channels.before(channel, seq + 1, AROUND + 1)
    after = await services.store.channels.after(channel, seq)
    return tuple(Raw(entry.frame) for entry in [*before, *after[:AROUND]])

"""Reports reach the desk with their context; worry goes to care."""

import asyncio

from server.protocol.care import Contact
from server.protocol.commands import Desk, Join, Report, Settle, SettleReport, Take
from server.protocol.events import ReportArrived, Reported, ReportHandled, ReportSettled, TicketChanged
from server.protocol.fields import ReportOutcome, ReportReason, TicketOutcome, TicketState
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.waiting import until


async def scene(arrive: Arrive) -> tuple[Someone, Someone, Someone, int]:
    ana, ben, wren = arrive("ana"), arrive("ben"), arrive("wren", Role.MODERATOR)
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ben.says("before")
    posted = await ana.says("unkind words")
    await ben.says("after")
    return ana, ben, wren, posted.seq


async def test_a_report_brings_what_stood_around_it_and_not_who_made_it(arrive: Arrive) -> None:
    ana, ben, wren, seq = await scene(arrive)
    reported = await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.UNKIND, note="that hurt")
    assert reported == Reported(ref=reported.ref, worried=False)
    await until(lambda: wren.heard(ReportArrived))
    item = wren.heard(ReportArrived)[0].report
    assert (item.text, item.note, item.times, len(item.context)) == ("unkind words", "that hurt", 1, 3)
    assert ben.connection.person.id not in repr(item)
    assert not any("Report" in type(event).__name__ for _, event in ana.wire.heard)


async def test_many_reports_of_one_message_are_one_and_one_person_counts_once(arrive: Arrive) -> None:
    _, ben, wren, seq = await scene(arrive)
    cleo = arrive("cleo")
    await cleo.does(Join, channel=NIGHT)
    for someone in (ben, ben, cleo):
        await someone.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.UNKIND)
    await until(lambda: len(wren.heard(ReportArrived)) == 2)
    assert wren.heard(ReportArrived)[-1].report.times == 2


async def test_worry_is_a_ticket_and_no_report(arrive: Arrive) -> None:
    _, ben, wren, seq = await scene(arrive)
    reported = await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.WORRIED)
    assert reported.worried
    await until(lambda: wren.heard(TicketChanged))
    assert wren.heard(ReportArrived) == []


async def test_what_one_can_not_see_one_can_not_report_98(arrive: Arrive) -> None:
    _, ben, _, seq = await scene(arrive)
    assert (await ben.does(Report, channel=NIGHT, seq=seq + 9, reason=ReportReason.SPAM)).code == Code.NO_MESSAGE
    stranger = arrive("stranger")
    assert (await stranger.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.SPAM)).code == Code.NOT_JOINED


async def test_the_eleventh_report_in_an_hour_is_too_many_and_worry_never_is(arrive: Arrive) -> None:
    _, ben, _, seq = await scene(arrive)
    answers = [await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.SPAM) for _ in range(11)]
    assert answers[-1].code == Code.RATE
    assert (await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.WORRIED)).worried


async def test_a_report_is_settled_once(arrive: Arrive) -> None:
    _, ben, wren, seq = await scene(arrive)
    await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.UNKIND)
    await until(lambda: wren.heard(ReportArrived))
    report = wren.heard(ReportArrived)[0].report.report
    await wren.does(SettleReport, report=report, outcome=ReportOutcome.NO_ACTION)
    await until(lambda: wren.heard(ReportSettled))
    assert (await wren.does(SettleReport, report=report, outcome=ReportOutcome.ACTED)).code == Code.CONFLICT
    assert (await wren.does(Desk)).reports == ()


async def test_everyone_who_reported_hears_what_became_of_it_and_the_author_nothing(arrive: Arrive) -> None:
    ana, ben, wren, seq = await scene(arrive)
    cleo = arrive("cleo")
    await cleo.does(Join, channel=NIGHT)
    for someone in (ana, ben, cleo):
        await someone.greets()
    for someone in (ben, cleo):
        await someone.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.UNKIND)
    await until(lambda: wren.heard(ReportArrived))
    report = wren.heard(ReportArrived)[0].report.report
    await wren.does(SettleReport, report=report, outcome=ReportOutcome.ACTED)
    await until(lambda: ben.heard(ReportHandled) and cleo.heard(ReportHandled))
    (told,) = ben.heard(ReportHandled)
    assert (told.channel, told.seq, told.outcome) == (NIGHT, seq, ReportOutcome.ACTED)
    assert ana.heard(ReportHandled) == []


async def test_a_worry_that_comes_after_a_settled_one_is_heard(arrive: Arrive) -> None:
    _, ben, wren, seq = await scene(arrive)
    await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.WORRIED)
    await until(lambda: wren.heard(TicketChanged))
    first = wren.heard(TicketChanged)[0].ticket.ticket
    held = await wren.does(Take, ticket=first)
    await wren.does(Contact, ticket=first, fence=held.fence)
    await wren.does(Settle, ticket=first, fence=held.fence, outcome=TicketOutcome.SAFE_FOR_NOW)
    await asyncio.sleep(0.01)  # the next worry is a moment later
    await ben.does(Report, channel=NIGHT, seq=seq, reason=ReportReason.WORRIED)
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.ticket != first)
    assert wren.heard(TicketChanged)[-1].ticket.state is TicketState.OPEN

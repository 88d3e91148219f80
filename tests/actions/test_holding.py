"""A ticket in someone's hands: one holder at a time, and whoever lost it is refused."""

import asyncio
from typing import Any

from server.actions import tickets
from server.actions.services import Services
from server.domain.channels import DESK
from server.protocol.care import Attempt, Contact, HandOver, Holding, Release, TicketReturned
from server.protocol.commands import Desk, Duty, Help, Join, Settle, Take
from server.protocol.events import Done, OnDuty, TicketChanged, TicketSettled, TicketTaken
from server.protocol.fields import CareStep, DutyState, RoomState, TicketOutcome, TicketState
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.asking import asked
from tests.actions.conftest import Arrive, Someone
from tests.waiting import until


async def settles(someone: Someone, ticket: str, fence: int, outcome: TicketOutcome) -> Any:
    return await someone.does(Settle, ticket=ticket, fence=fence, outcome=outcome)


async def test_only_one_takes_it_and_only_then_is_the_person_told(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    assert ana.heard(TicketTaken) == []
    others = [arrive(f"staff{number}", Role.MODERATOR) for number in range(5)]
    answers = await asyncio.gather(*(one.does(Take, ticket=ticket) for one in [wren, *others]))
    assert [answer.fence for answer in answers if isinstance(answer, Holding)] == [1]
    assert {answer.code for answer in answers if not isinstance(answer, Holding)} == {Code.CONFLICT}
    await until(lambda: ana.heard(TicketTaken))
    assert len(ana.heard(TicketTaken)) == 1


async def test_who_takes_one_is_on_duty_and_asking_again_changes_nothing(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    first = await wren.does(Take, ticket=ticket)
    again = await wren.does(Take, ticket=ticket)
    assert first.fence == again.fence == 1
    await until(lambda: ana.heard(OnDuty))
    assert ana.heard(OnDuty)[-1].staff == ("wren",)
    await until(lambda: ana.heard(TicketTaken))
    assert len(ana.heard(TicketTaken)) == 1


async def test_the_first_line_to_the_person_is_contact(arrive: Arrive, services: Services) -> None:
    ana, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    for someone in (ana, wren):
        await someone.does(Join, channel=f"ticket:{ticket}")
    await ana.says("hello?", channel=f"ticket:{ticket}")
    assert (await tickets.ticket(services, ticket)).ticket.state is TicketState.ACKNOWLEDGED
    await wren.says("Hello, I am Wren.", channel=f"ticket:{ticket}")
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.state is TicketState.IN_CONTACT)
    told = len(wren.heard(TicketChanged))
    await wren.says("I have time.", channel=f"ticket:{ticket}")
    assert isinstance(await settles(wren, ticket, 1, TicketOutcome.SAFE_FOR_NOW), Done)
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.state is TicketState.SETTLED)
    assert len(wren.heard(TicketChanged)) == told + 1, "a later line is no news"


async def test_settled_is_told_and_what_comes_after_is_a_new_ticket(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    assert (await settles(wren, ticket, 1, TicketOutcome.SAFE_FOR_NOW)).code == Code.CONTACT_FIRST
    assert isinstance(await wren.does(Contact, ticket=ticket, fence=1), Done)
    assert isinstance(await settles(wren, ticket, 1, TicketOutcome.SAFE_FOR_NOW), Done)
    assert (await settles(wren, ticket, 1, TicketOutcome.DECLINED)).code == Code.GONE
    await until(lambda: ana.heard(TicketSettled))
    assert (await ana.does(Join, channel=f"ticket:{ticket}")).state is RoomState.CLOSED
    assert (await ana.does(Help, client_id=b"9" * 16)).ticket != ticket


async def test_unreachable_is_refused_until_it_was_tried_again(arrive: Arrive) -> None:
    _, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    assert isinstance(await wren.does(Attempt, ticket=ticket, fence=1), Done)
    too_soon = await wren.does(Attempt, ticket=ticket, fence=1)
    assert (too_soon.code, too_soon.retry_ms > 0) == (Code.RATE, True)
    refused = await settles(wren, ticket, 1, TicketOutcome.UNREACHABLE)
    assert refused.code == Code.ATTEMPTS_FIRST


async def test_a_ticket_that_is_given_back_is_open_and_the_person_told(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    assert isinstance(await wren.does(Release, ticket=ticket, fence=1), Done)
    await until(lambda: ana.heard(TicketReturned))
    assert wren.heard(TicketChanged)[-1].ticket.state is TicketState.OPEN
    ibis = arrive("ibis", Role.MODERATOR)
    assert (await ibis.does(Take, ticket=ticket)).fence == 2
    for kind in (Contact, Attempt, Release):
        assert (await wren.does(kind, ticket=ticket, fence=1)).code == Code.CONFLICT
    assert (await settles(wren, ticket, 1, TicketOutcome.REFERRED)).code == Code.CONFLICT
    assert (await ibis.does(Contact, ticket=ticket, fence=1)).code == Code.CONFLICT, "the fence counts, not the name"
    await until(lambda: len(ana.heard(TicketTaken)) == 2)


async def test_a_hand_over_is_the_others_only_once_they_accept(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    ibis, lark = arrive("ibis", Role.MODERATOR), arrive("lark", Role.MODERATOR)
    await wren.does(Take, ticket=ticket)
    offer = {"ticket": ticket, "fence": 1, "to": "ibis"}
    assert (await wren.does(HandOver, **offer)).code == Code.FORBIDDEN, "nobody is offered it who is not on duty"
    await ibis.does(Desk)
    await ibis.does(Duty, state=DutyState.ON)
    assert isinstance(await wren.does(HandOver, **offer), Done)
    assert isinstance(await wren.does(Contact, ticket=ticket, fence=1), Done), "it is still Wren's"
    assert (await lark.does(Take, ticket=ticket)).code == Code.CONFLICT
    assert (await ibis.does(Take, ticket=ticket)).fence == 2
    assert (await wren.does(Contact, ticket=ticket, fence=1)).code == Code.CONFLICT
    await until(lambda: len(ana.heard(TicketTaken)) == 2)
    assert ana.heard(TicketTaken)[-1].name == "ibis"
    noted = [each.what for each in ibis.heard(TicketChanged)[-1].ticket.noted]
    assert noted[-4:] == [CareStep.TAKEN, CareStep.OFFERED, CareStep.CONTACT, CareStep.TAKEN]


async def test_who_did_what_with_a_ticket_is_in_the_audit(arrive: Arrive, services: Services) -> None:
    _, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    await wren.does(Contact, ticket=ticket, fence=1)
    await settles(wren, ticket, 1, TicketOutcome.REFERRED)
    rows = await services.store.moderation.audit_rows([DESK])
    assert [(row.what, row.why) for row in rows] == [
        ("take_ticket", ""),
        ("contact", ""),
        ("settle_ticket", "referred"),
    ]


async def test_a_ticket_that_is_not_there_is_no_ones(arrive: Arrive) -> None:
    wren = arrive("wren", Role.MODERATOR)
    assert (await wren.does(Take, ticket="none")).code == Code.GONE
    assert (await wren.does(Contact, ticket="none", fence=1)).code == Code.GONE

"""Tickets change one at a time, and what follows from a change is left in the same step."""

import asyncio

import pytest
from msgspec import structs

from server.actions import tickets
from server.actions.pager import Pager
from server.actions.services import Services
from server.domain import care
from server.domain.channels import DESK
from server.domain.errands import OpenTicket, Page
from server.protocol.care import NobodyHere
from server.protocol.commands import Desk, Duty, Help
from server.protocol.events import TicketChanged
from server.protocol.fields import CareStep, DutyState, PageStep, TicketSource, TicketState, Urgency
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from tests.actions.conftest import Arrive
from tests.waiting import until


def worry(number: int, urgency: Urgency = Urgency.CONCERN) -> OpenTicket:
    return OpenTicket(
        ticket=f"t{number}", person="ana".ljust(32, "0"), source=TicketSource.REPORT, urgency=urgency, channel=None,
        handle="heron", text="words", rule="", since=1,
    )  # fmt: skip


async def test_many_worries_at_once_are_one_ticket_and_none_is_lost(arrive: Arrive, services: Services) -> None:
    wren = arrive("wren", Role.MODERATOR)
    await wren.does(Desk)
    await asyncio.gather(*(tickets.open_ticket(services, worry(number)) for number in range(8)))
    await until(lambda: wren.heard(TicketChanged) and wren.heard(TicketChanged)[-1].ticket.times == 8)
    assert len({event.ticket.ticket for event in wren.heard(TicketChanged)}) == 1


async def test_what_a_rule_leaves_as_it_was_is_told_to_nobody(arrive: Arrive, services: Services) -> None:
    wren = arrive("wren", Role.MODERATOR)
    await arrive("ibis", Role.MODERATOR).does(Duty, state=DutyState.ON)
    await wren.does(Desk)
    await tickets.open_ticket(services, worry(1))
    await until(lambda: wren.heard(TicketChanged))
    _, left = await tickets.change_ticket(services, "t1", lambda record: record, now=2)
    assert left == {}
    assert len(wren.heard(TicketChanged)) == 1


async def test_help_while_nobody_is_on_duty_is_told_truly_and_calls_the_team_and_the_operator(
    arrive: Arrive, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[Page] = []

    async def page(pager: Pager, what: Page) -> None:
        pages.append(what)

    monkeypatch.setattr(Pager, "page", page)
    ana = arrive("ana")
    await ana.greets()
    received = await ana.does(Help, client_id=b"1" * 16)
    await until(lambda: ana.heard(NobodyHere))
    assert ana.heard(NobodyHere)[0].ticket == received.ticket
    await until(lambda: len(pages) == 2)
    assert [(each.ticket, each.step, each.times) for each in pages] == [
        (received.ticket, PageStep.TEAM, 1),
        (received.ticket, PageStep.OPERATOR, 2),
    ]
    assert (await tickets.ticket(services, received.ticket)).ticket.nobody_at > 0
    await ana.does(Help, client_id=b"2" * 16)
    await asyncio.sleep(0.1)
    assert len(ana.heard(NobodyHere)) == 1, "once"
    assert await services.store.outbox.left() == {}


async def test_with_someone_on_duty_nobody_is_told_that_nobody_is_here(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.greets()
    await wren.does(Desk)
    await wren.does(Duty, state=DutyState.ON)
    await ana.does(Help, client_id=b"1" * 16)
    await until(lambda: wren.heard(TicketChanged))
    assert wren.heard(TicketChanged)[0].ticket.paged is None
    assert ana.heard(NobodyHere) == []


async def test_a_ticket_that_nobody_knows_is_not_there(services: Services) -> None:
    with pytest.raises(Refused) as refused:
        await tickets.ticket(services, "none")
    assert refused.value.code is Code.NO_ROOM
    assert await services.store.desk.ticket_of(DESK) == ""


async def test_a_worry_after_a_settled_ticket_is_a_new_one_and_an_old_one_that_is_carried_again_is_not(
    arrive: Arrive, services: Services
) -> None:
    first = structs.replace(worry(1), since=services.store.clock.now())
    await tickets.open_ticket(services, first)
    await tickets.change_ticket(
        services,
        "t1",
        lambda record: care.changed(record, first.since + 1, CareStep.SETTLED, state=TicketState.SETTLED),
    )
    await tickets.open_ticket(services, first)
    assert await services.store.desk.ticket_of(first.person) == ""
    for _ in range(2):  # the errand that brings it may be carried twice
        await tickets.open_ticket(services, structs.replace(first, since=first.since + 2))
    again = await services.store.desk.ticket_of(first.person)
    assert again not in ("", "t1")
    assert (await tickets.ticket(services, again)).ticket.times == 1

"""The clocks of care run in the store: through restarts of whoever looks at them, and each step once."""

import asyncio
from dataclasses import replace

import pytest

from server import app
from server.actions import clocks
from server.actions.pager import Pager
from server.actions.services import Services
from server.config import Settings
from server.domain.channels import DESK
from server.domain.errands import Page
from server.protocol import codec
from server.protocol.care import NobodyHere, TicketReturned
from server.protocol.commands import Desk, Duty, Help, Take
from server.protocol.events import TicketChanged
from server.protocol.fields import CareStep, DutyState, PageStep, TicketState
from server.protocol.people import Role
from tests.actions.conftest import Arrive
from tests.waiting import until


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(
        settings,
        ring_ms=100,
        deputy_ms=200,
        everyone_ms=300,
        operator_ms=400,
        page_again_ms=60_000,
        contact_ms=300,
        contact_late_ms=200,
        lease_ms=400,
        care_check_ms=20,
        duty_check_ms=50,
    )


@pytest.fixture
def pages(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    asked: list[Page] = []

    async def page(pager: Pager, what: Page) -> None:
        asked.append(what)

    monkeypatch.setattr(Pager, "page", page)
    return asked


async def test_a_ticket_that_nobody_takes_goes_up_the_ladder_and_the_person_is_told_once(
    arrive: Arrive, pages: list[Page]
) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.greets()
    await wren.does(Desk)
    await wren.does(Duty, state=DutyState.ON)
    await ana.does(Help, client_id=b"1" * 16)
    await until(lambda: len(pages) == 4)
    assert [page.step for page in pages] == list(PageStep)
    await until(lambda: ana.heard(NobodyHere))
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.rings >= 6)
    assert len(pages) == 4
    assert len(ana.heard(NobodyHere)) == 1


async def test_who_speaks_with_nobody_loses_the_ticket_and_the_person_is_told(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.greets()
    await wren.does(Desk)
    ticket = (await ana.does(Help, client_id=b"1" * 16)).ticket
    await wren.does(Take, ticket=ticket)
    await until(lambda: ana.heard(TicketReturned))
    noted = [each.what for each in wren.heard(TicketChanged)[-1].ticket.noted]
    assert CareStep.OVERDUE in noted


async def test_a_holder_who_is_gone_loses_the_ticket(arrive: Arrive, services: Services) -> None:
    ana, wren, ibis = arrive("ana"), arrive("wren", Role.MODERATOR), arrive("ibis", Role.MODERATOR)
    await ana.greets()
    await ibis.does(Desk)
    await ibis.does(Duty, state=DutyState.ON)
    ticket = (await ana.does(Help, client_id=b"1" * 16)).ticket
    await wren.does(Take, ticket=ticket)
    wren.connection.closed()
    await until(lambda: ibis.heard(TicketChanged)[-1].ticket.state is TicketState.OPEN)
    assert ibis.heard(TicketChanged)[-1].ticket.noted[-1].what in (CareStep.LAPSED, CareStep.OVERDUE, CareStep.CALLED)
    assert (await ibis.does(Take, ticket=ticket)).fence == 2


async def test_of_many_processes_one_takes_each_step(arrive: Arrive, services: Services, settings: Settings) -> None:
    """All look at the same moment, again and again, and every step is told once."""
    slow = replace(settings, care_check_ms=3_600_000)
    async with app.house(slow, settings.redis_url) as (second, _), app.house(slow, settings.redis_url) as (third, _):
        ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
        await wren.does(Desk)
        await wren.does(Duty, state=DutyState.ON)
        ticket = (await ana.does(Help, client_id=b"1" * 16)).ticket
        for _ in range(60):
            await asyncio.gather(*(clocks.strike(each) for each in (services, second, third)))
            await asyncio.sleep(0.01)
        entries = await services.store.channels.after(DESK, 0)
        told = [
            event.ticket
            for event in map(codec.inside, [entry.frame for entry in entries])
            if isinstance(event, TicketChanged)
        ]
        rings = [each.rings for each in told if each.ticket == ticket]
        assert rings == sorted(rings)
        assert len({(each.rings, each.paged, each.nobody_at) for each in told}) == len(told), "no step is told twice"
        assert max(rings) >= 4


async def test_one_ticket_that_can_not_be_read_stops_no_other(
    arrive: Arrive, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    wren = arrive("wren", Role.MODERATOR)
    await wren.does(Desk)
    await wren.does(Duty, state=DutyState.ON)
    client = services.store.link.client
    await client.hset("{desk}:tickets", "broken", b"their words")
    await client.zadd("{desk}:due", {"broken": 1})
    await arrive("ana").does(Help, client_id=b"1" * 16)
    await until(lambda: wren.heard(TicketChanged) and wren.heard(TicketChanged)[-1].ticket.rings >= 2)
    assert "a clock failed" in caplog.text
    assert "their words" not in caplog.text

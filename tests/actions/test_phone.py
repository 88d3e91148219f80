"""Acknowledging by phone: a look changes nothing, a press counts once, and the ticket stays at the desk."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from server.actions import phone, tickets
from server.actions.phone import State
from server.actions.services import Services
from server.domain.paging import Kind
from server.protocol.commands import Desk, Take
from server.protocol.events import PageSeen
from server.protocol.fields import TicketState, Urgency
from server.protocol.people import Role
from tests.actions.conftest import Arrive
from tests.actions.test_pager import Routes, carer, deliver, make_due, opens, routes, told, worry
from tests.waiting import until

__all__ = ["carer", "routes"]

pytestmark = pytest.mark.usefixtures("carer")

Called = Callable[[], Awaitable[str]]


@pytest.fixture
def called(services: Services, routes: Routes) -> Called:
    """The token of the alert that a ticket brought to the phone."""

    async def call() -> str:
        await opens(services, worry())
        await until(told(routes["phones"]))
        return routes["phones"].alerts[-1].link.rpartition("/")[2]

    return call


async def test_a_look_shows_what_it_is_and_changes_nothing(services: Services, called: Called) -> None:
    token = await called()
    for _ in range(3):
        view = await phone.look(services, token)
        assert (view.state, view.kind, view.urgency) == (State.WAITING, Kind.TICKET, Urgency.IMMINENT)
    assert view.ago_ms >= 0
    assert (await services.store.paging.called("t1")).quiet.until == 0


async def test_a_press_counts_once_is_told_at_the_desk_and_takes_nothing(
    services: Services, called: Called, arrive: Arrive
) -> None:
    token, mo = await called(), arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    assert (await phone.see(services, token)).state is State.SEEN
    assert (await phone.see(services, token)).state is State.USED
    assert (await phone.look(services, token)).state is State.USED
    await until(lambda: mo.heard(PageSeen))
    assert [(event.ticket, event.route) for event in mo.heard(PageSeen)] == [("t1", "phones")]
    assert (await tickets.ticket(services, "t1")).ticket.state is TicketState.OPEN
    assert (await arrive("ibis", Role.MODERATOR).does(Desk)).seen == ("t1",), "who comes later learns of it too"


async def test_after_a_press_the_page_rests_and_comes_again_while_nobody_has_it(
    services: Services, called: Called, routes: Routes
) -> None:
    await phone.see(services, await called())
    await deliver(services)
    assert len(routes["phones"].alerts) == 1
    await make_due(services, "phones")
    await deliver(services)
    assert len(routes["phones"].alerts) == 1, "it is put off again while it rests"
    await services.store.scripts.ask("HSET", "{desk}:called:t1", "quiet", 1)
    await make_due(services, "phones")
    await deliver(services)
    assert len(routes["phones"].alerts) == 2
    second = routes["phones"].alerts[1].link.rpartition("/")[2]
    assert (await phone.see(services, second)).state is State.SEEN


async def test_once_someone_has_it_there_is_nothing_to_press(
    services: Services, called: Called, arrive: Arrive
) -> None:
    token = await called()
    await arrive("mo", Role.MODERATOR).does(Take, ticket="t1")
    assert (await phone.look(services, token)).state is State.OVER
    assert (await phone.see(services, token)).state is State.OVER


async def test_a_link_that_is_old_or_forged_is_gone(
    services: Services, called: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = await called()
    other = replace(services, secret=b"another")
    assert (await phone.see(other, token)).state is State.GONE
    assert (await phone.see(services, token[:-1])).state is State.GONE
    assert (await phone.see(services, "")).state is State.GONE
    later = services.store.clock.now() + services.settings.page_link_ms + 1
    monkeypatch.setattr(type(services.store.clock), "now", lambda clock: later)
    assert (await phone.look(services, token)).state is State.GONE
    assert (await phone.see(services, token)).state is State.GONE


async def test_the_link_of_a_test_can_be_tried(services: Services, routes: Routes) -> None:
    await services.pager.test()
    token = routes["mail"].alerts[0].link.rpartition("/")[2]
    assert (await phone.look(services, token)).kind is Kind.TEST
    assert (await phone.see(services, token)).state is State.SEEN

"""Duty begins and ends by a person's hand and heartbeat."""

from server.actions.services import Services
from server.protocol.commands import Desk, Duty, Hand
from server.protocol.events import OnDuty
from server.protocol.fields import DutyState
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import Arrive
from tests.waiting import until


async def test_who_starts_duty_is_named_to_everyone_and_who_ends_it_is_not(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await wren.does(Duty, state=DutyState.ON)
    await until(lambda: ana.heard(OnDuty))
    assert ana.heard(OnDuty)[-1].staff == ("wren",)
    await wren.does(Duty, state=DutyState.OFF)
    await until(lambda: ana.heard(OnDuty)[-1].staff == ())


async def test_a_console_that_is_closed_is_off_duty(arrive: Arrive, services: Services) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await wren.does(Duty, state=DutyState.ON)
    wren.connection.closed()
    await until(lambda: ana.heard(OnDuty) and ana.heard(OnDuty)[-1].staff == ())
    assert services.roster.names == ()


async def test_a_new_page_is_told_who_is_on_duty(arrive: Arrive) -> None:
    wren = arrive("wren", Role.MODERATOR)
    await wren.does(Duty, state=DutyState.ON)
    assert (await arrive("ana").greets()).staff == ("wren",)
    assert (await wren.greets()).on_duty


async def test_a_hand_is_no_answer_and_a_peer_has_no_duty(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    assert await wren.does(Hand) is None
    assert (await ana.does(Duty, state=DutyState.ON)).code == Code.FORBIDDEN
    assert (await ana.does(Desk)).code == Code.FORBIDDEN

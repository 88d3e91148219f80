"""Duty begins and ends by a person's hand and heartbeat."""

from server.actions.services import Services
from server.domain.channels import DESK
from server.protocol.care import AcceptDuty, Deputy, DutyChanged, PassDuty
from server.protocol.commands import Desk, Duty, Hand
from server.protocol.events import Done, OnDuty
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


async def test_one_on_duty_is_deputy_and_whoever_comes_to_the_desk_is_told(arrive: Arrive) -> None:
    wren, ibis = arrive("wren", Role.MODERATOR), arrive("ibis", Role.MODERATOR)
    await ibis.does(Desk)
    assert (await wren.does(Deputy)).code == Code.FORBIDDEN, "only who is on duty"
    assert isinstance(await wren.does(Duty, state=DutyState.ON, deputy=True), Done)
    await until(lambda: ibis.heard(DutyChanged))
    assert ibis.heard(DutyChanged)[-1].deputy == "wren"
    await ibis.does(Duty, state=DutyState.ON)
    assert (await ibis.does(Deputy)).code == Code.CONFLICT
    assert (await ibis.does(Desk)).deputy == "wren"
    await wren.does(Duty, state=DutyState.OFF)
    assert (await ibis.does(Desk)).deputy == "", "a deputy who is not on duty is none"
    assert isinstance(await ibis.does(Deputy), Done)


async def test_duty_is_handed_over_once_the_other_accepts(arrive: Arrive, services: Services) -> None:
    wren, ibis, lark = (arrive(name, Role.MODERATOR) for name in ("wren", "ibis", "lark"))
    await wren.does(Desk)
    await wren.does(Duty, state=DutyState.ON, deputy=True)
    assert (await wren.does(PassDuty, to="ibis")).code == Code.FORBIDDEN, "only to someone who is there"
    await ibis.does(Duty, state=DutyState.ON)
    assert isinstance(await wren.does(PassDuty, to="ibis"), Done)
    assert (await lark.does(AcceptDuty, by="wren")).code == Code.GONE
    state = await ibis.does(Desk)
    assert (state.deputy, [(each.by, each.to) for each in state.passing]) == ("wren", [("wren", "ibis")])
    assert isinstance(await ibis.does(AcceptDuty, by="wren"), Done)
    await until(lambda: wren.heard(DutyChanged)[-1].relieved == "wren")
    assert wren.heard(DutyChanged)[-1].deputy == "ibis"
    assert services.roster.names == ("ibis", "wren"), "nobody is missing until the relieved one goes"
    rows = await services.store.moderation.audit_rows([DESK])
    assert [row.what for row in rows] == ["duty", "deputy", "duty", "pass_duty", "accept_duty"]

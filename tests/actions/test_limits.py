"""Limits in the hands of supervisors: two lift one, each word is on record, and the listener learns of it."""

from server.actions.services import Services
from server.protocol.events import Done
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.protocol.supervising import AtOnceChanged, LiftChanged, LiftLimit, SetAtOnce, Supervise
from tests.actions.conftest import Arrive
from tests.actions.talking import a_listener, listener_of
from tests.actions.test_asks import a_supervisor
from tests.waiting import until


async def test_two_supervisors_lift_a_limit_and_it_is_on_record(arrive: Arrive, services: Services) -> None:
    wren = await a_listener(arrive)
    sue, sam = await a_supervisor(arrive), await a_supervisor(arrive, "sam")
    assert (await wren.does(LiftLimit, name="wren")).code == Code.FORBIDDEN
    assert isinstance(await sue.does(LiftLimit, name="wren"), Done)
    await until(lambda: sam.heard(LiftChanged))
    assert (sam.heard(LiftChanged)[0].lift.by, sam.heard(LiftChanged)[0].lift.until) == ("sue", 0)
    state = await arrive("sid", Role.SUPERVISOR).does(Supervise)
    assert [lift.name for lift in state.lifts] == ["wren"]
    assert not (await listener_of(services, "wren")).lifted
    assert isinstance(await sam.does(LiftLimit, name="wren"), Done)
    assert (await listener_of(services, "wren")).lifted > services.store.clock.now()
    rows = await services.store.moderation.audit_rows(["listening"])
    assert [(row.who, row.what, row.which) for row in rows] == [
        ("sue", "lift_limit", "wren"),
        ("sam", "lift_limit", "wren"),
    ]


async def test_two_at_a_time_only_by_a_supervisor(arrive: Arrive, services: Services) -> None:
    wren = await a_listener(arrive)
    sue = await a_supervisor(arrive)
    assert (await wren.does(SetAtOnce, name="wren", at_once=2)).code == Code.FORBIDDEN
    assert isinstance(await sue.does(SetAtOnce, name="wren", at_once=2), Done)
    await until(lambda: wren.heard(AtOnceChanged))
    assert (await listener_of(services, "wren")).at_once == 2
    assert (await sue.does(SetAtOnce, name="nobody", at_once=2)).code == Code.GONE

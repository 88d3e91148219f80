"""Supervising: what waits, and reading along without a seat, on record each time."""

from server.actions.services import Services
from server.protocol.commands import Leave
from server.protocol.events import Done, Here, Posted, Said
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.protocol.supervising import AskSupervisor, Supervise, SupervisionState, Watch, Watching
from tests.actions.conftest import Arrive
from tests.actions.talking import two_who_talk
from tests.actions.test_asks import a_supervisor
from tests.waiting import until


async def test_what_waits_is_told_to_who_comes(arrive: Arrive) -> None:
    _, wren, channel = await two_who_talk(arrive)
    await wren.does(AskSupervisor, channel=channel)
    state = await arrive("sue", Role.SUPERVISOR).does(Supervise)
    assert isinstance(state, SupervisionState)
    assert [ask.one for ask in state.asks] == [channel]
    for role in (Role.LISTENER, Role.MODERATOR, Role.OPERATOR, Role.PEER):
        assert (await arrive(role.value, role).does(Supervise)).code == Code.FORBIDDEN


async def test_a_supervisor_reads_along_says_nothing_and_it_is_on_record(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    before = len(ana.wire.heard)
    watching = await sue.does(Watch, channel=channel)
    assert isinstance(watching, Watching)
    assert watching.one.name == "wren"
    await until(lambda: [said.text for said in sue.heard(Said)] == ["it has been a long week"])
    assert (await sue.says("hello", channel=channel)).code == Code.NOT_JOINED
    assert len(ana.wire.heard) == before, "nothing tells them by a frame; they were told from the start"
    assert isinstance(await wren.says("I am here", channel=channel), Posted)
    await until(lambda: len(sue.heard(Said)) == 2)
    assert isinstance(await sue.does(Leave, channel=channel), Done)
    await wren.says("and on", channel=channel)
    await until(lambda: len(wren.heard(Said)) == 3)
    assert len(sue.heard(Said)) == 2
    assert all("sue" not in here.staff for here in ana.heard(Here))
    rows = await services.store.moderation.audit_rows(["listening"])
    assert [(row.who, row.what, row.which) for row in rows] == [("sue", "watch", channel)]


async def test_nobody_else_reads_along(arrive: Arrive) -> None:
    _, _, channel = await two_who_talk(arrive)
    for role in (Role.LISTENER, Role.MODERATOR, Role.PROFESSIONAL, Role.OPERATOR, Role.PEER):
        assert (await arrive(role.value, role).does(Watch, channel=channel)).code == Code.FORBIDDEN
    assert (await arrive("sue", Role.SUPERVISOR).does(Watch, channel="one:nothing")).code == Code.NO_ROOM

"""Removing, undoing, muting, slowing and closing."""

import pytest

from server.actions.services import Services
from server.domain.channels import DESK
from server.protocol.commands import Desk, Gate, Join, Mute, Remove, Restore, SlowMode
from server.protocol.events import (
    Done,
    Posted,
    Removed,
    Restored,
    RoomChanged,
    Said,
    YoursRemoved,
)
from server.protocol.fields import RoomState, StaffReason
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.waiting import until

DAY = "room:carers"


async def scene(arrive: Arrive) -> tuple[Someone, Someone, Someone, int]:
    """Ana has said something that Ben and the moderator Wren have heard."""
    ana, ben, wren = arrive("ana"), arrive("ben"), arrive("wren", Role.MODERATOR)
    await ana.greets()
    for someone in (ana, ben, wren):
        await someone.does(Join, channel=NIGHT)
    posted = await ana.says("hello")
    await until(lambda: ben.heard(Said))
    return ana, ben, wren, posted.seq


async def test_a_removed_message_is_gone_for_everyone_and_its_author_is_told_why(arrive: Arrive) -> None:
    ana, ben, wren, seq = await scene(arrive)
    await wren.does(Remove, channel=NIGHT, seq=seq, reason=StaffReason.UNKIND, note="Rule 2.")
    await until(lambda: ben.heard(Removed) and ana.heard(YoursRemoved))
    assert ben.heard(Removed)[0].gone == seq
    assert (ana.heard(YoursRemoved)[0].text, ana.heard(YoursRemoved)[0].note) == ("hello", "Rule 2.")
    late = arrive("cleo")
    await late.does(Join, channel=NIGHT)
    assert late.heard(Said) == []


async def test_a_removal_is_undone_in_its_place(arrive: Arrive) -> None:
    _, ben, wren, seq = await scene(arrive)
    await wren.does(Remove, channel=NIGHT, seq=seq, reason=StaffReason.UNKIND)
    other = arrive("ibis", Role.MODERATOR)
    assert (await other.does(Restore, channel=NIGHT, seq=seq)).code == Code.GONE
    assert isinstance(await wren.does(Restore, channel=NIGHT, seq=seq), Done)
    await until(lambda: ben.heard(Restored))
    assert (ben.heard(Restored)[0].back, ben.heard(Restored)[0].text) == (seq, "hello")


async def test_what_was_brought_back_can_be_removed_again(arrive: Arrive) -> None:
    _, ben, wren, seq = await scene(arrive)
    await wren.does(Remove, channel=NIGHT, seq=seq, reason=StaffReason.UNKIND)
    await wren.does(Restore, channel=NIGHT, seq=seq)
    await until(lambda: ben.heard(Restored))
    back = next(number for number, event in ben.wire.heard if isinstance(event, Restored))
    assert isinstance(await wren.does(Remove, channel=NIGHT, seq=back, reason=StaffReason.UNKIND), Done)


async def test_what_is_not_there_can_not_be_removed(arrive: Arrive) -> None:
    _, _, wren, seq = await scene(arrive)
    for command in (Remove, Mute):
        more = {"minutes": 5} if command is Mute else {}
        answer = await wren.does(command, channel=NIGHT, seq=seq + 9, reason=StaffReason.OTHER, **more)
        assert answer.code == Code.NO_MESSAGE


async def test_slow_mode_is_told_to_all_and_counts_each_persons_own_turn(arrive: Arrive) -> None:
    ana, ben, wren, _ = await scene(arrive)
    await wren.does(SlowMode, channel=NIGHT, seconds=30)
    await until(lambda: ben.heard(RoomChanged))
    assert (ben.heard(RoomChanged)[0].slow_seconds, ben.heard(RoomChanged)[0].state) == (30, RoomState.OPEN)
    assert (await ana.says("one")).turn_ms == 30_000
    refused = await ana.says("two")
    assert refused.code == Code.SLOW_MODE
    assert 29_000 < refused.retry_ms <= 30_000
    assert isinstance(await ben.says("one"), Posted)


async def test_closing_keeps_slow_mode_and_slow_mode_keeps_the_door(arrive: Arrive) -> None:
    _, ben, wren, _ = await scene(arrive)
    await wren.does(SlowMode, channel=NIGHT, seconds=30)
    await wren.does(Gate, channel=NIGHT, state=RoomState.CLOSED)
    await wren.does(SlowMode, channel=NIGHT, seconds=10)
    await until(lambda: len(ben.heard(RoomChanged)) == 3)
    assert [(change.slow_seconds, change.state) for change in ben.heard(RoomChanged)] == [
        (30, RoomState.OPEN),
        (30, RoomState.CLOSED),
        (10, RoomState.CLOSED),
    ]


async def test_every_act_leaves_a_row_without_what_was_said(arrive: Arrive, services: Services) -> None:
    _, _, wren, seq = await scene(arrive)
    await wren.does(Mute, channel=NIGHT, seq=seq, minutes=5, reason=StaffReason.UNKIND)
    await wren.does(SlowMode, channel=NIGHT, seconds=30)
    await wren.does(Gate, channel=NIGHT, state=RoomState.CLOSED)
    await wren.does(Remove, channel=NIGHT, seq=seq, reason=StaffReason.UNKIND)
    await wren.does(Restore, channel=NIGHT, seq=seq)
    rows = await services.store.moderation.audit_rows([NIGHT, DESK])
    assert [row.what for row in rows] == ["mute", "slow_mode", "gate", "remove", "restore"]
    assert {row.who for row in rows} == {"wren"}
    assert "hello" not in repr(rows)


@pytest.mark.parametrize("role", [Role.PEER, Role.LISTENER])
async def test_who_is_no_moderator_moderates_nothing_91(arrive: Arrive, role: Role) -> None:
    _, _, _, seq = await scene(arrive)
    someone = arrive("someone", role)
    answers = [
        await someone.does(Remove, channel=NIGHT, seq=seq, reason=StaffReason.OTHER),
        await someone.does(Mute, channel=NIGHT, seq=seq, minutes=5, reason=StaffReason.OTHER),
        await someone.does(SlowMode, channel=NIGHT, seconds=30),
        await someone.does(Gate, channel=NIGHT, state=RoomState.CLOSED),
        await someone.does(Desk),
    ]
    assert {answer.code for answer in answers} == {Code.FORBIDDEN}

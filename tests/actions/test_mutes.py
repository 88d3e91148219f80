"""Mutes: told, kept, everywhere or here, ended early."""

from server.protocol.commands import Desk, Join, Mute, Unmute
from server.protocol.events import HoldArrived, MuteChanged, Muted, Posted, Unmuted
from server.protocol.fields import Scope, StaffReason
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.test_moderation import scene
from tests.waiting import until

DAY = "room:carers"


async def test_a_muted_person_is_told_and_the_desk_keeps_it(arrive: Arrive) -> None:
    ana, _, wren, seq = await scene(arrive)
    await wren.does(Desk)
    await wren.does(Mute, channel=NIGHT, seq=seq, minutes=5, reason=StaffReason.UNKIND)
    await until(lambda: ana.heard(Muted) and wren.heard(MuteChanged))
    assert ana.heard(Muted)[0].channel == NIGHT
    joined = await arrive("ana").does(Join, channel=NIGHT)
    assert joined.muted_until > 0


async def test_a_mute_everywhere_reaches_the_other_rooms_and_ends_in_all(arrive: Arrive) -> None:
    ana, _, wren, seq = await scene(arrive)
    await ana.does(Join, channel=DAY)
    await wren.does(Desk)
    await wren.does(Mute, channel=NIGHT, seq=seq, minutes=5, scope=Scope.EVERYWHERE, reason=StaffReason.UNKIND)
    await until(lambda: wren.heard(MuteChanged))
    assert (await ana.says("hello", channel=DAY)).code == Code.MUTED
    await wren.does(Unmute, mute=wren.heard(MuteChanged)[0].mute.mute)
    await until(lambda: ana.heard(Unmuted))
    assert isinstance(await ana.says("hello", channel=DAY), Posted)
    assert isinstance(await ana.says("hello again", channel=NIGHT), Posted)


async def test_staff_are_not_muted_by_staff(arrive: Arrive) -> None:
    _, _, wren, _ = await scene(arrive)
    posted = await wren.says("I am here until midnight.")
    other = arrive("ibis", Role.MODERATOR)
    answer = await other.does(Mute, channel=NIGHT, seq=posted.seq, minutes=5, reason=StaffReason.OTHER)
    assert answer.code == Code.FORBIDDEN


async def test_the_author_of_a_held_message_can_be_muted(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ana.says("ring me on 07700 900123")
    await until(lambda: wren.heard(HoldArrived))
    hold = wren.heard(HoldArrived)[0].hold.hold
    await wren.does(Mute, channel=NIGHT, seq=0, hold=hold, minutes=5, reason=StaffReason.CONTACT)
    assert (await ana.says("hello")).code == Code.MUTED


async def test_nobody_is_muted_for_a_message_that_is_held_for_care(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    held = await ana.says("I want to end my life tonight")
    assert held.care
    refused = await wren.does(Mute, channel=NIGHT, seq=0, hold=held.hold, minutes=5, reason=StaffReason.OTHER)
    assert refused.code == Code.FORBIDDEN

"""The desk: a snapshot and what changes it, and records that leave when they are over."""

from server.actions import desk, tickets
from server.actions.services import Services
from server.protocol.care import Contact
from server.protocol.commands import Desk, Help, Join, Mute, Settle, Take
from server.protocol.events import HoldArrived, MuteChanged, TicketChanged
from server.protocol.fields import StaffReason, TicketOutcome
from server.protocol.people import Role
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until

PHONE = "ring me on 07700 900123"


async def test_a_later_snapshot_equals_the_first_and_what_was_heard_since(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    first = await wren.does(Desk)
    assert (first.holds, first.tickets) == ((), ())
    posted = await ana.says("I want to kill myself")
    await ana.says(PHONE)
    await wren.does(Mute, channel=NIGHT, seq=posted.seq, minutes=5, reason=StaffReason.OTHER)
    await until(lambda: wren.heard(HoldArrived) and wren.heard(TicketChanged) and wren.heard(MuteChanged))
    later = await arrive("ibis", Role.MODERATOR).does(Desk)
    assert later.holds == tuple(event.hold for event in wren.heard(HoldArrived))
    assert later.tickets == tuple(event.ticket for event in wren.heard(TicketChanged))
    assert later.mutes == tuple(event.mute for event in wren.heard(MuteChanged))
    assert later.position.seq == 3


async def test_an_ended_mute_leaves_the_desk(arrive: Arrive, services: Services) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    posted = await ana.says("hello")
    await wren.does(Desk)
    await wren.does(Mute, channel=NIGHT, seq=posted.seq, minutes=1, reason=StaffReason.OTHER)
    await until(lambda: wren.heard(MuteChanged))
    await desk.clear(services)
    assert len((await wren.does(Desk)).mutes) == 1
    services.store.clock._ahead_ms += 61_000
    await desk.clear(services)
    assert (await wren.does(Desk)).mutes == ()


async def test_a_settled_ticket_is_forgotten_after_its_time(arrive: Arrive, services: Services) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ana.says("I want to kill myself")
    await until(lambda: wren.heard(TicketChanged))
    ticket = wren.heard(TicketChanged)[0].ticket.ticket
    await wren.does(Take, ticket=ticket)
    await wren.does(Contact, ticket=ticket, fence=1)
    await wren.does(Settle, ticket=ticket, fence=1, outcome=TicketOutcome.SAFE_FOR_NOW)
    await desk.clear(services)
    assert (await tickets.ticket(services, ticket)).ticket.outcome is TicketOutcome.SAFE_FOR_NOW
    services.store.clock._ahead_ms += services.settings.ticket_ms + 1
    await desk.clear(services)
    assert await services.store.link.client.hlen("{desk}:tickets") == 0


async def test_a_clock_that_got_lost_is_set_again(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    received = await ana.does(Help, client_id=b"1" * 16)
    await services.store.link.client.delete("{desk}:due")
    await desk.clear(services)
    assert await services.store.link.client.zscore("{desk}:due", received.ticket)

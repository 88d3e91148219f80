"""What two processes do under the same id is done once."""

from msgspec import structs

from server.actions import doing, tickets
from server.actions.services import Services
from server.domain.channels import inbox
from server.domain.errands import Errands, NoteBan, NoteMute, OpenTicket, Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Desk, Unban, Unmute
from server.protocol.events import BanItem, MuteItem, TicketSettled
from server.protocol.fields import Scope, StaffReason, TicketSource, Urgency
from server.protocol.people import Role
from tests.actions.conftest import NIGHT, Arrive

ANA = "ana".ljust(32, "0")
WORRY = OpenTicket(
    ticket="t1", person=ANA, source=TicketSource.REPORT, urgency=Urgency.CONCERN, channel=NIGHT, handle="heron",
    text="words", rule="", since=1,
)  # fmt: skip


async def done(services: Services, errands: Errands) -> None:
    for errand, what in errands.items():
        await doing.do(services, errand, what)


async def test_what_was_told_is_told_once(services: Services) -> None:
    told: Errands = {"e1": Tell(inbox(ANA), encode(TicketSettled(ticket="t1", at=UNSTAMPED)))}
    await done(services, told)
    await done(services, told)
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1


async def test_a_worry_counts_once(services: Services) -> None:
    for ticket in ("t1", "t2", "t2", "t1"):
        await done(services, {f"ticket:{ticket}": structs.replace(WORRY, ticket=ticket)})
    assert (await tickets.ticket(services, "t1")).ticket.times == 2


async def test_what_was_noted_and_has_ended_does_not_come_back_when_it_is_done_again(
    arrive: Arrive, services: Services
) -> None:
    wren = arrive("wren", Role.MODERATOR)
    mute = MuteItem(
        mute="m1", channel=NIGHT, handle="heron", scope=Scope.HERE, reason=StaffReason.SPAM, by="wren", until=2**50
    )
    ban = BanItem(ban="b1", channel=NIGHT, handle="heron", reason=StaffReason.SPAM, by="wren", until=2**50)
    notes: Errands = {"mute:m1": NoteMute(ANA, mute), "ban:b1": NoteBan(ANA, ban)}
    await done(services, notes)
    assert [(len(each.mutes), len(each.bans)) for each in [await wren.does(Desk)]] == [(1, 1)]
    await wren.does(Unmute, mute="m1")
    await wren.does(Unban, ban="b1")
    await done(services, notes)
    assert [(len(each.mutes), len(each.bans)) for each in [await wren.does(Desk)]] == [(0, 0)]

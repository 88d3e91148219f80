"""What one process left undone another finishes, once."""

from msgspec import structs

from server.actions import background, errands, tickets
from server.actions.services import Services
from server.domain.channels import inbox
from server.domain.errands import Errands, NoteBan, NoteMute, OpenTicket, Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Desk, Unban, Unmute
from server.protocol.events import BanItem, MuteItem, TicketSettled
from server.protocol.fields import Scope, StaffReason, TicketSource, Urgency
from server.protocol.people import Role
from server.store import keys
from server.store.channels import NOBODY, Utterance
from tests.actions.conftest import NIGHT, Arrive
from tests.store.test_channels import said

ANA = "ana".ljust(32, "0")
TOLD = Tell(inbox(ANA), encode(TicketSettled(ticket="t1", at=UNSTAMPED)))

WORRY = OpenTicket(
    ticket="t1", person=ANA, source=TicketSource.REPORT, urgency=Urgency.CONCERN, channel=NIGHT, handle="heron",
    text="words", rule="", since=1,
)  # fmt: skip


async def left_undone(services: Services) -> None:
    """As when a process dies right after the step."""
    utterance = Utterance(NIGHT, ANA, b"1" * 16, b"", b"digest00", "", True)
    await services.store.channels.post(utterance, said(), NOBODY, {"e1": TOLD})


async def test_a_sweep_carries_what_was_left_and_leaves_nothing(services: Services) -> None:
    await left_undone(services)
    await errands.sweep(services)
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1
    assert await services.store.link.client.hlen(keys.out(NIGHT)) == 0


async def test_carried_by_two_it_arrives_once(services: Services) -> None:
    await left_undone(services)
    await errands.carry(services, NIGHT, {"e1": TOLD})
    await errands.carry(services, NIGHT, {"e1": TOLD})
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1


async def test_a_worry_carried_by_two_counts_once(services: Services) -> None:
    for ticket in ("t1", "t2", "t2", "t1"):
        await errands.carry(services, NIGHT, {f"ticket:{ticket}": structs.replace(WORRY, ticket=ticket)})
    assert (await tickets.ticket(services, "t1")).ticket.times == 2


async def test_carried_soon_is_carried(services: Services, arrive: Arrive) -> None:
    errands.carry_soon(services, NIGHT, {"e1": TOLD})
    await background.finished()
    assert len(await services.store.channels.after(inbox(ANA), 0)) == 1


async def test_what_was_noted_and_has_ended_does_not_come_back_when_it_is_carried_again(
    arrive: Arrive, services: Services
) -> None:
    """Two processes may both carry an errand, one of them late."""
    wren = arrive("wren", Role.MODERATOR)
    mute = MuteItem(
        mute="m1", channel=NIGHT, handle="heron", scope=Scope.HERE, reason=StaffReason.SPAM, by="wren", until=2**50
    )
    ban = BanItem(ban="b1", channel=NIGHT, handle="heron", reason=StaffReason.SPAM, by="wren", until=2**50)
    notes: Errands = {"mute:m1": NoteMute(ANA, mute), "ban:b1": NoteBan(ANA, ban)}
    await errands.carry(services, NIGHT, notes)
    assert [(len(each.mutes), len(each.bans)) for each in [await wren.does(Desk)]] == [(1, 1)]
    await wren.does(Unmute, mute="m1")
    await wren.does(Unban, ban="b1")
    await errands.carry(services, NIGHT, notes)
    assert [(len(each.mutes), len(each.bans)) for each in [await wren.does(Desk)]] == [(0, 0)]

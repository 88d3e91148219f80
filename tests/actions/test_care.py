"""Help that is asked for, worry that is said, and who answers."""

import asyncio

from server.actions.services import Services
from server.domain.channels import DESK
from server.protocol.care import Contact, Holding, Safe
from server.protocol.commands import Answer, Desk, Escalate, Gate, Help, Join, Mute, Settle, SlowMode, Spare, Take
from server.protocol.events import (
    Done,
    HelpCard,
    HelpReceived,
    Joined,
    Posted,
    Said,
    TicketChanged,
)
from server.protocol.fields import CardAnswer, RoomState, StaffReason, TicketOutcome, TicketState, Urgency
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.asking import asked
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until


async def test_help_pressed_twice_is_one_ticket_97(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    again = await ana.does(Help, client_id=b"1" * 16)
    other = await ana.does(Help, client_id=b"2" * 16)
    assert again.ticket == other.ticket == ticket
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.times == 2)


async def test_help_is_there_for_who_is_muted_slowed_shut_out_or_nowhere(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    assert isinstance(await ana.does(Help, client_id=b"1" * 16), HelpReceived), "from nowhere"
    await ana.does(Join, channel=NIGHT)
    posted = await ana.says("hello")
    await wren.does(Mute, channel=NIGHT, seq=posted.seq, minutes=5, reason=StaffReason.UNKIND)
    await wren.does(SlowMode, channel=NIGHT, seconds=600)
    await wren.does(Gate, channel=NIGHT, state=RoomState.CLOSED)
    assert isinstance(await ana.does(Help, client_id=b"2" * 16, channel=NIGHT), HelpReceived)


async def test_the_two_talk_privately_and_nobody_else_comes_in(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    thread = f"ticket:{ticket}"
    await wren.does(Take, ticket=ticket)
    for someone in (ana, wren):
        assert isinstance(await someone.does(Join, channel=thread), Joined)
    await wren.says("Hello, I am Wren.", channel=thread)
    await ana.says("hello", channel=thread)
    await until(lambda: len(ana.heard(Said)) == 2)
    assert (await arrive("ben").does(Join, channel=thread)).code == Code.NO_ROOM


async def test_a_private_thread_is_not_held_slowed_or_shut(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    await ana.does(Join, channel=f"ticket:{ticket}")
    for number in range(20):
        posted = await ana.says(f"line {number}, my number is 07700 900123", channel=f"ticket:{ticket}")
        assert posted.seq == number + 1


async def test_im_safe_is_told_to_staff_and_closes_nothing(arrive: Arrive) -> None:
    ana, wren, ticket = await asked(arrive)
    await wren.does(Take, ticket=ticket)
    assert isinstance(await ana.does(Safe), Done)
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.says == "safe")
    assert wren.heard(TicketChanged)[-1].ticket.state is TicketState.ACKNOWLEDGED
    assert (await ana.does(Join, channel=f"ticket:{ticket}")).state is RoomState.OPEN
    assert isinstance(await arrive("ben").does(Safe), Done), "who has no ticket is not told that"


async def test_an_answer_to_the_card_is_read_by_staff_and_stops_the_next(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ana.says("I want to kill myself")
    await until(lambda: wren.heard(TicketChanged))
    card = ana.heard(HelpCard)[0]
    assert isinstance(await ana.does(Answer, card=card.card, says=CardAnswer.OK), Done)
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.says == "ok")
    await ana.says("I still want to kill myself")
    assert len(ana.heard(HelpCard)) == 1
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.times == 2)
    again = arrive("ana")
    await again.greets()
    assert again.connection.rest is not None, "it is remembered over a reload"


async def test_staff_who_worry_open_a_ticket_for_the_author(arrive: Arrive, services: Services) -> None:
    ana, wren, lark = arrive("ana"), arrive("wren", Role.MODERATOR), arrive("lark", Role.LISTENER)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    posted = await ana.says("I am fine")
    assert isinstance(await lark.does(Escalate, channel=NIGHT, seq=posted.seq, urgency=Urgency.SERIOUS), Done)
    await until(lambda: wren.heard(TicketChanged))
    ticket = wren.heard(TicketChanged)[0].ticket
    assert (ticket.urgency, ticket.state, ticket.text) == (Urgency.SERIOUS, TicketState.OPEN, "I am fine")
    assert ana.heard(HelpCard) == [], "only a human speaks to them now"
    assert [row.what for row in await services.store.moderation.audit_rows([DESK])] == ["escalate"]


async def test_who_escalates_says_what_they_saw_and_can_take_it_at_once(arrive: Arrive) -> None:
    ana, wren, lark = arrive("ana"), arrive("wren", Role.MODERATOR), arrive("lark", Role.LISTENER)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    worry = {"channel": NIGHT, "seq": (await ana.says("I am fine")).seq, "urgency": Urgency.SERIOUS, "take": True}
    assert isinstance(await lark.does(Escalate, **worry, note="She said goodbye."), Done), "a listener stays beside it"
    taken = await wren.does(Escalate, **worry)
    assert isinstance(taken, Holding)
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.taken_by == "wren")
    assert wren.heard(TicketChanged)[-1].ticket.note == "She said goodbye."


async def test_worry_that_is_said_again_after_a_ticket_was_closed_opens_another(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    worry = {"channel": NIGHT, "seq": (await ana.says("I am fine")).seq, "urgency": Urgency.SERIOUS, "take": True}
    first = await wren.does(Escalate, **worry)
    assert (await wren.does(Escalate, **worry)).ticket == first.ticket, "pressed twice it is one"
    await wren.does(Contact, ticket=first.ticket, fence=first.fence)
    await wren.does(Settle, ticket=first.ticket, fence=first.fence, outcome=TicketOutcome.SAFE_FOR_NOW)
    await asyncio.sleep(0.005)  # in the same millisecond it would be the same worry
    assert (await wren.does(Escalate, **worry)).ticket != first.ticket


async def test_someone_who_is_cared_for_is_spared_slow_mode_and_nobody_hears_of_it(
    arrive: Arrive, services: Services
) -> None:
    ana, ben, wren = arrive("ana"), arrive("ben"), arrive("wren", Role.MODERATOR)
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await wren.does(SlowMode, channel=NIGHT, seconds=600)
    await ana.says("I want to kill myself")
    await ben.says("hello")
    await until(lambda: wren.heard(TicketChanged))
    assert (await ana.says("are you there")).code == Code.SLOW_MODE
    before = len(ben.wire.heard)
    assert isinstance(await wren.does(Spare, ticket=wren.heard(TicketChanged)[0].ticket.ticket), Done)
    assert len(ben.wire.heard) == before
    assert [isinstance(await ana.says(line), Posted) for line in ("are you there", "hello")] == [True, True]
    assert (await ben.says("hello again")).code == Code.SLOW_MODE
    assert [row.what for row in await services.store.moderation.audit_rows([NIGHT])] == ["slow_mode", "spare"]


async def test_a_ticket_waits_for_who_comes_to_the_desk_later(arrive: Arrive) -> None:
    _, _, ticket = await asked(arrive)
    state = await arrive("ibis", Role.MODERATOR).does(Desk)
    assert [item.ticket for item in state.tickets] == [ticket]


async def test_worry_about_who_wrote_a_message_that_waits_opens_a_ticket(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    held = await ana.says("ring me on 07700 900123")
    worry = {"channel": NIGHT, "seq": 0, "hold": held.hold, "urgency": Urgency.CONCERN}
    assert isinstance(await wren.does(Escalate, **worry), Done)
    await until(lambda: wren.heard(TicketChanged))
    assert wren.heard(TicketChanged)[0].ticket.text == held.text

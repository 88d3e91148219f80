"""Worry is answered at once, kept without fail, and never louder than it has to be."""

from server.protocol.commands import Answer, Desk, Join
from server.protocol.events import HelpCard, Posted, TicketChanged
from server.protocol.fields import CardAnswer, CardKind
from server.protocol.people import Role
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until


async def test_the_card_waits_in_the_inbox_too_and_is_the_same_card(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.greets()
    await ana.does(Join, channel=NIGHT)
    await ana.says("I want to kill myself")
    await until(lambda: len(ana.heard(HelpCard)) == 2)
    at_once, kept = ana.heard(HelpCard)
    assert at_once.card == kept.card
    assert at_once.kind is CardKind.WORRY
    assert at_once.asked


async def test_staff_who_write_of_such_things_get_no_card_and_open_no_ticket(arrive: Arrive) -> None:
    wren = arrive("wren", Role.MODERATOR)
    await wren.does(Join, channel=NIGHT)
    await wren.does(Desk)
    assert isinstance(await wren.says("I want to kill myself"), Posted)
    await wren.says("and a line after it")
    assert wren.heard(HelpCard) == []
    assert (await wren.does(Desk)).tickets == ()


async def test_a_second_worry_marks_the_open_ticket_and_opens_no_other(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ana.says("I want to kill myself")
    await ana.says("I really want to end my life")
    await until(lambda: wren.heard(TicketChanged) and wren.heard(TicketChanged)[-1].ticket.times == 2)
    assert len({event.ticket.ticket for event in wren.heard(TicketChanged)}) == 1


async def test_a_refused_card_stays_away_and_the_ticket_does_not(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Desk)
    await ana.says("I want to kill myself")
    await until(lambda: wren.heard(TicketChanged))
    await ana.does(Answer, card=ana.heard(HelpCard)[0].card, says=CardAnswer.MISTAKE)
    before = len(ana.heard(HelpCard))
    await ana.says("I still want to kill myself")
    await until(lambda: wren.heard(TicketChanged)[-1].ticket.times == 2)
    assert len(ana.heard(HelpCard)) == before

"""Hello tells how things stand; goodbye leaves nothing standing."""

from server.actions.services import Services
from server.protocol.commands import Help, Join, Take
from server.protocol.events import Here, TicketTaken
from server.protocol.fields import Position, Resumption
from server.protocol.people import Role
from server.protocol.refusals import Close
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until


async def test_welcome_says_who_one_is_and_what_the_limits_are(arrive: Arrive, services: Services) -> None:
    welcome = await arrive("wren", Role.MODERATOR).greets()
    assert (welcome.role, welcome.name, welcome.resumed) == (Role.MODERATOR, "wren", Resumption.FRESH)
    assert welcome.limits.text_characters == services.settings.text_characters
    assert welcome.rules == services.content.rules.version


async def test_what_concerned_one_while_away_is_told_on_coming_back(arrive: Arrive) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    welcome = await ana.greets()
    ticket = (await ana.does(Help, client_id=b"1" * 16)).ticket
    ana.connection.closed()
    await wren.does(Take, ticket=ticket)
    back = arrive("ana")
    again = await back.greets()
    assert again.tickets == (ticket,)
    await until(lambda: back.heard(TicketTaken))
    assert welcome.inbox == Position(epoch=again.inbox.epoch, seq=welcome.inbox.seq)


async def test_a_fourth_tab_makes_the_oldest_go_21(arrive: Arrive) -> None:
    tabs = [arrive("ana") for _ in range(4)]
    for tab in tabs:
        await tab.greets()
    await until(lambda: tabs[0].wire.closed is Close.REPLACED)
    assert [tab.wire.closed for tab in tabs[1:]] == [None, None, None]


async def test_who_closed_the_page_is_no_longer_here(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    await until(lambda: ben.heard(Here) and ben.heard(Here)[-1].people == 2)
    ana.connection.closed()
    await until(lambda: ben.heard(Here)[-1].people == 1)

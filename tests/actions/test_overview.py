"""The overview over the real store: counted from what is there, and told to supervisors alone."""

from server.protocol.commands import Desk
from server.protocol.events import TicketChanged
from server.protocol.fields import Urgency
from server.protocol.listening import Worried
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.protocol.supervising import Light, Overview, Owes
from tests.actions.conftest import Arrive
from tests.actions.talking import two_who_talk
from tests.actions.test_asks import a_supervisor
from tests.waiting import until


async def test_how_it_goes_now(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    await sue.does(Desk)
    seen = await sue.does(Overview)
    assert (seen.numbers.active, seen.numbers.listeners, seen.numbers.free) == (1, 1, 0)
    assert (seen.numbers.supervisors, seen.numbers.supervising) == (("sue",), Light.GREEN)
    assert [(row.name, row.ones) for row in seen.listeners] == [("wren", 1)]
    assert [(row.channel, row.owes, row.urgency) for row in seen.ones] == [(channel, Owes.LISTENER, None)]
    await wren.does(Worried, channel=channel, urgency=Urgency.IMMINENT)
    await until(lambda: sue.heard(TicketChanged))
    seen = await sue.does(Overview)
    assert (seen.numbers.high_risk, seen.numbers.risk) == (1, Light.RED)
    assert seen.ones[0].urgency is Urgency.IMMINENT
    for someone in (ana, wren, arrive("mo", Role.MODERATOR)):
        assert (await someone.does(Overview)).code == Code.FORBIDDEN

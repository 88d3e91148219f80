"""Someone who has asked for help: how a care ticket comes about in the tests."""

from server.protocol.commands import Desk, Help
from server.protocol.events import HelpReceived, TicketChanged
from server.protocol.people import Role
from tests.actions.conftest import Arrive, Someone
from tests.waiting import until


async def asked(arrive: Arrive) -> tuple[Someone, Someone, str]:
    """Ana has asked for a person; Wren sees the desk."""
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.greets()
    await wren.does(Desk)
    received = await ana.does(Help, client_id=b"1" * 16)
    assert isinstance(received, HelpReceived)
    await until(lambda: wren.heard(TicketChanged))
    return ana, wren, received.ticket

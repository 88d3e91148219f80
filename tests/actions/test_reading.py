"""Words that are in no channel yet are cleaned, masked and looked after like all others."""

import pytest

from server.actions.reading import read
from server.actions.services import Services
from server.protocol.commands import Desk
from server.protocol.events import HelpCard, TicketChanged
from server.protocol.fields import Urgency
from server.protocol.people import Role
from tests.actions.conftest import Arrive
from tests.waiting import until

ONCE = b"1" * 16


async def test_nothing_is_nothing(arrive: Arrive, services: Services) -> None:
    assert (await read(services, arrive("ana").connection, ONCE, "  \n ")).text == ""


@pytest.mark.parametrize("said", ["write to me at someone@example.com"])
async def test_contact_details_do_not_reach_a_reader(arrive: Arrive, services: Services, said: str) -> None:
    assert "someone@example.com" not in (await read(services, arrive("ana").connection, ONCE, said)).text


async def test_risk_brings_the_card_and_the_ticket_before_anyone_reads_it(arrive: Arrive, services: Services) -> None:
    ana, mo = arrive("ana"), arrive("mo", Role.MODERATOR)
    await ana.greets()
    await mo.does(Desk)
    words = await read(services, ana.connection, ONCE, "I want to kill myself")
    assert words.urgency in (Urgency.SERIOUS, Urgency.IMMINENT)
    await until(lambda: ana.heard(HelpCard) and mo.heard(TicketChanged))

"""The handbook in a listener's hands: in their language, and nothing of an answer on record."""

from server.actions.services import Services
from server.domain.channels import LISTENING
from server.protocol.events import Done
from server.protocol.handbook import Handbook, OpenHandbook, RiskAsked
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import Arrive
from tests.actions.talking import a_listener, two_who_talk


async def test_it_opens_in_the_language_of_the_page(arrive: Arrive) -> None:
    wren = await a_listener(arrive)
    english, spanish = await wren.does(OpenHandbook, lang="en"), await wren.does(OpenHandbook, lang="es")
    assert isinstance(english, Handbook)
    assert [each.id for each in english.questions] == [each.id for each in spanish.questions]
    assert english.questions[0].text != spanish.questions[0].text
    assert (await wren.does(OpenHandbook, lang="xx")).moments == english.moments


async def test_that_a_question_was_asked_is_on_record_and_nothing_more(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    assert isinstance(await wren.does(RiskAsked, channel=channel, question="thoughts"), Done)
    rows = await services.store.moderation.audit_rows([LISTENING])
    asked = next(row for row in rows if row.what == "risk_asked")
    assert (asked.who, asked.which, asked.why) == ("wren", channel, "thoughts")


async def test_only_its_listener_asks_and_only_what_is_in_the_book(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    assert (await wren.does(RiskAsked, channel=channel, question="how-they-look")).code == Code.GONE
    assert (await ana.does(RiskAsked, channel=channel, question="thoughts")).code == Code.FORBIDDEN
    lark = await a_listener(arrive, "lark")
    assert (await lark.does(RiskAsked, channel=channel, question="thoughts")).code == Code.NO_ROOM
    assert (await arrive("mo", Role.MODERATOR).does(OpenHandbook)).code == Code.FORBIDDEN

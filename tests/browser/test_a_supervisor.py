"""A supervisor in a browser, by keyboard: the numbers, a question answered, a one-to-one read along and gone into."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.listeners import Listener, Listeners, Someone
from tests.browser.people import Moderator
from tests.browser.test_views import NARROW, is_sound
from tests.walks.house import House


class Supervisor(Moderator):
    """Who touches no mouse once they are at the desk."""

    def presses(self, button: str | re.Pattern[str], exact: bool = False) -> None:
        found = self.page.get_by_role("button", name=button, exact=exact).first
        found.focus()
        self.page.keyboard.press("Enter")


@pytest.fixture
def listeners(house: House) -> Iterator[Listeners]:
    with Listeners(house) as listeners:
        yield listeners


@pytest.fixture
def supervisor(house: House, opened: Opened) -> Callable[..., Supervisor]:
    def invited(name: str, **options: Any) -> Supervisor:
        supervisor = Supervisor(opened(**options), house.servers[0].url, name)
        supervisor.accepts(house.invitation("supervisor"))
        return supervisor

    return invited


@pytest.fixture
def they_talk(house: House, listeners: Listeners) -> Iterator[Callable[[str], tuple[Someone, Listener]]]:
    """A peer and a listener of that name, both on the wire; gone at the end."""
    came: list[Someone] = []

    def talk(name: str) -> tuple[Someone, Listener]:
        ana = Someone(listeners, listeners.run(house.peer()))
        came.append(ana)
        wren = listeners.arrives(name)
        ana.waits(draft="it has been a long week", wish={"topic": "grief", "style": None, "avoid": []})
        wren.accepts()
        ana.goes_in()
        return ana, wren

    yield talk
    for someone in came:
        listeners.run(someone.peer.client.close())


Talk = Callable[[str], tuple[Someone, Listener]]


def test_a_supervisor_sees_how_it_goes_answers_and_goes_in_openly(
    they_talk: Talk, supervisor: Callable[..., Supervisor]
) -> None:
    ana, wren = they_talk("Watched Wren")
    sue = supervisor("Sue")
    sue.presses(re.compile("^Start duty"))
    sue.presses(re.compile("^Supervise"))
    expect(sue.page.get_by_role("heading", name="How it goes")).to_be_visible()
    sue.sees(re.compile("1 going on"))
    sue.sees("Nothing waits for you.")
    is_sound(sue.page, "how it goes")
    asked = wren.asks("ask_supervisor", channel=wren.channel)
    assert asked["supervisors"] == ["Sue"]
    sue.sees("Watched Wren asks")
    is_sound(sue.page, "a listener asks")
    sue.presses("Answer Watched Wren")
    sue.field.fill("I am here. Tell me.")
    sue.page.keyboard.press("Enter")
    wren.is_told("supervisor_wrote", channel=asked["channel"], name="Sue")
    is_sound(sue.page, "the thread of staff alone")
    sue.presses("Read along")
    sue.hears("it has been a long week")
    expect(sue.field).to_have_count(0)
    sue.presses("Go in openly")
    sue.presses("Go in", exact=True)
    expect(sue.field).to_be_visible()
    sue.field.fill("Hello, I am Sue. I supervise here.")
    sue.page.keyboard.press("Enter")
    ana.hears("Hello, I am Sue. I supervise here.")
    sue.presses("Back to the overview")
    sue.sees("Nothing waits for you.")
    ana.asks("goodbye", channel=wren.channel)
    sue.presses("End duty")


def test_on_a_phone_a_limit_is_asked_for_and_someone_is_taken_over_with_consent(
    they_talk: Talk, supervisor: Callable[..., Supervisor]
) -> None:
    ana, wren = they_talk("Phone Wren")
    sam = supervisor("Sam", viewport=NARROW)
    sam.page.get_by_role("tab", name=re.compile("Supervise")).focus()
    sam.page.keyboard.press("Enter")
    sam.sees(re.compile("1 going on"))
    sam.page.locator("summary", has_text="Limits of Phone Wren").focus()
    sam.page.keyboard.press("Enter")
    is_sound(sam.page, "how it goes, on a phone")
    sam.presses("Ask to lift the limit")
    sam.sees("Asked. It counts once another supervisor agrees.")
    sam.presses(re.compile("Read along with Phone Wren"))
    sam.hears("it has been a long week")
    is_sound(sam.page, "a one-to-one read along, on a phone")
    sam.presses("Offer to go on yourself")
    ana.is_told("transfer_asked", name="Sam")
    sam.sees("The person is asked. Nothing changes unless they say yes.")
    ana.asks("answer_transfer", channel=wren.channel, says="no")
    ana.asks("goodbye", channel=wren.channel)

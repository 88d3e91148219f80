"""An evening of listening, whole: a draft, a one-to-one, a supervisor, worry, a moderator, hand-over and goodbye."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.listeners import AtTheDesk, Listener, Listeners, Looking
from tests.browser.people import Moderator
from tests.walks.house import House
from tests.walks.people import Peer
from tests.walks.test_supervising import supervisor

DRAFT = "I don't know where to begin. I keep waking at four."


@pytest.fixture
def wires(house: House) -> Iterator[Listeners]:
    with Listeners(house) as wires:
        yield wires


@pytest.fixture
def sue(house: House, wires: Listeners) -> Iterator[Peer]:
    sue = wires.run(supervisor(house, "Evening Sue"))
    yield sue
    wires.run(sue.client.ask("duty", state="off"))
    wires.run(sue.client.close())


def test_an_evening_of_listening(
    house: House,
    opened: Opened,
    wires: Listeners,
    sue: Peer,
    listener: Callable[..., Listener],
    moderator: Callable[..., Moderator],
) -> None:
    wren = AtTheDesk(opened(), house.servers[1].url, "Evening Wren")
    wren.accepts(house.invitation("listener"))
    wren.is_available()
    wren.sees("Supervising now: Evening Sue.")
    ana = Looking(opened(), house.servers[0].url)
    ana.comes_to_the_door()
    ana.opens_the_door()
    ana.waits()
    ana.drafts(DRAFT)
    they_meet(ana, wren)
    a_supervisor_answers(wires, wren, sue)
    mona = moderator("Evening Mona", at=1)
    mona.starts_duty()
    worry_is_taken(ana, wren, mona)
    someone_else_goes_on(ana, wren, listener("Evening Lark"))
    wren.rests()
    mona.page.get_by_role("button", name="End duty").click()


def they_meet(ana: Looking, wren: AtTheDesk) -> None:
    expect(wren.page.get_by_role("heading", name="Someone is waiting")).to_be_focused()
    wren.presses("Say hello")
    ana.is_with("Evening Wren")
    wren.hears(DRAFT)
    wren.field.fill("I am Wren. Four in the morning is a lonely hour.")
    wren.page.keyboard.press("Enter")
    ana.hears("I am Wren. Four in the morning is a lonely hour.")
    ana.says("It is. I am so tired of it.")
    wren.hears("It is. I am so tired of it.")


def a_supervisor_answers(wires: Listeners, wren: AtTheDesk, sue: Peer) -> None:
    wren.page.keyboard.press("Control+.")
    expect(wren.thread.get_by_role("textbox")).to_be_focused()
    wren.page.keyboard.type("How do I ask whether they are safe?")
    wren.page.keyboard.press("Enter")
    asked = wires.run(sue.client.until(lambda: next(sue.client.of("supervision").of("ask_changed"), {})))
    wires.run(sue.joins(asked["ask"]["channel"]))
    wires.run(sue.hears("How do I ask whether they are safe?"))
    wires.run(sue.says("In plain words. I am here with you."))
    expect(wren.thread).to_contain_text("Evening Sue is with you in this thread.")
    expect(wren.thread.get_by_role("log")).to_contain_text("In plain words. I am here with you.")


def worry_is_taken(ana: Looking, wren: AtTheDesk, mona: Moderator) -> None:
    """The listener stays, and hears who has taken it."""
    wren.presses("I’m worried")
    wren.chooses(2, "Ask our team")
    wren.sees("Our team has been asked. Please stay")
    handle = wren.page.get_by_role("heading", level=1).inner_text().removeprefix("With ")
    ticket = mona.page.get_by_role("listitem").filter(has=mona.page.get_by_role("heading", name=handle, exact=True))
    ticket.get_by_role("button", name=re.compile("^I’ll take this")).click()
    wren.sees("Evening Mona from our team has taken this.")
    ana.says("I am still here.")
    wren.hears("I am still here.")


def someone_else_goes_on(ana: Looking, wren: AtTheDesk, lark: Listener) -> None:
    """Asked first, both there, then handed on; and goodbye to whoever came."""
    wren.presses("Pass on to someone else")
    wren.page.get_by_label("A few words for whoever comes").fill("Likes to be asked.")
    wren.presses("Ask them")
    ana.sees("Likes to be asked.")
    ana.page.get_by_role("button", name="Yes, that is all right").click()
    lark.takes_over()
    wren.sees(re.compile("Evening Lark is here"))
    wren.presses("Hand on to Evening Lark")
    wren.sees("Evening Lark goes on with them.")
    ana.is_with("Evening Lark")
    lark.says("Hello, I am Lark.")
    ana.hears("Hello, I am Lark.")
    lark.says_goodbye()
    expect(ana.page.get_by_role("heading", name=re.compile("has ended"), level=1)).to_be_focused()

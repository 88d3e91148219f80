"""One listener: the door that tells who is on duty, the wait with its truth, the talk, and goodbye."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.listeners import Listener, Looking
from tests.browser.test_views import NARROW, WIDE, is_sound
from tests.walks.house import House

DRAFT = "I don't really know where to start. It has been a long week."


@pytest.fixture
def looking(house: House, opened: Opened) -> Callable[..., Looking]:
    return lambda at=0, **options: Looking(opened(**options), house.servers[at].url)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_from_the_door_to_goodbye(
    looking: Callable[..., Looking], listener: Callable[..., Listener], viewport: dict[str, int]
) -> None:
    ana = looking(viewport=viewport)
    ana.comes_to_the_door()
    ana.sees("No listener is on duty right now")
    ana.opens_the_door()
    ana.sees("A supervisor may read along")
    is_sound(ana.page, "the way in")
    ana.chooses("Work or study", "Someone who listens", "Advice")
    ana.page.get_by_role("button", name="Leave my place anyway").click()
    ana.sees("please don’t wait only for us")
    ana.drafts(DRAFT)
    is_sound(ana.page, "the wait")
    ana.page.reload()
    expect(ana.page.get_by_label("Write while you wait, if you like")).to_have_value(DRAFT)

    wren = listener(f"Wren{viewport['width']}", at=1)
    assert wren.is_offered()["wish"]["topic"] == "work"
    wren.takes_them()
    ana.is_with(wren.name)
    ana.hears(DRAFT)
    expect(ana.own(DRAFT)).to_contain_text("Delivered")
    wren.says("I have read it. Tell me more.")
    ana.hears("I have read it. Tell me more.")
    ana.says("Thank you.")
    wren.hears("Thank you.")
    wren.types()
    ana.sees(f"{wren.name} is writing")
    ana.sees("minutes left")
    is_sound(ana.page, "the talk")
    ana.page.reload()
    ana.is_with(wren.name)
    ana.hears("I have read it. Tell me more.")

    ana.field.fill("half a sentence")
    if viewport == NARROW:
        ana.page.get_by_role("button", name="About this room").click()
    ana.page.get_by_role("button", name="Say goodbye").click()
    dialog = ana.page.get_by_role("dialog")
    is_sound(ana.page, "before goodbye")
    dialog.get_by_role("button", name="Say goodbye", exact=True).click()
    expect(ana.page.get_by_role("heading", name=re.compile("has ended"), level=1)).to_be_focused()
    wren.is_told("one_ended", why="goodbye")
    ana.sees("half a sentence")
    ana.page.get_by_text("What was said", exact=True).click()
    ana.hears(DRAFT)
    is_sound(ana.page, "goodbye")
    ana.tells_how_it_was()
    ana.page.get_by_role("link", name="Return words, and what is kept").click()
    expect(ana.page.get_by_role("button", name="Give me return words")).to_be_visible()
    ana.page.go_back()
    ana.page.get_by_role("button", name="Back to the doors").click()
    expect(ana.page.get_by_role("button", name="One listener")).to_be_visible()


def test_words_that_worry_bring_a_card_while_one_waits(looking: Callable[..., Looking]) -> None:
    ana = looking(viewport=NARROW)
    ana.comes_to_the_door()
    ana.opens_the_door()
    ana.waits()
    ana.drafts("i want to die and i don't know what to do")
    card = ana.page.get_by_role("region", name="Private help card")
    expect(card).to_contain_text("Only you can see this card.")
    expect(card).to_contain_text("You can keep writing here, and nothing else changes.")
    is_sound(ana.page, "a card in the wait")
    card.get_by_role("button", name="Close").click()
    ana.drafts("i want to die and i don't know what to do. it is late")
    expect(card).to_have_count(0)
    ana.page.get_by_role("button", name="Stop waiting").click()
    ana.sees("You are no longer waiting.")


def test_a_place_is_kept_while_one_looks_elsewhere(
    looking: Callable[..., Looking], listener: Callable[..., Listener]
) -> None:
    ana = looking()
    ana.comes_to_the_door()
    ana.opens_the_door()
    ana.waits()
    ana.page.get_by_role("link", name="Look at the rooms").click()
    beside = ana.page.locator(".beside")
    expect(beside).to_contain_text("You are waiting for a listener.")
    ana.page.reload()
    expect(beside).to_contain_text("You are waiting for a listener.")
    heron = listener("Heron")
    heron.accepts()
    expect(beside).to_contain_text("Heron, your listener, is here.")
    beside.get_by_role("button", name="Go to Heron").click()
    ana.is_with("Heron")
    heron.stops_it()
    expect(ana.page.get_by_role("heading", name="This talk has ended.", level=1)).to_be_focused()
    ana.sees("Lines outside and Get help now stay open to you.")
    expect(ana.page.get_by_role("heading", name="How was it?")).to_have_count(0)


def test_what_stands_beside_the_wait_works_without_a_line_and_goes_with_quick_exit(
    looking: Callable[..., Looking],
) -> None:
    ana = looking(viewport=NARROW)
    ana.comes_to_the_door()
    ana.opens_the_door()
    ana.waits()
    ana.page.wait_for_function("navigator.serviceWorker.controller !== null")
    ana.page.reload()
    ana.sees("Your place is kept, and whoever comes on duty finds it.")
    ana.page.context.set_offline(True)
    ana.page.reload()
    ana.sees("We can’t tell right now how the queue stands.")
    ana.page.get_by_text("Breathe slowly").click()
    ana.page.get_by_role("button", name="Start").click()
    ana.sees("Breathe in")
    ana.page.get_by_text("Five, four, three, two, one").click()
    ana.page.get_by_role("button", name="I have them").click()
    ana.sees("4 things you can touch")
    ana.page.get_by_text("A few lines for yourself").click()
    ana.page.get_by_label("Write whatever comes").fill("It is raining.")
    ana.page.get_by_label("Keep this on this device").check()
    ana.page.reload()
    ana.page.get_by_text("A few lines for yourself").click()
    expect(ana.page.get_by_label("Write whatever comes")).to_have_value("It is raining.")
    is_sound(ana.page, "tools without a line")
    ana.page.context.set_offline(False)
    ana.page.get_by_role("link", name="Quick exit").click()
    ana.page.wait_for_url("**/goodbye")
    assert ana.page.evaluate("localStorage.length + sessionStorage.length") == 0

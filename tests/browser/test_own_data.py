"""Own data in a browser: a message taken away, what is kept, words for another device, a copy, and everything gone."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from loadtests.session import Session
from tests.browser.conftest import Opened
from tests.browser.listeners import Listener, Listeners, Someone
from tests.browser.people import Visitor
from tests.browser.test_views import NARROW, is_sound
from tests.walks.house import House
from tests.walks.people import Peer

ROOM = "carers"
SAID = "I wrote more about my work than I wanted to."


def opens_own(ana: Visitor) -> None:
    about = ana.page.get_by_role("button", name="About this room")
    if about.is_visible():
        about.click()
    ana.page.get_by_role("link", name="What is kept of you").click()
    expect(ana.page.get_by_role("heading", level=1, name="What is kept of you")).to_be_visible()


def shown_words(page: Page) -> str:
    return page.locator(".own-words__words").inner_text()


def test_what_is_mine_is_seen_taken_away_and_found_again(
    house: House, opened: Opened, visitor: Callable[..., Visitor]
) -> None:
    ana, ben = Visitor(opened(viewport=NARROW), house.servers[0].url), visitor(at=1)
    for person in (ana, ben):
        person.goes_into(ROOM)
    name = ana.name
    ana.says("A first line.")
    ana.says(SAID)
    ben.hears(SAID)
    ana.message(SAID).get_by_role("button", name="Delete", exact=True).press("Enter")
    dialog = ana.page.get_by_role("dialog")
    expect(dialog).to_contain_text("gone for everyone")
    is_sound(ana.page, "one question before a message goes")
    dialog.get_by_role("button", name="Take it away").press("Enter")
    for person in (ana, ben):
        person.does_not_hear(SAID)
        person.sees("Taken away by its writer.")

    opens_own(ana)
    expect(ana.page.locator("dl")).to_contain_text(f"your name is {name}")
    expect(ana.page.locator("dl")).to_contain_text("1 message of yours")
    ana.page.get_by_role("button", name="Give me return words").press("Enter")
    words = shown_words(ana.page)
    assert len(words.split()) == 8
    ana.page.get_by_label("In your own words").fill("Nights are hard since spring.")
    ana.page.get_by_label("My next listener may read exactly this").check()
    ana.page.get_by_role("button", name="Keep it").click()
    ana.sees("It is kept.")
    is_sound(ana.page, "what is kept of me")

    elsewhere = ben  # another device: it becomes hers
    elsewhere.goes_to("/")
    elsewhere.page.get_by_role("link", name="I have return words").click()
    expect(elsewhere.page.get_by_role("heading", level=1)).to_be_focused()
    is_sound(elsewhere.page, "a place for return words")
    elsewhere.page.get_by_label("Your return words").fill(words.upper())
    elsewhere.page.get_by_role("button", name="Come back").click()
    elsewhere.sees("Your names and blocks are here again.")
    assert shown_words(elsewhere.page) != words
    is_sound(elsewhere.page, "back by return words")
    elsewhere.goes_into(ROOM)
    assert elsewhere.name == name
    elsewhere.hears("A first line.")

    ana.page.get_by_role("button", name="Take everything away").press("Enter")
    is_sound(ana.page, "one question before everything goes")
    ana.page.get_by_role("button", name="Yes, take everything away").press("Enter")
    expect(ana.page.get_by_role("heading", level=1, name="It is gone")).to_be_focused()
    elsewhere.does_not_hear("A first line.")
    is_sound(ana.page, "everything is gone")
    ana.goes_into(ROOM)
    assert ana.name != name


def test_a_copy_of_a_talk_stays_on_this_device(
    house: House, visitor: Callable[..., Visitor], listener: Callable[..., Listener], tmp_path: Path
) -> None:
    ana, robin = visitor(), listener("Robin")
    ana.goes_to("/kept")
    ana.sees("device or browser that knows you")
    cookies = {str(cookie["name"]): str(cookie["value"]) for cookie in ana.page.context.cookies()}
    with Listeners(house) as wire:
        also_ana = Someone(wire, Peer(house.client(1, session=Session(cookies=cookies))))
        wire.run(also_ana.peer.client.open())
        also_ana.waits(draft="It has been a long week.")
        robin.accepts()
        robin.says("I have read it.")
        robin.says_goodbye()
        also_ana.is_told("one_ended")
        wire.run(also_ana.peer.client.close())
    ana.page.reload()
    with ana.page.expect_download() as saving:
        ana.page.get_by_role("button", name="Save a copy of your talk with Robin").click()
    saving.value.save_as(tmp_path / "copy.txt")
    ana.sees("The copy is on this device.")
    lines = (tmp_path / "copy.txt").read_text().splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == ["It has been a long week.", "I have read it."]
    assert "Robin: I have read it." in lines[1]


def test_who_reported_hears_what_became_of_it(house: House, visitor: Callable[..., Visitor]) -> None:
    ana, ben = visitor(at=0), visitor(at=1)
    for person in (ana, ben):
        person.goes_into(ROOM)
    ben.says("Buy this now.")
    ana.message("Buy this now.").get_by_role("button", name="Report the message of").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="It is advertising or repeated").check()
    dialog.get_by_role("button", name="Tell the moderators").click()
    dialog.get_by_role("button", name="Close").click()
    with Listeners(house) as wire:
        mo = wire.run(wire.invited("Marten", 0, "moderator"))
        reports = wire.run(mo.client.ask("desk"))["reports"]
        (report,) = [each["report"] for each in reports if each["text"] == "Buy this now."]
        wire.run(mo.client.ask("settle_report", report=report, outcome="acted"))
        wire.run(mo.client.close())
    ana.sees("A moderator has looked at what you reported and has done something about it.")
    is_sound(ana.page, "what became of a report")
    expect(ben.page.get_by_text("looked at what you reported")).to_have_count(0)
    ana.page.get_by_role("button", name="Close").click()
    expect(ana.page.get_by_text("looked at what you reported")).to_have_count(0)

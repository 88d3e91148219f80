"""The store, the screening, room on the disk, the team: each can be away, and nobody ever types into nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE_MS, Opened
from tests.browser.fragile import FragileHouse
from tests.browser.people import Moderator, Visitor
from tests.browser.test_views import is_sound
from tests.browser.truth import Claim, Told

STORE = "We can’t pass messages on right now."
FULL = "We can’t take new messages right now."
SCREENING = "A person looks at every message first."
NOBODY = "No one from our team is here right now."
BACK_MS = 60_000


@pytest.fixture
def ana(hurt: FragileHouse, opened: Opened) -> Visitor:
    return Visitor(opened(), hurt.network.url)


def banner(visitor: Visitor, text: str) -> None:
    """One at a time, and read out politely."""
    shown = visitor.page.locator(".banner")
    expect(shown).to_have_count(1, timeout=PATIENCE_MS)
    expect(shown).to_contain_text(text, timeout=PATIENCE_MS)
    expect(shown).to_have_attribute("role", "status")


def comes_back(visitor: Visitor) -> None:
    expect(visitor.page.locator(".banner--wait")).to_have_count(0, timeout=BACK_MS)


@pytest.mark.parametrize("stalled", [False, True], ids=["killed", "stalled"])
def test_the_store_goes_while_people_talk(hurt: FragileHouse, ana: Visitor, stalled: bool) -> None:
    room = hurt.fresh_room()
    ana.goes_into(room)
    (hurt.stall_store if stalled else hurt.kill_store)()
    banner(ana, STORE)
    is_sound(ana.page, "a room without its store")
    assert (hurt.status("/readyz"), hurt.status("/healthz")) == (503, 200)
    ana.writes("This waits for the store.")
    told = Told(hurt, ana, room, "This waits for the store.")
    told.becomes(Claim.WAITING)
    ana.asks_for_help()
    ana.sees("We can’t tell right now who from our team is here.")
    ana.page.get_by_role("button", name="Let our team know anyway").click()
    ana.sees(re.compile("Not yet sent to our team"))
    (hurt.wake_store if stalled else hurt.start_store)()
    ana.sees(re.compile("What you asked is kept for our team"))
    ana.page.get_by_role("button", name="Back to the room").click()
    told.becomes(Claim.IN_THE_ROOM)
    assert told.is_said() == 1
    comes_back(ana)


def test_words_that_wait_for_the_store_can_be_taken_back(hurt: FragileHouse, ana: Visitor) -> None:
    ana.goes_into(hurt.fresh_room())
    hurt.stall_store()
    banner(ana, STORE)
    ana.writes("I would rather not.")
    ana.own("I would rather not.").get_by_role("button", name="Take it back").click()
    expect(ana.field).to_have_value("I would rather not.")
    expect(ana.own("I would rather not.")).to_have_count(0)


def test_someone_comes_while_the_store_is_away(hurt: FragileHouse, opened: Opened) -> None:
    room = hurt.fresh_room()
    hurt.kill_store()
    ben = Visitor(opened(viewport={"width": 390, "height": 844}), hurt.network.url)
    for path in ("/", "/rooms", f"/rooms/{room}"):
        ben.goes_to(path)
        banner(ben, STORE)
        is_sound(ben.page, f"{path} without the store")
    expect(ben.page.get_by_text("Nobody has written in the last day")).to_have_count(0)
    ben.goes_to("/help?country=GB")
    ben.sees("Samaritans")
    ben.goes_to(f"/rooms/{room}")
    ben.goes_in_until(ben.page.get_by_text("Opening the room."))
    banner(ben, STORE)
    assert "Traceback" not in hurt.servers[0].said()
    hurt.start_store()
    expect(ben.field).to_be_visible(timeout=BACK_MS)
    comes_back(ben)
    ben.says("It opened by itself.")


def test_the_store_is_full(hurt: FragileHouse, ana: Visitor) -> None:
    room = hurt.fresh_room()
    ana.goes_into(room)
    ana.says("Said while there was room.")
    hurt.fill_store()
    banner(ana, FULL)
    is_sound(ana.page, "a room whose store is full")
    ana.hears("Said while there was room.")
    assert "Said while there was room." in hurt.seen_from_outside(room)
    assert hurt.status("/readyz") == 200
    ana.writes("This waits for room.")
    told = Told(hurt, ana, room, "This waits for room.")
    told.becomes(Claim.WAITING)
    hurt.empty_store()
    told.becomes(Claim.IN_THE_ROOM)
    comes_back(ana)


@pytest.mark.parametrize("mood", ["late", "broken"])
def test_the_screening_is_away(hurt: FragileHouse, ana: Visitor, mood: str) -> None:
    room = hurt.fresh_room()
    ana.goes_into(room)
    banner(ana, NOBODY)
    hurt.feels(mood)
    banner(ana, SCREENING)
    is_sound(ana.page, "a room without its screening")
    ana.writes("Nothing is wrong with this.")
    told = Told(hurt, ana, room, "Nothing is wrong with this.")
    told.becomes(Claim.HELD)
    assert (told.is_said(), hurt.waiting(room)) == (0, 1)
    hurt.network.cut()
    expect(ana.page.locator(".composer__note, .banner--wait").first).to_be_visible()
    ana.own(told.text).get_by_role("button", name="Take it back").click()
    expect(ana.page.locator(".composer__note")).to_contain_text("Your message still waits for a moderator.")
    hurt.network.heal()
    hurt.feels("well")
    banner(ana, NOBODY)
    ana.says("And now it goes through.")


def test_staff_are_told_what_is_away_and_who_can_mend_it(hurt: FragileHouse, opened: Opened, ana: Visitor) -> None:
    mona = Moderator(opened(), hurt.network.url, "Parts Mona")
    mona.accepts(hurt.invitation())
    mona.starts_duty()
    ana.goes_into(hurt.fresh_room())
    expect(ana.page.locator(".banner")).to_have_count(0)
    hurt.feels("broken")
    mona.sees("Our screening does not work. Every message waits for one of us.")
    is_sound(mona.page, "the desk without its screening")
    banner(ana, SCREENING)
    ana.sees("Messages wait for someone from our team right now")
    hurt.feels("well")
    hurt.fill_store()
    mona.sees("The store is full. No new message gets through.")
    hurt.empty_store()
    hurt.stall_store()
    mona.sees("The store does not answer. Nobody can send or read anything new.")
    is_sound(mona.page, "the desk without its store")
    hurt.wake_store()
    expect(mona.page.get_by_text("Nobody can send or read anything new.")).to_have_count(0)


def test_a_private_talk_says_it_too(hurt: FragileHouse, opened: Opened, ana: Visitor) -> None:
    mona = Moderator(opened(), hurt.servers[0].url, "Talking Mona")
    mona.accepts(hurt.invitation())
    mona.starts_duty()
    ana.goes_into(hurt.fresh_room())
    name = ana.name
    ana.asks_for_help()
    ana.page.get_by_role("button", name="Ask someone from our team").click()
    mona.page.locator("li").filter(has_text=name).get_by_role("button", name="I’ll take this").click()
    ana.page.get_by_role("button", name="Go to the private talk").click()
    expect(ana.field).to_be_visible()
    expect(ana.page.locator(".banner")).to_have_count(0)
    hurt.network.cut()
    banner(ana, "We can’t reach the rooms right now.")
    ana.writes("Are you still there?")
    expect(ana.own("Are you still there?")).to_contain_text("Not sent yet")
    hurt.network.heal()
    mona.hears("Are you still there?")
    comes_back(ana)
    expect(ana.own("Are you still there?")).to_contain_text("Delivered")

"""Every view, by day and by night, wide and narrow: axe finds nothing, and nothing runs out of the page."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.domain.paging import Call, Kind, Link, token
from server.protocol.fields import Urgency
from tests.browser.conftest import Opened, Watch
from tests.browser.people import Moderator, Visitor
from tests.walks.house import House

AXE = Path(__file__).parents[2] / "client_web/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
COLOURS = ["color-contrast", "link-in-text-block"]  # what the same view in other colours can break

every_width = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])


def is_sound(page: Page, view: str, rules: Sequence[str] = (*WCAG, "best-practice")) -> None:
    """No violation by day and by night, and nothing to scroll sideways for."""
    # The policy of the page forbids script tags; what the debugger evaluates it allows.
    page.evaluate(AXE.read_text())
    assert violations(page, "tag", rules) == [], view
    page.emulate_media(color_scheme="dark")
    assert violations(page, "rule", COLOURS) == [], f"{view}, by night"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{view} is wider than the window"


def violations(page: Page, kind: str, rules: Sequence[str]) -> list[str]:
    only = {"runOnly": {"type": kind, "values": list(rules)}, "resultTypes": ["violations"]}
    found = page.evaluate("only => axe.run(document, only)", only)
    return [said(violation) for violation in found["violations"]]


def said(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: " + "; ".join(str(node["html"])[:160] for node in violation["nodes"])


@every_width
def test_the_way_in(house: House, opened: Opened, watch: Watch, viewport: dict[str, int]) -> None:
    ana = Visitor(opened(viewport=viewport), house.servers[0].url)
    ana.goes_to("/")
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    is_sound(ana.page, "the doors")
    ana.goes_to("/rooms")
    is_sound(ana.page, "all rooms")
    ana.goes_to("/rooms/grief")
    expect(ana.page.get_by_role("heading", name="Grief and missing")).to_be_visible()
    is_sound(ana.page, "a preview")
    ana.goes_to("/rooms/there-is-none")
    ana.sees("There is no room here")
    is_sound(ana.page, "no room")
    watch.complaints = [each for each in watch.complaints if "404 (Not Found)" not in each]


@every_width
def test_inside_a_room(house: House, opened: Opened, viewport: dict[str, int]) -> None:
    ana = Visitor(opened(viewport=viewport), house.servers[0].url)
    ana.goes_into("carers")
    is_sound(ana.page, "before the first word")
    ana.says("Good evening.")
    ana.writes("i want to die and i don't know what to do")
    expect(ana.page.get_by_role("region", name="Private help card")).to_be_visible()
    ana.writes("my number is +44 20 7946 0018, call me")
    ana.sees("Held, not in the room yet")
    is_sound(ana.page, "a room with a card and a held message")
    ana.asks_for_help()
    ana.sees("Here is who you can reach now.")
    is_sound(ana.page, "help from inside")


def alerted() -> str:
    """The path of the link in a test of the pager."""
    call = Call(Kind.TEST, "test", Urgency.SERIOUS, "test", int(time.time() * 1000))
    return f"/page/{token(b'a secret for tests only', Link(call, 'phones', call.since + 3_600_000))}"


def test_an_alert_is_acknowledged_without_scripts(house: House, opened: Opened) -> None:
    page = opened(java_script_enabled=False, viewport=NARROW)
    page.goto(house.servers[0].url + alerted())
    page.get_by_role("button", name="I have seen this").click()
    expect(page.get_by_role("heading", name="Thank you. The desk knows.")).to_be_visible()


@every_width
def test_the_pages_that_need_no_script(house: House, opened: Opened, viewport: dict[str, int]) -> None:
    page = opened(viewport=viewport)
    for path in ("/help", "/help?country=GB", "/help?country=US", "/privacy", "/status"):
        page.goto(house.servers[0].url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        is_sound(page, path)
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(house.servers[0].url + alerted())
    expect(page.get_by_role("button", name="I have seen this")).to_be_visible()
    is_sound(page, "what an alert leads to")
    page.goto(house.servers[0].url + "/goodbye")
    is_sound(page, "a page that has nothing to say, not even in a heading", WCAG)


@every_width
def test_the_desk(house: House, opened: Opened, visitor: Callable[..., Visitor], viewport: dict[str, int]) -> None:
    place = viewport["width"]
    mona = Moderator(opened(viewport=viewport), house.servers[0].url, f"Views {place} Mona")
    mona.goes_to(f"/console#invite={house.invitation()}")
    expect(mona.page.get_by_label("Your name")).to_be_visible()
    is_sound(mona.page, "an invitation")
    mona.accepts(house.invitation())
    is_sound(mona.page, "the desk, off duty")
    mona.starts_duty()
    ana = visitor()
    ana.goes_into("students")
    ana.writes(f"my number is +44 20 7946 0{place % 1000}, call me")
    ana.sees("Held, not in the room yet")
    mona.waits_for_what_is_held()
    is_sound(mona.page, "the desk with a held message")
    mona.page.get_by_role("button", name="Refuse").first.click()
    is_sound(mona.page, "a reason")
    mona.page.get_by_role("button", name="Cancel").click()
    mona.turns_to_the_rooms()
    is_sound(mona.page, "the rooms, at the desk")
    mona.opens_room("Between lectures")
    is_sound(mona.page, "a room, from the desk")


def test_signing_in_to_the_console(house: House, opened: Opened) -> None:
    page = opened()
    page.goto(f"{house.servers[0].url}/console")
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()
    is_sound(page, "sign in")


@every_width
def test_a_report_and_a_private_talk(
    house: House, opened: Opened, visitor: Callable[..., Visitor], viewport: dict[str, int]
) -> None:
    place = viewport["width"]
    mona = Moderator(opened(viewport=viewport), house.servers[0].url, f"Talks {place} Mona")
    mona.accepts(house.invitation(), at_each_page=lambda: is_sound(mona.page, "the guide"))
    mona.starts_duty()
    ana, ben = Visitor(opened(viewport=viewport), house.servers[0].url), visitor()
    for someone in (ana, ben):
        someone.goes_into("far-from-home")
    ben.says(f"Good evening from the {place} of us.")
    ana.hears(f"Good evening from the {place} of us.")
    ana.message(f"Good evening from the {place} of us.").get_by_role("button", name="Report").click()
    expect(ana.page.get_by_role("dialog")).to_be_visible()
    is_sound(ana.page, "a report")
    ana.page.keyboard.press("Escape")
    expect(ana.page.get_by_role("dialog")).to_have_count(0)
    handle = ana.name
    ana.asks_for_help()
    ana.page.get_by_role("button", name="Ask someone from our team").click()
    mona.takes_the_ticket_of(handle)
    is_sound(mona.page, "a private talk, at the desk")
    mona.page.get_by_role("button", name="Close this").click()
    is_sound(mona.page, "closing a talk")
    mona.page.get_by_role("button", name="Keep talking").click()
    mona.says("Hello, I am here.")
    ana.page.get_by_role("button", name="Go to the private talk").click()
    ana.hears("Hello, I am here.")
    is_sound(ana.page, "a private talk")

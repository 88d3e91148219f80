"""Those on duty among themselves: the deputy, duty and a private talk that go on to the next; and the person in it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Moderator, Visitor

ROOM = "evening"


def test_a_talk_and_duty_go_on_to_the_next(
    visitor: Callable[..., Visitor], moderator: Callable[..., Moderator]
) -> None:
    mona, zoe = moderator("Mona Vale", at=0), moderator("Zoe Hart", at=1)
    for each in (mona, zoe):
        each.starts_duty()
    mona.page.get_by_role("button", name="Be the deputy").click()
    expect(zoe.page.get_by_text("Deputy: Mona Vale")).to_be_visible()

    ana = visitor()
    ana.goes_into(ROOM)
    handle = ana.name
    ana.asks_for_help()
    ana.page.get_by_role("button", name=re.compile("^Ask someone from our team")).click()
    mona.takes_the_ticket_of(handle)
    mona.says("Hello, I am here.")
    ana.page.get_by_role("button", name="Go to the private talk").click()
    ana.hears("Hello, I am here.")

    ana.page.get_by_role("button", name="I’m safe now").click()
    expect(ana.page.get_by_role("dialog")).to_contain_text("Our team knows that you are safe.")
    ana.page.get_by_role("button", name="Close", exact=True).click()
    expect(mona.page.get_by_text("They say that they are safe.")).to_be_visible()

    mona.page.get_by_text("Steps, the gentlest first").click()
    expect(mona.page.get_by_text("have not written how this is done")).to_be_visible()
    mona.page.get_by_role("button", name="Ask a colleague to take this over").click()
    mona.asks_colleague("Zoe Hart")
    expect(mona.page.get_by_text("Zoe Hart is asked to take this over.").first).to_be_visible()
    zoe.page.get_by_role("button", name="Take it over").click()
    expect(zoe.field).to_be_visible()
    zoe.says("I am Zoe, and I have time.")
    ana.hears("I am Zoe, and I have time.")

    mona.page.get_by_role("button", name="Hand over my duty").click()
    mona.asks_colleague("Zoe Hart")
    expect(mona.page.get_by_text("Until then it is yours.")).to_be_visible()
    zoe.page.get_by_role("button", name="Yes, I take over").click()
    expect(mona.page.get_by_text("You are off duty.")).to_be_visible()
    expect(zoe.page.get_by_text("Deputy: Zoe Hart")).to_be_visible()

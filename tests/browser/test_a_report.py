"""A worried report: who tells of it is thanked and offered support, and whose message it is sees nothing of it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Visitor
from tests.browser.test_views import is_sound

ROOM = "far-from-home"


def test_who_is_worried_is_thanked_and_offered_support(visitor: Callable[..., Visitor]) -> None:
    ana, ben = visitor(at=0), visitor(at=1)
    for person in (ana, ben):
        person.goes_into(ROOM)
    ben.says("It has been a long week.")
    press = ana.message("It has been a long week.").get_by_role("button", name="Report the message of")
    press.focus()
    ana.page.keyboard.press("Enter")
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("radio", name="I am worried about them").check()
    is_sound(ana.page, "a report")
    dialog.get_by_role("button", name="Tell the moderators").click()
    expect(dialog).to_contain_text(re.compile("Thank you for looking out for them"))
    expect(ben.page.get_by_role("dialog")).to_have_count(0)
    dialog.get_by_role("button", name="Support for me").click()
    ana.sees("Here is who you can reach now.")

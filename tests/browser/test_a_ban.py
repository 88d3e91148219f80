"""A ban as both sides see it: out at once, told why and until when, help still there, in again when it is ended."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Moderator, Visitor

ROOM, TITLE = "evening", "The evening room"


def test_a_peer_is_sent_out_and_let_in_again(
    visitor: Callable[..., Visitor], moderator: Callable[..., Moderator]
) -> None:
    greta, ana, ben = moderator("Greta", at=1), visitor(at=0), visitor(at=1)
    ana.goes_into(ROOM)
    ben.goes_into(ROOM)
    greta.opens_room(TITLE)
    ben.says("Something unkind.")
    ana.hears("Something unkind.")
    greta.sends_out("Something unkind.", "Unkind to someone")

    expect(ben.page.get_by_role("heading", name="You can’t go in right now")).to_be_visible()
    ben.sees(re.compile(r"stay out of this room until .*\d?\d:\d\d"))
    ben.sees(re.compile("something you wrote was unkind to someone"))
    expect(ben.log).to_have_count(0)
    expect(ben.page.get_by_text("Get help now").first).to_be_visible()
    ana.sees("A moderator removed this message.")

    ben.page.reload()
    ben.sees(re.compile("stay out of this room until"))

    greta.page.get_by_role("button", name=re.compile("^Let them in again")).click()
    expect(ben.log).to_be_visible()
    ana.says("Welcome back.")
    ben.hears("Welcome back.")

"""A block as both people see it: gone for each other at one press, told to one of them, and ended from the list."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.people import Visitor
from tests.browser.test_views import NARROW, WIDE, is_sound
from tests.walks.house import House

ROOM = "students"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_two_people_no_longer_see_each_other(
    house: House, opened: Opened, visitor: Callable[..., Visitor], viewport: dict[str, int]
) -> None:
    ana = Visitor(opened(viewport=viewport), house.servers[0].url)
    ben, cleo = visitor(at=1), visitor(at=0)
    from_cleo = f"From Cleo, {viewport['width']} wide."
    said = f"From Ben, {viewport['width']} wide."
    for person in (ana, ben, cleo):
        person.goes_into(ROOM)
    ben.says(said)
    cleo.says(from_cleo)
    ana.hears(said)

    press = ana.message(said).get_by_role("button", name=f"Block {ben.name}")
    press.focus()
    ana.page.keyboard.press("Enter")
    dialog = ana.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="no longer see each other here")).to_be_focused()
    expect(dialog).to_contain_text("They are not told.")
    expect(dialog).to_contain_text("shows you who they are there")
    is_sound(ana.page, "someone was blocked")
    dialog.get_by_role("button", name="Close").press("Enter")
    expect(dialog).to_have_count(0)
    ana.does_not_hear(said)
    ana.hears(from_cleo)

    ana.says(f"Ana goes on, {viewport['width']} wide.")
    ben.says(f"Ben goes on, {viewport['width']} wide.")
    for text in ("Ana", "Ben"):
        cleo.hears(f"{text} goes on, {viewport['width']} wide.")
    ana.does_not_hear(f"Ben goes on, {viewport['width']} wide.")
    ben.does_not_hear(f"Ana goes on, {viewport['width']} wide.")
    ben.page.reload()
    ben.hears(from_cleo)
    ben.does_not_hear(f"Ana goes on, {viewport['width']} wide.")
    expect(ben.page.get_by_role("dialog")).to_have_count(0)

    if viewport == NARROW:
        ana.page.get_by_role("button", name="About this room").click()
    ana.page.get_by_role("link", name="What is kept of you").click()
    ana.page.get_by_role("button", name="People you have blocked").click()
    expect(dialog).to_contain_text(ben.name)
    is_sound(ana.page, "whom I have blocked")
    dialog.get_by_role("button", name=f"End the block of {ben.name}").press("Enter")
    expect(dialog).to_contain_text("You have blocked nobody.")
    dialog.get_by_role("button", name="Close").press("Enter")
    ana.page.go_back()
    ana.hears(f"Ben goes on, {viewport['width']} wide.")


def test_a_press_by_mistake_is_undone(visitor: Callable[..., Visitor]) -> None:
    ana, ben = visitor(at=0), visitor(at=1)
    for person in (ana, ben):
        person.goes_into(ROOM)
    ben.says("Nothing unkind at all.")
    ana.message("Nothing unkind at all.").get_by_role("button", name="Block").click()
    dialog = ana.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Undo").click()
    expect(dialog).to_contain_text("see each other again")
    dialog.get_by_role("button", name="Close").click()
    ana.hears("Nothing unkind at all.")

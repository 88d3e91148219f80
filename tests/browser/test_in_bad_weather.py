"""The server gone, scripts off, no cookies, a page left in a hurry, words that look like code."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.conftest import Opened
from tests.browser.people import Visitor
from tests.faults.figures import tell
from tests.walks.house import House

ROOM = "walk-0"  # of a house of its own
TRICKS = (
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "<svg/onload=\"document.title = 'owned'\">",
    "{{7*7}} ${7*7} [click](javascript:alert(1))",
    "javascript:alert(1)",
)
# Presses as a hand does, and waits for the frame after the one in which the lines are there.
PRESS = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const link = [...document.querySelectorAll("a")].find((each) => each.textContent.includes("Get help now"));
  const began = performance.now();
  link.click();
  while (!document.querySelector(".help a[href^='tel:']")) await frame();
  await frame();
  return performance.now() - began;
}"""

# Asks after the service worker as late as a busy device does.
SLOW_WIPING = """const asked = navigator.serviceWorker.getRegistrations.bind(navigator.serviceWorker);
navigator.serviceWorker.getRegistrations = async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  return asked();
};"""


def test_help_works_with_the_server_gone(own_house: House, opened: Opened) -> None:
    ana = Visitor(opened(), own_house.servers[0].url)
    ana.goes_into(ROOM)
    ana.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    own_house.servers[0].kill()
    ana.asks_for_help()
    ana.sees("Here is who you can reach now.")
    ana.page.get_by_role("combobox").first.select_option("GB")
    ana.sees(re.compile("Samaritans"))
    ana.page.get_by_role("button", name=re.compile("team")).first.click()
    ana.sees(re.compile("Not yet sent to our team"))


def test_help_is_drawn_from_the_page_itself_and_how_soon_is_told(own_house: House, opened: Opened) -> None:
    """From the press to the first frame with lines on it: the server has no part in it."""
    ana = Visitor(opened(), own_house.servers[0].url)
    ana.goes_into(ROOM)
    own_house.servers[0].kill()
    took = [ana.page.evaluate(PRESS)]
    for _ in range(4):
        ana.page.get_by_role("button", name="Back to the room").click()
        took.append(ana.page.evaluate(PRESS))
    ana.sees("Here is who you can reach now.")
    expect(ana.page.locator(".help a[href^='tel:']").first).to_be_visible()
    tell("help with the server off", first_ms=took[0], slowest_ms=max(took))


def test_the_help_page_is_kept_for_when_the_server_is_gone(own_house: House, opened: Opened) -> None:
    ana = Visitor(opened(), own_house.servers[0].url)
    ana.goes_to("/")
    ana.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    ana.page.wait_for_load_state("networkidle")
    own_house.servers[0].kill()
    ana.goes_to("/help")
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    ana.sees(re.compile("999|112|911"))


def test_what_was_written_while_the_server_was_gone_is_sent_once(own_house: House, opened: Opened) -> None:
    ana = Visitor(opened(), own_house.servers[0].url)
    ben = Visitor(opened(), own_house.servers[0].url)
    ana.goes_into(ROOM)
    ben.goes_into(ROOM)
    own_house.servers[0].kill()
    ana.writes("Is this thing on?")
    expect(ana.own("Is this thing on?")).to_contain_text("Not sent yet")
    own_house.restart()
    expect(ana.own("Is this thing on?")).to_contain_text("In the room", timeout=30_000)
    ben.hears("Is this thing on?")
    expect(ben.message("Is this thing on?")).to_have_count(1)


def test_without_scripts_there_is_help_and_a_reason(house: House, opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    page.goto(house.servers[0].url)
    expect(page.get_by_text("Get help now").first).to_be_visible()
    page.get_by_role("link", name=re.compile("I need help right now")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("combobox").first.select_option("GB")
    page.get_by_role("button", name=re.compile("Show")).first.click()
    expect(page.get_by_text("Samaritans").first).to_be_visible()


def test_quick_exit_leaves_nothing_behind(house: House, visitor: Callable[..., Visitor]) -> None:
    ana = visitor()
    ana.goes_into("evening")
    ana.field.fill("a draft")
    ana.page.get_by_role("link", name="Quick exit").click()
    ana.page.wait_for_url("**/goodbye")
    expect(ana.page.get_by_text("a draft")).to_have_count(0)
    assert ana.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    expect_no_cookie(ana)
    expect_no_kept_page(ana)
    ana.page.go_back()
    assert "evening" not in ana.page.url


def test_quick_exit_wipes_what_is_kept_on_a_slow_device_whose_sign_out_is_lost(
    house: House, visitor: Callable[..., Visitor]
) -> None:
    ana = visitor()
    ana.page.add_init_script(SLOW_WIPING)
    ana.goes_into("evening")
    ana.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    ana.page.evaluate("fetch('/words')")  # through the service worker: it has taken the page over
    ana.page.route("**/session", lambda route: route.abort("internetdisconnected"))
    ana.page.get_by_role("link", name="Quick exit").click()
    ana.page.wait_for_url("**/goodbye")
    expect_no_kept_page(ana)


def expect_no_cookie(ana: Visitor) -> None:
    ana.page.wait_for_function("fetch('/healthz').then(() => true)")
    assert [cookie["name"] for cookie in ana.page.context.cookies()] == []


def expect_no_kept_page(ana: Visitor) -> None:
    assert ana.page.evaluate("caches.keys()") == []
    assert ana.page.evaluate("navigator.serviceWorker.getRegistrations().then((workers) => workers.length)") == 0
    assert ana.page.evaluate("document.fonts.ready.then(() => document.styleSheets.length)") == 1


def test_three_shifts_leave_too(house: House, visitor: Callable[..., Visitor]) -> None:
    ana = visitor()
    ana.goes_into("evening")
    for _ in range(3):
        ana.page.keyboard.press("Shift")
    ana.page.wait_for_url("**/goodbye")


def test_without_cookies_it_is_said_and_reading_goes_on(house: House, visitor: Callable[..., Visitor]) -> None:
    def forgetful(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body='{"fresh": true, "role": "peer"}')

    ana = visitor()
    ana.page.route("**/session", forgetful)
    ana.goes_to("/rooms/evening")
    ana.goes_in_until(ana.page.get_by_text(re.compile("keeps no cookies")).first)
    ana.asks_for_help()
    ana.sees("Here is who you can reach now.")


def test_words_that_look_like_code_are_words(house: House, visitor: Callable[..., Visitor]) -> None:
    ana, ben = visitor(at=0), visitor(at=1)
    ana.goes_into("low-days")
    ben.goes_into("low-days")
    title = ben.page.title()
    for trick in TRICKS:
        ana.says(trick)
        ben.hears(trick)
    assert ben.page.title() == ana.page.title() == title
    assert ben.log.locator("script, img, a").count() == 0


def test_a_long_word_a_script_from_the_right_and_an_emoji_stay_in_the_page(
    house: House, visitor: Callable[..., Visitor]
) -> None:
    ana = visitor(viewport={"width": 360, "height": 740})
    ana.goes_into("low-days")
    for text in ("Donaudampfschifffahrtsgesellschaft" * 8, "שלום לכולם, ערב טוב", "👩‍👩‍👧 🌧️"):
        ana.says(text)
    assert ana.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_second_tab_is_the_same_person(house: House, visitor: Callable[..., Visitor]) -> None:
    ana = visitor()
    ana.goes_into("evening")
    other = Visitor(ana.page.context.new_page(), ana.url)
    other.goes_into("evening")
    assert other.name == ana.name
    ana.says("From the first tab.")
    expect(other.message("From the first tab.")).to_be_visible()


def test_the_page_tells_nothing_to_who_looks_over_the_shoulder(house: House, visitor: Callable[..., Visitor]) -> None:
    ana = visitor()
    ana.goes_to("/rooms/grief")
    assert "rief" not in ana.page.title()
    assert ana.page.locator('meta[name="robots"]').get_attribute("content") == "noindex, nofollow"

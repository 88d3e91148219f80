"""What a first visit costs, and that nobody else hears of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import Opened, Watch
from tests.browser.people import Visitor
from tests.walks.house import House

FIRST_LOAD_BYTES = 60_000  # HTML, CSS and JavaScript of a peer, as they come over the wire
FONT_BYTES = 30_000
WORDS = re.compile(r"text/html|text/css|javascript|application/json|svg")
SAID = "/preview/"  # what people have said lately is as long as it is


def weighed(page: Page) -> dict[str, int]:
    """Fills with the size on the wire of everything the page loads."""
    sizes: dict[str, int] = {}

    def note(response: Response) -> None:
        sizes[f"{response.headers.get('content-type', '')} {response.url}"] = response.request.sizes()[
            "responseBodySize"
        ]

    page.on("requestfinished", lambda request: note(answer) if (answer := request.response()) else None)
    return sizes


@pytest.mark.parametrize("locale", ["en-GB", "es-MX"])
def test_a_first_visit_is_light_in_every_language(house: House, opened: Opened, locale: str) -> None:
    page = opened(locale=locale)
    sizes = weighed(page)
    page.goto(house.servers[0].url, wait_until="networkidle")
    assert page.locator("html").get_attribute("lang") == locale[:2]
    text = {name: size for name, size in sizes.items() if WORDS.search(name)}
    fonts = {name: size for name, size in sizes.items() if "font" in name}
    assert any("javascript" in name for name in text)
    assert sum(text.values()) <= FIRST_LOAD_BYTES, text
    assert sum(fonts.values()) <= FONT_BYTES, fonts


def test_going_into_a_room_loads_nothing_of_the_console(house: House, opened: Opened) -> None:
    page = opened()
    sizes = weighed(page)
    ana = Visitor(page, house.servers[0].url)
    ana.goes_into("evening")
    text = {name: size for name, size in sizes.items() if WORDS.search(name) and SAID not in name}
    assert sum(text.values()) <= FIRST_LOAD_BYTES, text


def test_nobody_else_is_asked_for_anything(house: House, visitor: Callable[..., Visitor], watch: Watch) -> None:
    ana = visitor()
    for path in ("/", "/rooms", "/rooms/evening", "/help", "/privacy", "/console", "/goodbye"):
        ana.goes_to(path)
        ana.page.wait_for_load_state("networkidle")
    assert len(watch.asked) > 10
    assert watch.strangers() == set()


def test_what_does_not_change_is_asked_for_once(house: House, opened: Opened) -> None:
    page = opened()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(house.servers[0].url, wait_until="networkidle")
    assets = [answer for answer in answers if "/static/assets/" in answer.url]
    assert assets
    assert all("immutable" in answer.headers["cache-control"] for answer in assets)

"""A real Chromium in front of real server processes; every page is watched for what must never happen."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect

from tests.browser.fragile import FragileHouse
from tests.browser.listeners import Listener, Listeners
from tests.browser.people import Moderator, Visitor
from tests.walks.house import BOOKS, House

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
NONE_FOUND = "no Chromium: sudo apt-get install chromium, or set CHROMIUM=/path"
# A page without its server complains in the console, and so it should.
EXPECTED = (
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_EMPTY_RESPONSE",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_SOCKET_NOT_CONNECTED",
    "WebSocket connection to",
    "503 (Service Unavailable)",
)
PATIENCE_MS = 20_000  # for whatever is waited for: a machine may do many things at once

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(NONE_FOUND, pytrace=False)
        pytest.skip(NONE_FOUND)
    without_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--disable-dev-shm-usage", *without_sandbox],
    }


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with House(2, content_dir="", default_country="GB", operator_name="the people of Test Street") as house:
        yield house


class LightHouse(House):
    """A start of its server costs a third."""

    without = BOOKS


@pytest.fixture
def own_house() -> Iterator[House]:
    """For tests in which the server goes."""
    with LightHouse(1, default_country="GB") as house:
        yield house


class Watch:
    """What every page asked for and complained of."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.complaints: list[str] = []

    def over(self, page: Page) -> None:
        page.on("request", lambda request: self.asked.add(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.on("dialog", self._asked_by)

    def _asked_by(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(known in message.text for known in EXPECTED):
            self.complaints.append(message.text)

    def strangers(self) -> set[str]:
        own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
        return {url for url in self.asked if not url.startswith(own)}


@pytest.fixture
def watch() -> Iterator[Watch]:
    """No request to anybody else, no error, no violation of the policy, in any test."""
    watch = Watch()
    yield watch
    assert watch.strangers() == set()
    assert watch.complaints == []


Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, watch: Watch) -> Iterator[Opened]:
    """A browser of one's own: `opened(viewport=..., color_scheme="dark")`."""
    contexts = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"} | options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(house: House, opened: Opened) -> Callable[..., Visitor]:
    return lambda at=0, **options: Visitor(opened(**options), house.servers[at].url)


@pytest.fixture
def moderator(house: House, opened: Opened) -> Callable[..., Moderator]:
    """Someone who has just accepted an invitation."""

    def invited(name: str, at: int = 0, **options: Any) -> Moderator:
        moderator = Moderator(opened(**options), house.servers[at].url, name)
        moderator.accepts(house.invitation())
        return moderator

    return invited


@pytest.fixture
def listener(house: House) -> Iterator[Callable[..., Listener]]:
    """Someone who listens, by the wire: `listener("Wren")`. Whoever is there at the end of a test goes."""
    with Listeners(house) as listeners:
        yield listeners.arrives


@pytest.fixture(scope="session")
def fragile() -> Iterator[FragileHouse]:
    with FragileHouse(position_check_ms="500", screening_check_ms="500") as house:
        yield house


@pytest.fixture
def hurt(fragile: FragileHouse) -> Iterator[FragileHouse]:
    """A house for faults, whole again after each."""
    yield fragile
    fragile.mend()

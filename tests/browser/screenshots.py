"""`make screenshots`: the pictures in docs/screenshots, taken of the running program with its simulated people."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from loadtests import demo
from tests.browser.conftest import CHROMIUMS
from tests.browser.people import Moderator, Visitor

HOUSE = Path(__file__).parents[2]
PICTURES = HOUSE / "docs" / "screenshots"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SETTLE_SECONDS = 6.0  # presence is told with a jitter
WORRYING = "i want to die and i don't know what to do"


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    os.environ |= {"DEFAULT_COUNTRY": "GB", "PORT": os.environ.get("PORT", "8000")}
    with tempfile.TemporaryDirectory(prefix="porchlight-pictures-") as folder, demo.server(folder) as url:
        threading.Thread(target=lambda: asyncio.run(demo.evening(url)), daemon=True).start()
        time.sleep(SETTLE_SECONDS)
        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)))
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
            take(browser, url, folder)
            browser.close()


def take(browser: Browser, url: str, folder: str) -> None:
    mona = Moderator(opened(browser, viewport=DESKTOP), url, "Mona")
    mona.accepts(invitation(folder))
    mona.starts_duty()
    mona.page.wait_for_timeout(int(SETTLE_SECONDS * 1_000))
    the_way_in(browser, url)
    ana = the_room(browser, url)
    the_room_at_night(browser, url)
    ana.writes("you can call me on +44 20 7946 0018 any time")
    ana.sees("Held, not in the room yet")
    ana.writes(WORRYING)
    ana.sees("Only you can see this card.")
    picture(ana, "help-card")
    mona.page.wait_for_timeout(1_000)
    picture(mona, "desk")


def the_way_in(browser: Browser, url: str) -> None:
    door = Visitor(opened(browser, viewport=DESKTOP), url)
    door.goes_to("/")
    door.page.get_by_role("button", name="18 or over").click()
    door.page.wait_for_timeout(2_500)
    picture(door, "door")
    door.goes_to("/rooms")
    door.page.wait_for_timeout(1_000)
    picture(door, "rooms")
    phone = Visitor(opened(browser, viewport=PHONE), url)
    phone.goes_to("/help?country=GB")
    picture(phone, "help-phone")


def the_room(browser: Browser, url: str) -> Visitor:
    ana = Visitor(opened(browser, viewport=DESKTOP), url)
    ana.goes_into("evening")
    ana.says("Hello. It is a long one here too.")
    ana.page.wait_for_timeout(int(SETTLE_SECONDS * 1_000))
    picture(ana, "room")
    return ana


def the_room_at_night(browser: Browser, url: str) -> None:
    ben = Visitor(opened(browser, viewport=PHONE, color_scheme="dark"), url)
    ben.goes_into("grief")
    ben.says("I am reading along tonight.")
    ben.page.wait_for_timeout(2_000)
    picture(ben, "room-phone-dark")


def opened(browser: Browser, **options: Any) -> Any:
    return browser.new_context(locale="en-GB", device_scale_factor=1, **options).new_page()


def picture(visitor: Visitor, name: str) -> None:
    visitor.page.screenshot(path=PICTURES / f"{name}.png")


def invitation(folder: str) -> str:
    asked = [sys.executable, "-m", "server", "invite", "--role", "moderator"]
    said = subprocess.run(asked, env=os.environ | {"DATA_DIR": folder}, capture_output=True, text=True, check=True)
    return said.stdout.partition("#invite=")[2].strip()


if __name__ == "__main__":
    main()

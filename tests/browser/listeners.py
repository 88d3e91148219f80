"""Listeners for the browser tests: on the wire, driven from a test that is not in a loop, or at a desk in a browser."""

import asyncio
import os
import re
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Self, TypeVar

from playwright.sync_api import Locator, Page, expect

from loadtests.client import Ended, Refused
from loadtests.session import Session
from tests.browser.people import Visitor
from tests.walks.house import PASSPHRASE, House
from tests.walks.people import Peer

PATIENCE_SECONDS = 60.0

T = TypeVar("T")


class Listener:
    """A volunteer on the reference client; verbs wait until what they say is so."""

    def __init__(self, listeners: "Listeners", peer: Peer, name: str) -> None:
        self.name = name
        self.channel = ""
        self.offer: dict[str, Any] = {}
        self._peer = peer
        self._listeners = listeners

    # -- availability

    def is_available(self, **topics: list[str]) -> None:
        self.asks("listen", availability="available", **topics)

    def takes_a_break(self) -> None:
        self.asks("listen", availability="break")

    def rests(self) -> None:
        """The house is shared: nobody of this test may be offered anyone of the next."""
        self.asks("listen", availability="off")

    # -- the offer

    def is_offered(self) -> dict[str, Any]:
        """The next offer that was not there before."""
        before = self.offer.get("offer")
        self.offer = self._does(self._next_offer(before))
        return self.offer

    def accepts(self) -> None:
        """Whoever comes next, and goes in."""
        self.is_offered()
        self.takes_them()

    def takes_them(self) -> None:
        """Whoever was offered."""
        offer = self.offer["offer"]
        self.asks("accept", offer=offer)
        self.channel = f"one:{offer}"
        self._does(self._peer.joins(self.channel))

    def takes_over(self) -> None:
        """What a colleague asks."""
        self.channel = self.is_told("transfer_offered")["offer"]["channel"]
        self.asks("accept_transfer", channel=self.channel)
        self._does(self._peer.joins(self.channel))

    def skips(self, reason: str = "need_a_moment") -> None:
        self.asks("skip", offer=self.is_offered()["offer"], reason=reason)

    # -- the talk

    def says(self, text: str) -> None:
        self._does(self._peer.says(text))

    def hears(self, text: str) -> None:
        self._does(self._peer.hears(text))

    def types(self) -> None:
        self._does(self._peer.client.tell("typing", channel=self.channel))

    def agrees_to_go_on(self) -> None:
        self.asks("extend", channel=self.channel)

    def says_goodbye(self) -> None:
        self.asks("goodbye", channel=self.channel)

    def stops_it(self, abuse: str = "hostile") -> None:
        self.asks("abusive", channel=self.channel, abuse=abuse)

    def is_told(self, kind: str, **fields: object) -> dict[str, Any]:
        return self._does(self._peer.is_told(kind, **fields))

    def vanishes(self) -> None:
        """The network is gone, without a word."""
        self._does(self._peer.client.lose())

    def goes(self) -> None:
        with suppress(Refused, Ended):
            if self._peer.client.is_open:
                self.rests()
        self._does(self._peer.client.close())

    def asks(self, command: str, **fields: object) -> dict[str, Any]:
        return self._does(self._peer.client.ask(command, **fields))

    def _does(self, step: Coroutine[Any, Any, T]) -> T:
        return self._listeners.run(step)

    async def _next_offer(self, before: str | None) -> dict[str, Any]:
        def newest() -> dict[str, Any]:
            told = self._peer.was_told("offered")
            offer: dict[str, Any] = told[-1]["offer"] if told else {}
            return offer if offer.get("offer") != before else {}

        return await self._peer.client.until(newest)


class Listeners:
    """Those of one house, in a loop of their own: `with Listeners(house) as listeners: listeners.arrives("Wren")`."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._team: list[Listener] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def arrives(self, name: str, at: int = 0, role: str = "listener") -> Listener:
        """By an invitation, and available at once."""
        peer = self.run(self.invited(name, at, role))
        listener = Listener(self, peer, name)
        self._team.append(listener)
        listener.is_available()
        return listener

    async def invited(self, name: str, at: int, role: str) -> Peer:
        session = Session()
        await session.accept(self._house.servers[at].url, self._house.invitation(role), name, PASSPHRASE)
        peer = Peer(self._house.client(at, session=session))
        await peer.client.open()
        return peer

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(step, self._loop).result(PATIENCE_SECONDS)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        for listener in self._team:
            listener.goes()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_SECONDS)
        self._loop.close()


class Someone:
    """A peer on the wire."""

    def __init__(self, listeners: Listeners, peer: Peer) -> None:
        self._listeners, self.peer = listeners, peer

    def waits(self, **more: Any) -> None:
        self.asks("queue", client_id=os.urandom(16), **more)

    def goes_in(self) -> None:
        one = self._listeners.run(self.peer.is_told("one_began"))["one"]
        self._listeners.run(self.peer.joins(one["channel"]))

    def asks(self, command: str, **fields: Any) -> dict[str, Any]:
        return self._listeners.run(self.peer.client.ask(command, **fields))

    def says(self, text: str) -> None:
        self._listeners.run(self.peer.says(text))

    def hears(self, text: str) -> None:
        self._listeners.run(self.peer.hears(text))

    def is_told(self, kind: str, **fields: object) -> dict[str, Any]:
        return self._listeners.run(self.peer.is_told(kind, **fields))


class Looking(Visitor):
    """A peer who looks for a listener."""

    def comes_to_the_door(self) -> None:
        self.goes_to("/")
        door = self.page.get_by_role("button", name="One listener")
        self.goes_in_until(door)

    def opens_the_door(self) -> None:
        self.page.get_by_role("button", name="One listener").click()
        expect(self.page.get_by_role("heading", name="One listener", level=1)).to_be_focused()

    def waits(self) -> None:
        self.page.get_by_role("button", name="Skip these and wait").click()
        expect(self.page.get_by_label("Write while you wait, if you like")).to_be_visible()

    def chooses(self, *choices: str) -> None:
        for choice in choices:
            self.page.get_by_label(choice, exact=True).check()

    def drafts(self, text: str) -> None:
        self.page.get_by_label("Write while you wait, if you like").fill(text)
        self.sees("Kept for your listener.")

    def is_with(self, name: str) -> None:
        expect(self.page.get_by_role("heading", name=f"{name}, your listener", level=1)).to_be_visible()
        expect(self.field).to_be_visible()

    def tells_how_it_was(self) -> None:
        self.chooses("Partly")
        self.page.get_by_label("Anything to add?").fill("They took their time.")
        self.page.get_by_label("3", exact=True).check()
        self.page.get_by_role("button", name="Send it").click()
        self.sees("Thank you. It has arrived.")


class AtTheDesk(Visitor):
    """A listener with a browser, who touches no mouse."""

    def __init__(self, page: Page, url: str, name: str) -> None:
        super().__init__(page, url)
        self.name_here = name

    def accepts(self, invitation: str) -> None:
        self.goes_to(f"/console#invite={invitation}")
        self.page.get_by_label("Your name").fill(self.name_here)
        self.page.get_by_label("Your passphrase", exact=True).fill(PASSPHRASE)
        self.page.keyboard.press("Enter")
        expect(self.bar).to_contain_text("You are off.")

    @property
    def field(self) -> Locator:
        return self.page.locator(".one__main").get_by_role("textbox")

    @property
    def thread(self) -> Locator:
        """What only staff can see."""
        return self.page.get_by_role("region", name="Ask a supervisor")

    @property
    def bar(self) -> Locator:
        return self.page.locator(".duty")

    def presses(self, button: str | re.Pattern[str]) -> None:
        """By its key, once it has the focus."""
        found = self.page.get_by_role("button", name=button).first
        found.focus()
        self.page.keyboard.press("Enter")

    def is_available(self) -> None:
        self.presses(re.compile("^(I’m available|Available again)"))
        expect(self.bar).to_contain_text(re.compile("You are available|Someone is waiting for your answer"))

    def unfolds(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).focus()
        self.page.keyboard.press("Enter")

    def chooses(self, number: int, label: str) -> None:
        """In the dialog that is open, by the number key."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog.get_by_role("radio").first).to_be_focused()
        self.page.keyboard.press(str(number))
        dialog.get_by_role("button", name=label, exact=True).focus()
        self.page.keyboard.press("Enter")
        expect(dialog).to_have_count(0)

    def rests(self) -> None:
        """The house is shared: nobody of this test may be offered anyone of the next."""
        self.presses("Go off")
        expect(self.bar).to_contain_text("You are off.")

"""People in front of a browser, and what they do there, by the words on the page."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

PASSPHRASE = "a calm and long passphrase"
LOOKS, LOOK_MS = 100, 100


class Visitor:
    """A peer with a browser."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def goes_to(self, path: str) -> None:
        self.page.goto(self.url + path)

    def goes_into(self, room: str) -> None:
        self.goes_to(f"/rooms/{room}")
        self.goes_in_until(self.field)
        expect(self.page.locator(".name").first).not_to_be_empty()

    def goes_in_until(self, goal: Locator) -> None:
        """Presses what leads in, the question at the door among it."""
        adult = self.page.get_by_role("button", name="18 or over")
        go_in = self.page.get_by_role("button", name="Go in")
        while not goal.is_visible():
            expect(adult.or_(go_in).or_(goal).first).to_be_visible()
            for button in (adult, go_in):
                if button.is_visible():
                    button.click()

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("Write to"))

    @property
    def name(self) -> str:
        return self.page.locator(".bar__who .name").inner_text()

    def writes(self, text: str) -> None:
        self.field.fill(text)
        self.page.get_by_role("button", name="Send").click()

    def says(self, text: str) -> None:
        self.writes(text)
        expect(self.own(text)).to_contain_text(re.compile("In the room|Delivered"))

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def message(self, text: str) -> Locator:
        return self.log.locator("li.message").filter(has=self.page.get_by_text(text, exact=True))

    def own(self, text: str) -> Locator:
        """This person's own, whether it is in the room yet or not."""
        mine = self.page.locator(".message--mine, .message--held, .message--unsent")
        return self.message(text).and_(mine)

    def hears(self, text: str) -> None:
        expect(self.message(text)).to_be_visible()

    def does_not_hear(self, text: str) -> None:
        expect(self.log.get_by_text(text, exact=True)).to_have_count(0)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def asks_for_help(self) -> None:
        self.page.get_by_role("link", name="Get help now").click()


class Moderator(Visitor):
    """Someone of the team, at the desk."""

    def __init__(self, page: Page, url: str, staff_name: str) -> None:
        super().__init__(page, url)
        self.staff_name = staff_name

    def accepts(self, invitation: str, at_each_page: Callable[[], None] = lambda: None) -> None:
        self.goes_to(f"/console#invite={invitation}")
        self.page.get_by_label("Your name").fill(self.staff_name)
        self.page.get_by_label("Your passphrase", exact=True).fill(PASSPHRASE)
        self.page.get_by_role("button", name="Accept the invitation").click()
        self.reads_the_guide(at_each_page)

    def reads_the_guide(self, at_each_page: Callable[[], None]) -> None:
        forth = self.page.get_by_role("button", name=re.compile("^(Next|To the desk)$"))
        while not self.page.locator("main.console").is_visible():
            expect(forth.or_(self.page.locator("main.console")).first).to_be_visible()
            if forth.is_visible():
                at_each_page()
                forth.click()

    def takes_the_ticket_of(self, handle: str) -> None:
        """Theirs, whoever else may still be waiting in this house."""
        tab = self.page.get_by_role("tab", name="Needs a person")
        whose = self.page.get_by_role("heading", name=handle, exact=True)
        take = self.page.get_by_role("listitem").filter(has=whose).get_by_role("button", name="I’ll take this")
        expect(tab.or_(take).first).to_be_visible()
        if tab.is_visible():
            tab.click()
        take.click()
        expect(self.field).to_be_visible()

    def starts_duty(self) -> None:
        self.page.get_by_role("button", name="Start duty, with sound").click()
        expect(self.page.get_by_text(f"On duty as {self.staff_name}")).to_be_visible()

    def waits_for_what_is_held(self) -> None:
        tab = self.page.get_by_role("tab", name="Decide")
        refuse = self.page.get_by_role("button", name="Refuse")
        expect(tab.or_(refuse).first).to_be_visible()
        if tab.is_visible():
            tab.click()
        expect(refuse.first).to_be_visible()

    def turns_to_what_is_held(self, text: str) -> None:
        """Wherever it lies in the list: the house is shared, and other things may wait before it."""
        shown = self.page.locator("article.item").get_by_text(text, exact=True)
        rows = self.page.locator(".rows__row")
        for _ in range(LOOKS):
            for place in range(rows.count()):
                if not shown.is_visible():
                    rows.nth(place).click()
            if shown.is_visible():
                return
            self.page.wait_for_timeout(LOOK_MS)
        expect(shown).to_be_visible()

    def turns_to_the_rooms(self) -> None:
        """Where the desk is in tabs."""
        tab = self.page.get_by_role("tab", name="Rooms")
        if tab.is_visible():
            tab.click()

    def opens_room(self, title: str) -> None:
        self.room_entry(title).get_by_role("button", name=re.compile("^Go in")).click()
        expect(self.log).to_be_visible()

    def room_entry(self, title: str) -> Locator:
        heading = self.page.get_by_role("heading", name=title)
        return self.page.locator("li.rooms__room").filter(has=heading)

    def sets_slow_mode(self, title: str, choice: str) -> None:
        entry = self.room_entry(title)
        tools = entry.locator("details.rooms__tools")
        if tools.get_attribute("open") is None:
            tools.locator("summary").click()
        entry.get_by_role("button", name=choice, exact=True).click()
        expect(entry.get_by_role("button", name=choice, exact=True)).to_have_attribute("aria-pressed", "true")

    def turns_to(self, text: str) -> Locator:
        """The message, with what can be done about it unfolded."""
        message = self.message(text)
        message.hover()
        message.locator("button.message__more[aria-expanded]").click()
        return message

    def gives_a_reason(self, reason: str, label: str) -> None:
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("radio", name=reason).check()
        dialog.get_by_role("button", name=label, exact=True).click()
        expect(dialog).to_have_count(0)

    def removes(self, text: str, reason: str) -> None:
        self.turns_to(text).get_by_role("button", name="Remove", exact=True).click()
        self.gives_a_reason(reason, "Remove")

    def asks_colleague(self, name: str) -> None:
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("radio", name=name).check()
        dialog.get_by_role("button", name="Ask them").click()
        expect(dialog).to_have_count(0)

    def sends_out(self, text: str, reason: str) -> None:
        self.turns_to(text).get_by_role("button", name="Send out", exact=True).click()
        self.gives_a_reason(reason, "Send out")

    def mutes(self, text: str, reason: str) -> None:
        self.turns_to(text).get_by_role("button", name="Mute", exact=True).click()
        self.gives_a_reason(reason, "Mute")

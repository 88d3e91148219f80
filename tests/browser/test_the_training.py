"""The training in a browser, by keyboard alone: from a closed gate through lessons and practices to an open one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from server.config import Settings
from server.domain.course import LessonText, MoveText, Script, TrainingFile
from server.files import load
from tests.browser.conftest import Opened
from tests.browser.listeners import AtTheDesk
from tests.browser.test_views import NARROW, WIDE, is_sound
from tests.walks.house import House

WIDTHS = {"en": NARROW, "es": WIDE}


@pytest.fixture(scope="module")
def gated() -> Iterator[House]:
    with House(1, content_dir="", training_required="1") as house:
        yield house


class Trainee(AtTheDesk):
    """Takes every lesson and practice as the file has it; presses keys alone."""

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def enters(self, invitation: str) -> None:
        self.goes_to(f"/console#invite={invitation}")
        self.page.locator("input").first.fill(self.name_here)
        self.page.locator("input[type=password]").first.fill("a calm and long passphrase")
        self.page.keyboard.press("Enter")
        expect(self.bar).to_be_visible()

    def opens(self, title: str) -> None:
        self.presses(title)
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_focused()

    def picks(self, words: str) -> None:
        self.page.get_by_label(words, exact=True).press("Space")

    def answers(self, lesson: LessonText, is_right: bool) -> None:
        choice = next(choice for choice in lesson.choices if choice.right is is_right)
        self.picks(choice.text)
        self.sends()
        self.sees(choice.about)

    def makes(self, move: MoveText, own: str = "") -> None:
        self.picks(move.words)
        if own:
            self.page.locator("textarea").fill(own)
        self.sends()
        expect(self.log).to_contain_text(move.about)

    def sends(self) -> None:
        self.page.locator("form button[type=submit]").press("Enter")

    def practises(self, script: Script, over: str) -> None:
        steps = {step.id: step for step in script.steps}
        to: str | None = script.steps[0].id
        while to in steps:
            move = next(move for move in steps[to].moves if move.to is not None)
            self.makes(move)
            to = move.to
        expect(self.page.get_by_role("heading", name=over)).to_be_focused()


@pytest.mark.parametrize("language", WIDTHS)
def test_from_the_closed_gate_to_the_first_offer_by_keyboard(gated: House, opened: Opened, language: str) -> None:
    content = load(Settings())
    course, words = content.wordings[language].training, content.wordings[language].words
    page = opened(viewport=WIDTHS[language], locale=language)
    wren = Trainee(page, gated.servers[0].url, f"Trainee {language}")
    wren.enters(gated.invitation("listener"))
    wren.sees(words["listener"]["training_first"])
    expect(page.get_by_role("button", name=words["listener"]["start"])).to_have_count(0)
    is_sound(page, "the desk before the training")
    wren.presses(words["listener"]["to_training"])
    expect(page.get_by_role("heading", name=words["training"]["title"], level=1)).to_be_focused()
    is_sound(page, "the training")
    goes_through_lessons(wren, course, words["training"])
    practises(wren, course, words["training"])
    wren.sees("Your training holds until" if language == "en" else "Tu formación vale hasta el")
    is_sound(page, "the training, gone through")
    page.reload()
    wren.presses(words["training"]["to_desk"])
    expect(page.get_by_role("heading", name=words["listener"]["training"], level=2)).to_be_visible()
    wren.presses(words["listener"]["start"])
    expect(wren.bar).to_contain_text(words["listener"]["state_available"])


def goes_through_lessons(wren: Trainee, course: TrainingFile, words: dict[str, str]) -> None:
    """One after the other; a wrong answer explains itself first."""
    wren.opens(course.lessons[0].title)
    for lesson in course.lessons:
        expect(wren.page.get_by_role("heading", name=lesson.title, level=1)).to_be_focused()
        if lesson is course.lessons[0]:
            wren.answers(lesson, is_right=False)
        wren.answers(lesson, is_right=True)
        if lesson is course.lessons[0]:
            is_sound(wren.page, "a lesson")
        wren.presses(words["onward"])


def practises(wren: Trainee, course: TrainingFile, words: dict[str, str]) -> None:
    """The first comes after the last lesson; what is written is shown here, and goes when the practice is left."""
    first, *others = course.practices
    expect(wren.page.get_by_role("heading", name=first.title, level=1)).to_be_focused()
    wren.sees(words["label"])
    expect(wren.log.locator(".message__handle")).to_have_text([words["voice_practice"]] * len(first.steps[0].says))
    wren.makes(next(move for move in first.steps[0].moves if move.to is None), own="my own words")
    expect(wren.log).to_contain_text("my own words")
    is_sound(wren.page, "a practice")
    wren.practises(first, words["over"])
    is_sound(wren.page, "a practice that is over")
    for script in others:
        wren.presses(words["back"])
        expect(wren.log).to_have_count(0)
        expect(wren.page.get_by_role("heading", name=words["title"], level=1)).to_be_focused()
        wren.opens(script.title)
        wren.practises(script, words["over"])
    wren.presses(words["back"])

import msgspec
import pytest

from server.config import Settings
from server.domain.lessons import Lessons, Meanings
from server.domain.screening import CALM, Lane, Screened, Verdict
from server.domain.text import clean
from server.files import read
from server.protocol.fields import Urgency
from server.screeners import MEANINGS
from server.screeners.learned import Learned, weighed

SETTINGS = Settings()
LANGUAGES = [read(name, Meanings, SETTINGS) for name in MEANINGS]
LESSONS = read("screening/learned.json", Lessons, SETTINGS)
LEARNED = Learned("learned", LESSONS, LANGUAGES)


def said(text: str) -> dict[str, str]:
    return {opinion.rule: opinion.reason for opinion in LEARNED.screen(Screened.of(clean(text, SETTINGS)))}


@pytest.mark.parametrize(
    "text",
    [
        "honestly id rather be dead than wake up to this again",
        "lately i keep thinking how peaceful it would be to not exist",
        "im going to end my life and nobody will notice",
        "been cutting myself every night since she left",
        "quiero matarme y no se lo digo a nadie",
        "i w4nt 2 k1ll mys3lf",
    ],
)
def test_it_finds_what_no_phrase_of_ours_says(text: str) -> None:
    assert said(text)["care.learned"] == "thoughts"


@pytest.mark.parametrize(
    "text",
    [
        "are you thinking about killing yourself?",
        "please don't hurt yourself, you matter to us",
        "in the film she wants to die at the end",
        "years ago i used to want to die, it passed and i am well",
        "i want to install the new version tonight",
        "me muero de risa con esta serie",
    ],
)
def test_it_leaves_alone_what_only_sounds_alike(text: str) -> None:
    assert said(text).get("care.learned", CALM) == CALM


def test_it_asks_for_a_look_and_never_holds() -> None:
    for lesson in LESSONS.lessons:
        assert lesson.verdict in (Verdict.NOTE, Verdict.ALLOW)
        assert lesson.lane is not Lane.CARE or lesson.urgency is not Urgency.IMMINENT


def test_what_it_says_can_be_seen_in_the_text() -> None:
    text = "Nice weather. I want to kill myself."
    (opinion,) = [each for each in LEARNED.screen(Screened.of(text)) if each.reason != CALM]
    assert opinion.sensible(len(text))
    assert "kill myself" in text[opinion.spans[0].start : opinion.spans[0].end]


def test_weights_that_were_made_for_other_meanings_would_be_noticed() -> None:
    assert {meanings.version for meanings in LANGUAGES} == {LESSONS.meanings}
    assert LESSONS.review == "awaiting clinical review"


def test_a_text_weighs_what_its_marks_weigh() -> None:
    lesson = msgspec.structs.replace(LESSONS.lessons[0], before=-100, weights={"DIE": 70, "WANT_DIE": 60})
    assert weighed(lesson, {"DIE", "WANT_DIE", "never seen"}) == 30

import msgspec
import pytest

from server.config import Settings
from server.domain.advising import Advice
from server.domain.folding import Span
from server.domain.lessons import Lesson, Meanings
from server.domain.screening import CALM, EXCUSED, FAINT, Screened, Verdict
from server.domain.text import clean
from server.files import read
from server.protocol.fields import Urgency
from server.screeners import MEANINGS
from server.screeners.learned import HUNDREDTHS, OPEN, Ear, Learned

SETTINGS = Settings()
LANGUAGES = [read(name, Meanings, SETTINGS) for name in MEANINGS]
CARE = read("screening/learned.json", Lesson, SETTINGS)
CONDUCT = read("screening/learned.conduct.json", Lesson, SETTINGS)
EAR = Ear([CARE, CONDUCT], LANGUAGES)
LEARNED = Learned("learned", CARE, EAR)
UNKIND = Learned("learned-conduct", CONDUCT, EAR)


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
        "new t.a.t.t.o.o on my arm, i.t.c.h.y",
        "this is my last n.i.g.h.t s.h.i.f.t for two w.e.e.k.s",
    ],
)
def test_it_leaves_alone_what_only_sounds_alike(text: str) -> None:
    assert said(text).get("care.learned", CALM) in (CALM, FAINT)


def score(learned: Learned, text: str) -> float:
    return sum(opinion.score for opinion in learned.screen(Screened.of(text)))


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("women are inferior and should be beaten", "my sister says it is wrong to call women inferior"),
        ("you are a pathetic waste of space", "you are not a waste of space"),
        ("i will find you and hurt you", "he said he would hurt me and i reported it"),
        ("shut up you stupid whore", "he called me a whore and it still hurts"),
    ],
)
def test_it_tells_unkindness_from_speaking_of_it(worse: str, better: str) -> None:
    assert score(UNKIND, worse) > score(UNKIND, better) + 0.2


def test_three_short_words_are_read_as_three_and_as_one() -> None:
    assert len(EAR.hear(Screened.of("u r a disgrace to all of us")).said) == 2
    assert len(EAR.hear(Screened.of("you are a d-i-s-g-r-a-c-e to all of us")).said) == 1


def test_what_is_sure_of_nothing_still_has_a_score_and_nothing_follows() -> None:
    (opinion,) = LEARNED.screen(Screened.of("i am tired after this long day and my bed is warm"))
    assert opinion.reason in (CALM, FAINT)
    assert 0 < opinion.score < 1


@pytest.mark.parametrize("lesson", [CARE, CONDUCT])
def test_it_asks_for_a_look_and_never_holds(lesson: Lesson) -> None:
    assert lesson.verdict is Verdict.NOTE
    assert lesson.urgency in (None, Urgency.CONCERN)


def test_what_only_together_tells_is_read_together_and_what_was_said_before_is_not_said_again() -> None:
    lesson = msgspec.structs.replace(CARE, before=0, least=200, weights={" kill myself ": 300})
    learned = Learned("learned", lesson, Ear([lesson], LANGUAGES))

    def heard(text: str, *before: str) -> str:
        return next((each.reason for each in learned.screen(Screened.of(text, context=before))), CALM)

    assert heard("myself") in (CALM, FAINT)
    assert heard("myself", "i could", "kill") == "thoughts"
    assert heard("thanks all", "i want to kill myself") == EXCUSED


def test_what_it_says_can_be_seen_in_the_text() -> None:
    text = "Nice weather. I want to kill myself."
    (opinion,) = [each for each in LEARNED.screen(Screened.of(text)) if each.reason not in (CALM, FAINT)]
    assert opinion.sensible(len(text))
    assert "kill myself" in text[opinion.spans[0].start : opinion.spans[0].end]


def test_weights_that_were_made_for_other_meanings_would_be_noticed() -> None:
    assert {meanings.version for meanings in LANGUAGES} == {CARE.meanings, CONDUCT.meanings}
    assert CARE.review == CONDUCT.review == "awaiting clinical review"


def test_each_lane_has_words_of_its_own_without_which_nothing_is_read() -> None:
    assert UNKIND.screen(Screened.of("you idiot"))
    assert not LEARNED.screen(Screened.of("you idiot"))
    assert not UNKIND.screen(Screened.of("hello how was the day"))


def test_a_text_weighs_what_its_marks_weigh() -> None:
    """Each of them once, however often it is there; in a sentence, and not from one to the next."""

    def score(text: str, **weights: int) -> float:
        named = {name.replace("_", " "): weight for name, weight in weights.items()}
        lesson = msgspec.structs.replace(CARE, before=-100, weights=named, strange=0)
        (opinion,) = Learned("learned", lesson, Ear([lesson], LANGUAGES)).screen(Screened.of(text))
        return opinion.score

    even = pytest.approx(0.5, abs=0.001)
    assert score("i want to die, die", _DIE_=70, _WANT_DIE_=30) == even
    assert score("i want. die", _DIE_=100, _WANT_DIE_=30) == even
    assert score("zyxing to die", _zyx=60, yxi=40) == even  # nobody wrote that word
    assert score("want to die", _di=100) < even.expected
    assert score("people die", **{"NOT-I+DIE": 60, "+NOT-I": 40}) == even


def test_a_sentence_that_says_enough_by_itself_is_not_outweighed_by_those_around_it() -> None:
    around = "the server needs a new disk and the old driver of the printer must be installed again"
    (opinion,) = LEARNED.screen(Screened.of(f"{around}. i want to kill myself. {around}"))
    assert opinion.reason == "thoughts"
    assert len(around) < opinion.spans[0].start < opinion.spans[0].end < 2 * len(around)


def test_what_holds_nothing_grave_must_say_more() -> None:
    def score(text: str) -> float:
        lesson = msgspec.structs.replace(CARE, before=0, weights={" done ": 30, " die ": 30}, dull=30)
        (opinion,) = Learned("learned", lesson, Ear([lesson], LANGUAGES)).screen(Screened.of(text))
        return opinion.score

    assert score("i am done") == pytest.approx(0.5)
    assert score("i die") > 0.5


def test_words_that_nobody_wrote_are_dull_by_themselves() -> None:
    def score(text: str) -> float:
        lesson = msgspec.structs.replace(CARE, before=0, weights={" die ": 20}, strange=-20)
        (opinion,) = Learned("learned", lesson, Ear([lesson], LANGUAGES)).screen(Screened.of(text))
        return opinion.score

    assert score("i die") > score("the zyxing of 8 died") == pytest.approx(0.5 - 0.05, abs=0.01)


def test_what_was_told_just_before_asks_for_nothing_again_and_may_bear_what_leans() -> None:
    told = "i've been thinking about ending my life"
    (opinion,) = LEARNED.screen(Screened.of("the cat goes to my neighbour", context=[told]))
    assert (opinion.reason, opinion.verdict, opinion.spans) == (EXCUSED, Verdict.ALLOW, (Span(0, 28),))
    assert opinion.score == LEARNED.screen(Screened.of(told))[0].score


def test_an_adviser_is_asked_about_nothing_of_which_no_guard_was_looked_for() -> None:
    advice = read("screening/adviser.toml", Advice, SETTINGS)
    assert all(answer.asked >= OPEN / HUNDREDTHS for answer in advice.answers)


def test_a_sentence_that_is_said_again_is_judged_by_itself_once() -> None:
    stretches = EAR.hear(Screened.of("you psycho. " * 30)).said
    assert stretches
    assert all(len(stretch.alone()) == 1 for stretch in stretches)

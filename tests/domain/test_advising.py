import math

import pytest
from msgspec import structs

from server.domain.advising import Advice, Answer, said, weight
from server.domain.folding import Span
from server.domain.screening import CALM, EXCUSED, FAINT, FRIEND, Lane, Opinion, Runs, Screened, Verdict
from server.protocol.fields import Urgency

ANSWER = Answer(
    Lane.CARE, "thoughts plan", "care.advice", "thoughts", Verdict.NOTE, -2.0, 0.5, 0.5, 1.0, Urgency.CONCERN, -1.0
)
ADVICE = Advice("1", "awaiting clinical review", (ANSWER,))
SPAN = Span(0, 5)
LONG = "so very tired of all this"
FAINTLY = Opinion(Lane.CARE, Verdict.ALLOW, "care.learned", "1", FAINT, score=0.5)


def test_kinds_weigh_against_all_others_together() -> None:
    weights = {"thoughts": math.log(2), "plan": math.log(1), "chat": math.log(3), "hard": math.log(3)}
    assert weight(weights, "thoughts plan") == pytest.approx(math.log(3 / 6))


def test_something_follows_from_what_it_and_the_others_heard_together() -> None:
    opinion = ANSWER.opinion(1.0, 0.6, "7", SPAN)
    assert (opinion.verdict, opinion.reason, opinion.urgency, opinion.spans) == (
        Verdict.NOTE,
        "thoughts",
        Urgency.CONCERN,
        (SPAN,),
    )
    assert opinion.score == pytest.approx(1 / (1 + math.exp(-1.1)), abs=1e-4)
    assert (opinion.version, opinion.last) == ("7", True)


def test_nothing_follows_where_it_is_sure_of_nothing_and_something_may_lean_on_it() -> None:
    opinion = ANSWER.opinion(0.0, 0.9, "7", SPAN)
    assert (opinion.verdict, opinion.reason, opinion.urgency, opinion.spans) == (Verdict.ALLOW, FAINT, None, (SPAN,))
    assert ANSWER.opinion(0.0, -0.9, "7", SPAN).spans == ()


def test_nothing_leans_on_what_it_hears_of_others() -> None:
    assert structs.replace(ANSWER, reason=FRIEND).opinion(0.0, 0.9, "7", SPAN).spans == ()


def test_it_doubts_where_both_together_say_so_and_it_may() -> None:
    assert ANSWER.opinion(0.0, -1.0, "7", SPAN).reason == CALM
    assert ANSWER.opinion(2.0, -1.0, "7", SPAN).reason == FAINT
    assert structs.replace(ANSWER, calm=None).opinion(0.0, -9.0, "7", SPAN).reason == FAINT


def test_it_is_asked_where_the_others_heard_enough() -> None:
    assert [answer for answer, _ in ADVICE.open(LONG, [FAINTLY])] == [ANSWER]
    assert list(ADVICE.open(LONG, [structs.replace(FAINTLY, score=0.1)])) == []
    assert list(ADVICE.open(LONG, [])) == []


def test_about_a_few_words_it_is_asked_where_the_others_are_surer() -> None:
    assert list(ADVICE.open("so very tired of this", [FAINTLY])) == []
    assert [answer for answer, _ in ADVICE.open("so tired", [structs.replace(FAINTLY, score=0.7)])] == [ANSWER]


def test_it_is_not_asked_about_what_is_excused_or_of_another_lane() -> None:
    assert list(ADVICE.open(LONG, [structs.replace(FAINTLY, reason=EXCUSED, score=0.99)])) == []
    assert list(ADVICE.open(LONG, [structs.replace(FAINTLY, lane=Lane.CONDUCT, rule="conduct.learned")])) == []


class Plug:
    name = "plug"

    def __init__(self, runs: Runs, *opinions: Opinion) -> None:
        self.runs = runs
        self.opinions = opinions
        self.told: list[tuple[Opinion, ...]] = []

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        self.told.append(screened.heard)
        return self.opinions


def test_those_who_advise_are_told_what_the_others_said() -> None:
    adviser, quick = Plug(Runs.ADVISES), Plug(Runs.INLINE, FAINTLY)
    assert said([adviser, quick], Screened.of("hello")) == [FAINTLY]
    assert (adviser.told, quick.told) == ([(FAINTLY,)], [()])

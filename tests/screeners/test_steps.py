"""What is done step by step is noticed where its steps weigh enough together, and before that nothing follows."""

from functools import partial

import pytest

from server import screeners
from server.config import Settings
from server.domain.screening import FAINT, Policy, Screened, Verdict, rule
from server.files import read
from server.screeners.steps import Steps

reading = partial(read, settings=Settings())
POLICY = reading("policy.toml", Policy)
(STEPS,) = (screener for screener in screeners.build(POLICY, reading) if isinstance(screener, Steps))


def verdict(text: str, *before: str) -> Verdict:
    screened = Screened.of(text, context=before)
    return rule(STEPS.screen(screened), POLICY, screened).verdict


@pytest.mark.parametrize(
    "texts",
    [
        ("what school do you go to", "what time do you finish", "maybe i'll come by and surprise you"),
        ("i could be like an older brother", "you can tell me anything", "but delete our chats after"),
        ("i got you robux", "don't tell anyone where they came from", "now turn on your cam"),
        ("¿a qué escuela vas?", "te recojo a la salida"),
        ("i bought you a little gift card", "solo una foto"),
    ],
    ids=lambda texts: texts[-1],
)
def test_steps_that_say_little_alone_are_held_together(texts: tuple[str, ...]) -> None:
    assert {verdict(text) for text in texts} == {Verdict.ALLOW}
    assert verdict(texts[-1], *texts[:-1]) is Verdict.HOLD


def test_a_step_that_is_hidden_weighs_more() -> None:
    asked, hush = "what school do you go to", "don't tell anyone where they came from"
    assert verdict(hush, asked) is Verdict.ALLOW
    assert verdict("d0n'7 73ll 4ny0n3 wh3r3 7h3y c4m3 fr0m", "wh47 5ch00l d0 y0u g0 70") is Verdict.HOLD


def test_steps_in_one_text_are_enough() -> None:
    assert verdict("if you loved me you'd send one picture") is Verdict.HOLD


def test_a_step_weighs_once_however_often_it_is_taken_and_in_whichever_language() -> None:
    assert verdict("how old are you?", "what school do you go to", "¿cuántos años tienes?") is Verdict.ALLOW


@pytest.mark.parametrize(
    "texts",
    [
        ("how old are you?", "are you alone right now?", "is there an adult you trust nearby?"),
        ("where are you right now?", "are your parents home? could you wake one of them?"),
        ("you can tell me anything", "are you somewhere safe? where exactly?"),
        ("¿cuántos años tienes?", "¿hay alguien en casa contigo ahora?"),
    ],
    ids=lambda texts: texts[-1],
)
def test_who_asks_in_order_to_help_is_not_held(texts: tuple[str, ...]) -> None:
    assert {verdict(text, *texts[:place]) for place, text in enumerate(texts)} == {Verdict.ALLOW}


def test_what_was_enough_before_is_not_found_in_a_text_without_a_step() -> None:
    assert verdict("good night all", "i could be like an older brother", "but delete our chats after") is Verdict.ALLOW


def test_steps_of_different_reasons_are_not_put_together() -> None:
    assert verdict("half price today", "don't be shy with me") is Verdict.ALLOW


def test_a_step_alone_has_a_score_and_nothing_else() -> None:
    (step,) = STEPS.screen(Screened.of("what school do you go to"))
    assert (step.verdict, step.reason, step.rule) == (Verdict.ALLOW, FAINT, "approach.asking")
    assert 0 < step.score < 1

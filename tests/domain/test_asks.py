"""A listener's question: one at a time, called for while nobody answers, and over with the one-to-one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack, structs

from server.domain.asks import answered, asked, asked_for_oneself, closed, looked_at
from server.domain.errands import CallFor, Tell
from server.domain.listening import Step, Talk
from server.domain.supervised import Ask
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AskStep
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS
from tests.domain.test_one_to_one import ONE, a_talk, three

TALK: Talk = three(a_talk())[0]


def ask_in(step: Step | None) -> Ask:
    assert step is not None
    ask = step.records["ask:abc"]
    assert isinstance(ask, Ask)
    return ask


def told(step: Step | None, channel: str) -> list[str]:
    left = step.told if step else ()
    return [msgpack.decode(each.event)["type"] for each in left if isinstance(each, Tell) and each.channel == channel]


def calls(step: Step | None) -> list[AskStep]:
    return [each.step for each in (step.told if step else ()) if isinstance(each, CallFor)]


def test_whoever_is_on_duty_hears_it_and_nobody_is_called() -> None:
    step = asked(None, TALK, "wren", is_anyone_on=True, now=NOON, terms=TERMS)
    assert (told(step, "supervision"), calls(step)) == (["ask_changed"], [])
    assert ask_in(step).due == NOON + MINUTE
    assert asked(ask_in(step), TALK, "wren", is_anyone_on=True, now=NOON + 1, terms=TERMS) is None


def test_with_nobody_on_duty_the_pager_calls_at_once() -> None:
    step = asked(None, TALK, "wren", is_anyone_on=False, now=NOON, terms=TERMS)
    assert calls(step) == [AskStep.SUPERVISOR]
    assert told(step, "inbox:wren") == ["ask_called"]


def test_only_their_listener_asks() -> None:
    with pytest.raises(Refused) as no:
        asked(None, TALK, "lark", is_anyone_on=True, now=NOON, terms=TERMS)
    assert no.value.code is Code.NO_ROOM


@given(st.lists(st.integers(1, 90), max_size=40), st.booleans())
def test_every_minute_without_an_answer_someone_else_is_called_and_the_peer_hears_nothing(
    seconds: list[int], is_anyone_on: bool
) -> None:
    step = asked(None, TALK, "wren", is_anyone_on, NOON, TERMS)
    ask, now, called = ask_in(step), NOON, calls(step)
    for each in seconds:
        now += each * 1_000
        step = looked_at(ask, TALK, now, TERMS)
        called += calls(step)
        assert told(step, f"inbox:{TALK.person}") == told(step, ONE) == []
        ask = ask_in(step) if step else ask
        assert ask.waits
        assert ask.due > now or ask.called is AskStep.OPERATOR
    assert called == list(AskStep)[: len(called)]


def test_an_answer_ends_it_and_it_can_be_asked_anew() -> None:
    ask = ask_in(asked(None, TALK, "wren", is_anyone_on=True, now=NOON, terms=TERMS))
    step = answered(ask, TALK, "sue", "Sue", NOON + 30_000)
    assert told(step, "inbox:wren") == ["supervisor_wrote"]
    after = ask_in(step)
    assert (after.answered, after.waits) == ("Sue", False)
    assert looked_at(after, TALK, NOON + 10 * MINUTE, TERMS) is None
    assert answered(after, TALK, "sue", "Sue", NOON + MINUTE) is None, "the rest is a conversation"
    assert ask_in(asked(after, TALK, "wren", is_anyone_on=True, now=NOON + MINUTE, terms=TERMS)).waits


def test_a_word_that_nobody_asked_for_is_told_where_to_read() -> None:
    assert told(answered(None, TALK, "sue", "Sue", NOON), "inbox:wren") == ["supervisor_wrote"]


def test_it_is_over_with_the_one_to_one() -> None:
    ask = ask_in(asked(None, TALK, "wren", is_anyone_on=True, now=NOON, terms=TERMS))
    step = looked_at(ask, structs.replace(TALK, over=NOON + 1), NOON + 2, TERMS)
    assert step is not None
    assert step.records == {"ask:abc": None}
    assert told(step, "supervision") == ["ask_closed"]


OWN = "ask:own"


def own_ask(is_anyone_on: bool = True) -> Ask:
    step = asked_for_oneself(None, OWN, "wren", "Wren", is_anyone_on, NOON, TERMS)
    assert step is not None
    ask = step.records[OWN]
    assert isinstance(ask, Ask)
    return ask


def test_a_talk_about_oneself_is_called_for_as_a_question_is_and_names_no_one_to_one() -> None:
    ask = own_ask(is_anyone_on=False)
    assert (ask.called, ask.as_item().one, ask.as_item().name) == (AskStep.SUPERVISOR, None, "Wren")
    step = looked_at(ask, None, NOON + MINUTE, TERMS)
    assert (calls(step), told(step, "inbox:wren")) == ([AskStep.EVERYONE], ["ask_called"])
    assert asked_for_oneself(ask, OWN, "wren", "Wren", True, NOON + MINUTE, TERMS) is None, "one wish is one"


def test_it_has_nothing_to_do_with_any_one_to_one_and_waits_for_as_long_as_nobody_answers() -> None:
    assert looked_at(structs.replace(own_ask(), called=AskStep.OPERATOR), None, NOON + 100 * HOUR, TERMS) is None


def test_it_goes_on_until_a_day_after_a_supervisors_last_word() -> None:
    first = answered(own_ask(), None, "sue", "Sue", NOON)
    assert told(first, "inbox:wren") == ["supervisor_wrote"]
    assert first is not None
    ask = first.records[OWN]
    assert isinstance(ask, Ask)
    again = answered(ask, None, "sue", "Sue", NOON + 20 * HOUR)
    assert again is not None
    assert again.told == (), "the rest is a conversation"
    ask = again.records[OWN]
    assert isinstance(ask, Ask)
    assert looked_at(ask, None, NOON + 43 * HOUR, TERMS) is None
    over = looked_at(ask, None, NOON + 44 * HOUR, TERMS)
    assert over is not None
    assert (over.records, told(over, "supervision")) == ({OWN: None}, ["ask_closed"])


def test_nobody_answers_themselves() -> None:
    assert answered(own_ask(), None, "wren", "Wren", NOON) is None
    assert answered(None, TALK, "wren", "Wren", NOON) is None


def test_whoever_asked_says_that_it_needs_no_answer_and_nobody_else_does() -> None:
    ask = ask_in(asked(None, TALK, "wren", is_anyone_on=True, now=NOON, terms=TERMS))
    for each in (ask, own_ask()):
        with pytest.raises(Refused):
            closed(each, "lark")
        assert told(closed(each, "wren"), "supervision") == ["ask_closed"]
    assert closed(None, "wren") is None

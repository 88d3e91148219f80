"""A listener's question: one at a time, called for while nobody answers, and over with the one-to-one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack, structs

from server.domain.asks import answered, asked, looked_at
from server.domain.errands import CallFor, Tell
from server.domain.listening import Step, Talk
from server.domain.supervised import Ask
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import AskStep
from tests.domain.listening_people import MINUTE, NOON, TERMS
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
    step = answered(ask, TALK, "Sue", NOON + 30_000)
    assert told(step, "inbox:wren") == ["supervisor_wrote"]
    after = ask_in(step)
    assert (after.answered, after.waits) == ("Sue", False)
    assert looked_at(after, TALK, NOON + 10 * MINUTE, TERMS) is None
    assert answered(after, TALK, "Sue", NOON + MINUTE) is None, "the rest is a conversation"
    assert ask_in(asked(after, TALK, "wren", is_anyone_on=True, now=NOON + MINUTE, terms=TERMS)).waits


def test_a_word_that_nobody_asked_for_is_told_where_to_read() -> None:
    assert told(answered(None, TALK, "Sue", NOON), "inbox:wren") == ["supervisor_wrote"]


def test_it_is_over_with_the_one_to_one() -> None:
    ask = ask_in(asked(None, TALK, "wren", is_anyone_on=True, now=NOON, terms=TERMS))
    step = looked_at(ask, structs.replace(TALK, over=NOON + 1), NOON + 2, TERMS)
    assert step is not None
    assert step.records == {"ask:abc": None}
    assert told(step, "supervision") == ["ask_closed"]

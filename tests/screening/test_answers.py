import pytest

from server.domain.screening import Lane
from tests.screening.answers import answer, timed
from tests.screening.lines import Tier


def test_ordinary_talk_is_answered_with_nothing() -> None:
    said = answer("the soup was good, thank you")
    assert (said.tier, said.lanes, said.held, said.rules) == (Tier.NONE, frozenset(), False, {})
    assert not said.alarms
    assert not said.pages


def test_who_is_called_for_a_wish_to_die_is_told() -> None:
    said = answer("I want to kill myself")
    assert said.alarms
    assert Lane.CARE in said.lanes
    assert Lane.CARE in said.rules.values()
    assert not said.held


def test_a_detail_is_told_with_its_place_and_kind() -> None:
    said = answer("write to ana@example.org")
    assert said.kinds == {"email"}
    assert [(span.start, span.end) for span in said.spans] == [(9, 24)]


@pytest.mark.parametrize("text", ["", "\u200b"])
def test_nothing_is_answered_with_nothing(text: str) -> None:
    assert answer(text).tier is Tier.NONE


def test_what_was_said_before_is_part_of_it() -> None:
    assert not answer("myself").alarms
    assert answer("myself", ("i want to", "kill")).alarms


def test_a_text_is_timed_without_advice_first() -> None:
    said = timed("the soup was good, thank you")
    assert said.quick_s > 0
    assert said._replace(quick_s=0, seconds=0) == answer("the soup was good, thank you")._replace(seconds=0)

"""The limits of a shift: two who agree, never oneself, for an hour; and how many at a time."""

import pytest
from msgspec import structs

from server.domain.limits import as_lift, at_once, lifted, waits_for_second
from server.domain.listening import Listener, Step, state
from server.protocol.listening import ListenerState
from server.protocol.refusals import Code, Refused
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS, who_listens

LATE = NOON + 3 * HOUR
TIRED = who_listens()


def wren(step: Step | None) -> Listener:
    assert step is not None
    listener = step.records["listener:wren"]
    assert isinstance(listener, Listener)
    return listener


def test_one_word_lifts_nothing_and_two_do_for_an_hour() -> None:
    assert state(TIRED, LATE, TERMS) is ListenerState.LIMIT
    wanted = wren(lifted(TIRED, "Sue", LATE, TERMS))
    assert state(wanted, LATE, TERMS) is ListenerState.LIMIT
    assert lifted(wanted, "Sue", LATE + 1, TERMS) is None, "the same word twice is one"
    agreed = wren(lifted(wanted, "Sam", LATE + MINUTE, TERMS))
    assert state(agreed, LATE + MINUTE, TERMS) is ListenerState.AVAILABLE
    assert state(agreed, LATE + MINUTE + HOUR, TERMS) is ListenerState.LIMIT


def test_a_second_word_that_comes_late_is_a_first_one() -> None:
    wanted = wren(lifted(TIRED, "Sue", LATE, TERMS))
    late = wren(lifted(wanted, "Sam", LATE + 10 * MINUTE, TERMS))
    assert (late.lift_by, late.lifted) == ("Sam", 0)
    assert waits_for_second(late, LATE + 10 * MINUTE, TERMS)
    assert as_lift(late, "Sam").until == 0


def test_nobody_has_a_word_in_their_own() -> None:
    with pytest.raises(Refused) as no:
        lifted(TIRED, "Wren", LATE, TERMS)
    assert no.value.code is Code.FORBIDDEN


def test_wrap_up_is_no_limit_and_stays() -> None:
    resting = structs.replace(TIRED, wrap_until=LATE + 2 * MINUTE, lifted=LATE + HOUR)
    assert state(resting, LATE, TERMS) is ListenerState.WRAP_UP


def test_two_at_a_time_by_a_supervisors_word() -> None:
    busy = who_listens(ones=("one:abc",))
    assert state(busy, NOON, TERMS) is ListenerState.IN_SESSION
    assert state(wren(at_once(busy, 2, "Sue", NOON, TERMS)), NOON, TERMS) is ListenerState.AVAILABLE
    assert at_once(busy, 1, "Sue", NOON, TERMS) is None

"""A listener's own word: a break at once, a shift that begins anew after a rest."""

from server.domain.listening import Listener, Waiting, breaks_today, duties, state
from server.domain.queue import offered
from server.domain.shifts import listens, looked_at
from server.protocol.listening import Availability, ListenerState
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS, after, who_listens, who_waits


def says(listener: Listener, said: Availability, now: int, waiting: Waiting | None = None) -> Listener:
    changed = listens(listener, waiting, said, (), (), now, TERMS).records[f"listener:{listener.person}"]
    assert isinstance(changed, Listener)
    return changed


def test_a_break_is_granted_at_once_and_lets_go_of_the_offer() -> None:
    records = after({}, offered(who_waits(), who_listens(), "abc", NOON, TERMS))
    waiting, listener = records["waiting:ana"], records["listener:wren"]
    assert isinstance(waiting, Waiting)
    assert isinstance(listener, Listener)
    step = listens(listener, waiting, Availability.BREAK, (), (), NOON, TERMS)
    back, resting = step.records["waiting:ana"], step.records["listener:wren"]
    assert isinstance(back, Waiting)
    assert isinstance(resting, Listener)
    assert (back.offer, resting.offer, resting.availability) == ("", "", Availability.BREAK)


def test_a_shift_goes_on_over_a_short_break_and_begins_anew_after_a_rest() -> None:
    tired = says(who_listens(), Availability.BREAK, NOON + 149 * MINUTE)
    short = says(tired, Availability.AVAILABLE, NOON + 155 * MINUTE)
    assert state(short, NOON + 155 * MINUTE, TERMS) is ListenerState.LIMIT
    long = says(tired, Availability.AVAILABLE, NOON + 164 * MINUTE)
    assert state(long, NOON + 164 * MINUTE, TERMS) is ListenerState.AVAILABLE


def test_a_rest_is_counted_from_its_beginning_however_it_is_called() -> None:
    listener = says(who_listens(), Availability.BREAK, NOON)
    listener = says(listener, Availability.OFF, NOON + 14 * MINUTE)
    assert says(listener, Availability.AVAILABLE, NOON + 15 * MINUTE).began == NOON + 15 * MINUTE


def test_not_today_lasts_a_day() -> None:
    step = listens(who_listens(), None, Availability.AVAILABLE, (), ("grief",), NOON, TERMS)
    listener = step.records["listener:wren"]
    assert isinstance(listener, Listener)
    assert listener.not_today == {"grief": NOON + 24 * HOUR}


def test_not_today_said_again_lasts_no_longer_and_left_out_it_counts_no_longer() -> None:
    listener = who_listens(not_today={"grief": NOON + 24 * HOUR, "work": NOON + 24 * HOUR})
    step = listens(listener, None, Availability.BREAK, (), ("grief",), NOON + HOUR, TERMS)
    again = step.records["listener:wren"]
    assert isinstance(again, Listener)
    assert again.not_today == {"grief": NOON + 24 * HOUR}


def test_the_end_of_a_wrap_up_is_told_once() -> None:
    listener = who_listens(wrap_until=NOON)
    assert looked_at(listener, NOON - 1, TERMS) is None
    step = looked_at(listener, NOON, TERMS)
    assert step is not None
    over = step.records["listener:wren"]
    assert isinstance(over, Listener)
    assert looked_at(over, NOON + 1, TERMS) is None


def test_a_break_counts_when_it_begins_and_only_for_today() -> None:
    listener = who_listens()
    for minutes in (10, 20):
        listener = says(listener, Availability.BREAK, NOON + minutes * MINUTE)
        listener = says(listener, Availability.BREAK, NOON + (minutes + 1) * MINUTE)
        listener = says(listener, Availability.AVAILABLE, NOON + (minutes + 5) * MINUTE)
    assert duties(listener, NOON + HOUR, TERMS).breaks == 2
    assert breaks_today(listener, NOON + 13 * HOUR) == 0


def test_going_home_and_an_offer_that_nobody_answered_are_no_breaks() -> None:
    assert says(who_listens(), Availability.OFF, NOON).breaks == 0
    away = who_listens(availability=Availability.BREAK)
    assert says(away, Availability.BREAK, NOON).breaks == 0

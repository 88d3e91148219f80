"""What opening times say about a moment, over midnight and over the end of a week."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from server.domain.opening import WEEK, Opening, State, Turn, happening

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
EVENINGS = (Opening((1, 2, 3, 4, 7), "18:00", "23:00"), Opening((5, 6), "18:00", "03:00"))
ROUND_THE_CLOCK = (Opening((1,), "09:00", "09:00"),)


def state(openings: tuple[Opening, ...], days: int, clock: str) -> tuple[State, Turn | None]:
    hours, minutes = clock.split(":")
    return happening(openings, MONDAY + timedelta(days=days, hours=int(hours), minutes=int(minutes)))


def test_the_first_minute_is_open_and_the_last_is_not() -> None:
    assert state(EVENINGS, 0, "17:59") == (State.CLOSED, Turn("18:00", 1, later=False))
    assert state(EVENINGS, 0, "18:00") == (State.OPEN, Turn("23:00", 1, later=False))
    assert state(EVENINGS, 0, "22:59") == (State.OPEN, Turn("23:00", 1, later=False))
    assert state(EVENINGS, 0, "23:00") == (State.CLOSED, Turn("18:00", 2, later=True))


def test_a_night_goes_on_after_midnight() -> None:
    assert state(EVENINGS, 4, "23:30") == (State.OPEN, Turn("03:00", 6, later=True))
    assert state(EVENINGS, 5, "02:59") == (State.OPEN, Turn("03:00", 6, later=False))
    assert state(EVENINGS, 5, "03:00") == (State.CLOSED, Turn("18:00", 6, later=False))


def test_the_week_after_is_this_week_again() -> None:
    sunday_nights = (Opening((7,), "22:00", "02:00"),)
    assert state(sunday_nights, 7, "01:00") == (State.OPEN, Turn("02:00", 1, later=False))
    assert state(sunday_nights, 0, "02:00") == (State.CLOSED, Turn("22:00", 7, later=True))


def test_the_same_clock_time_twice_is_a_whole_day() -> None:
    assert state(ROUND_THE_CLOCK, 1, "08:59")[0] is State.OPEN
    assert state(ROUND_THE_CLOCK, 1, "09:00")[0] is State.CLOSED


@pytest.mark.parametrize("wrong", [{"days": []}, {"days": [0]}, {"days": [8]}, {"opens": "24:00"}, {"until": "9:00"}])
def test_an_opening_that_never_is_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"days": [1], "opens": "18:00", "until": "02:00"} | wrong, Opening)


clocks = some.builds("{:02}:{:02}".format, some.integers(0, 23), some.sampled_from((0, 1, 30, 59)))
days = some.lists(some.integers(1, 7), min_size=1, max_size=7, unique=True).map(tuple)
hours = some.lists(some.builds(Opening, days, clocks, clocks), min_size=1, max_size=3).map(tuple)
minutes = some.integers(0, WEEK - 1)


def open_minutes(openings: tuple[Opening, ...]) -> set[int]:
    """Every open minute of the week, counted one by one: slow and plain, another way to the same answer."""
    found = set()
    for opening in openings:
        begins, ends = (int(clock[:2]) * 60 + int(clock[3:]) for clock in (opening.opens, opening.until))
        ends += 0 if ends > begins else 24 * 60
        for day in opening.days:
            found |= {((day - 1) * 24 * 60 + minute) % WEEK for minute in range(begins, ends)}
    return found


@given(hours, minutes)
def test_it_is_open_in_its_open_minutes_and_in_no_other(openings: tuple[Opening, ...], minute: int) -> None:
    found, _ = happening(openings, MONDAY + timedelta(minutes=minute))
    assert (found is State.OPEN) is (minute in open_minutes(openings))


@given(hours, minutes)
def test_the_time_that_is_told_is_the_next_at_which_it_changes(openings: tuple[Opening, ...], minute: int) -> None:
    now = MONDAY + timedelta(minutes=minute)
    is_open = open_minutes(openings)
    wait = next((wait for wait in range(WEEK) if ((minute + wait) % WEEK in is_open) is not (minute in is_open)), None)
    then = None if wait is None else now + timedelta(minutes=wait)
    told = then and Turn(f"{then:%H:%M}", then.isoweekday(), later=then.date() != now.date())
    assert happening(openings, now)[1] == told

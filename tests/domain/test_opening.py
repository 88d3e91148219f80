"""What opening times say about a moment, over midnight and over the end of a week."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from server.domain.opening import Opening, State, Turn, happening

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
EVENINGS = (Opening((1, 2, 3, 4, 7), "18:00", "23:00"), Opening((5, 6), "18:00", "03:00"))
ROUND_THE_CLOCK = (Opening((1,), "09:00", "09:00"),)


def state(openings: tuple[Opening, ...], days: int, clock: str) -> tuple[State, Turn]:
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

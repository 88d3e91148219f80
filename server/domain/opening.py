"""Opening times by the week, and what they say about a moment."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from datetime import datetime

DAY = 24 * 60  # minutes
WEEK = 7 * DAY

Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Annotated[int, Meta(ge=1, le=7, description="1 is Monday")]


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """Open on these days from one clock time until another, by the line's own clock; an earlier one is tomorrow's."""

    days: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    opens: Clock
    until: Clock


class State(StrEnum):
    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


class Turn(Struct, frozen=True):
    """A clock time and its day by the line's own clock; `later` means not today, so that the day must be said."""

    clock: str
    day: int
    later: bool


def happening(openings: tuple[Opening, ...], local: "datetime") -> tuple[State, Turn | None]:
    """Open or closed at a local moment, and until when; nothing where it never closes."""
    now = _minute_of_week(local)
    spans = [span for opening in openings for span in _spans(opening)]
    left = _left(spans, now)
    if left >= WEEK:
        return State.OPEN, None
    if left > 0:
        return State.OPEN, _turn(now, left)
    wait = min((start - now) % WEEK for start, _ in spans)
    return State.CLOSED, _turn(now, wait)


def _left(spans: list[tuple[int, int]], now: int) -> int:
    """Minutes until it closes: a span that begins before another ends carries it on, and nobody is sent away."""
    left = 0
    while left < WEEK:
        longer = max(length - (now + left - start) % WEEK for start, length in spans)
        if longer <= 0:
            break
        left += longer
    return left


def _spans(opening: Opening) -> list[tuple[int, int]]:
    """When it opens and for how long, in minutes of the week, for each of its days."""
    length = (_minutes(opening.until) - _minutes(opening.opens)) % DAY or DAY
    return [((day - 1) * DAY + _minutes(opening.opens), length) for day in opening.days]


def _turn(now: int, wait: int) -> Turn:
    then = (now + wait) % WEEK
    hours, minutes = divmod(then % DAY, 60)
    return Turn(f"{hours:02}:{minutes:02}", then // DAY + 1, now % DAY + wait >= DAY)


def _minute_of_week(local: "datetime") -> int:
    return (local.isoweekday() - 1) * DAY + local.hour * 60 + local.minute


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])

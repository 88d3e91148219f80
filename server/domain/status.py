"""The public status: how it goes now, in bands and steps, so that nobody can be made out behind a number.

How many are in a talk, and how many tickets are open, is not in it in any form: where few are here, even a band
would tell of one.
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from server.domain.overview import LONG_MS, TOO_LONG_MS
from server.protocol.fields import Part
from server.protocol.supervising import Numbers

FREE_STEP = 5  # of the team
WAITING_STEP = 10  # of people: as few as nobody stands out among


class Listeners(StrEnum):
    NONE = "none"
    BUSY = "busy"
    FREE = "free"


class Wait(StrEnum):
    """How long the longest one is; nobody waiting and a short wait are told alike."""

    SHORT = "short"
    LONG = "long"
    TOO_LONG = "too_long"


class Listening(Struct, frozen=True):
    """`free` and `waiting` are rounded down to their steps: 0 is fewer than one step."""

    listeners: Listeners
    free: int
    waiting: int
    wait: Wait


class Status(Struct, frozen=True):
    """`open_rooms` and `listening` are missing where we can't tell."""

    at: int
    away: Sequence[Part]
    on_duty: bool | None = None
    open_rooms: int | None = None
    rooms: int = 0
    listening: Listening | None = None


def listening(numbers: Numbers) -> Listening:
    return Listening(
        listeners=Listeners.FREE if numbers.free else Listeners.BUSY if numbers.listeners else Listeners.NONE,
        free=_down(numbers.free, FREE_STEP),
        waiting=_down(numbers.waiting, WAITING_STEP),
        wait=_wait(numbers.longest_ms),
    )


def _wait(longest_ms: int) -> Wait:
    return Wait.SHORT if longest_ms < LONG_MS else Wait.LONG if longest_ms < TOO_LONG_MS else Wait.TOO_LONG


def _down(count: int, step: int) -> int:
    return count - count % step

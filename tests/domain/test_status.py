"""The public status: right at the edges of its bands, and the same whether nobody is there or a few."""

import pytest
from msgspec import structs

from server.domain.overview import numbers
from server.domain.status import Listeners, Wait, listening
from server.protocol.supervising import Numbers
from tests.domain.listening_people import MINUTE
from tests.domain.test_overview import seen

NOBODY = numbers(seen())


def those(**found: object) -> Numbers:
    return structs.replace(NOBODY, **found)


@pytest.mark.parametrize(("waiting", "told"), [(0, 0), (1, 0), (9, 0), (10, 10), (19, 10), (20, 20)])
def test_people_who_wait_are_told_in_tens(waiting: int, told: int) -> None:
    assert listening(those(waiting=waiting)).waiting == told


@pytest.mark.parametrize(
    ("there", "free", "state", "told"),
    [
        (0, 0, Listeners.NONE, 0),
        (3, 0, Listeners.BUSY, 0),
        (3, 1, Listeners.FREE, 0),
        (4, 4, Listeners.FREE, 0),
        (9, 9, Listeners.FREE, 5),
    ],
)
def test_listeners_who_are_free_are_told_in_fives(there: int, free: int, state: Listeners, told: int) -> None:
    found = listening(those(listeners=there, free=free))
    assert (found.listeners, found.free) == (state, told)


@pytest.mark.parametrize(("minutes", "wait"), [(0, Wait.SHORT), (5, Wait.LONG), (10, Wait.TOO_LONG)])
def test_a_wait_is_told_by_its_band(minutes: int, wait: Wait) -> None:
    assert listening(those(longest_ms=minutes * MINUTE)).wait is wait
    if minutes:
        assert listening(those(longest_ms=minutes * MINUTE - 1)).wait is not wait


def test_one_more_or_one_less_is_not_seen_and_what_is_grave_never() -> None:
    few = those(waiting=3, active=2, listeners=2, free=1, high_risk=0)
    assert listening(few) == listening(those(waiting=4, active=3, listeners=3, free=1, high_risk=1, unheld=1))

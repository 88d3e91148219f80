"""So many at once, so many a minute."""

import pytest

from server.transport.allowance import Allowance


def test_a_burst_is_allowed_and_then_one_at_a_time() -> None:
    allowance = Allowance(per_minute=60, burst=3)
    assert [allowance.take(100.0) for _ in range(3)] == [0.0, 0.0, 0.0]
    assert allowance.take(100.0) == pytest.approx(1.0)
    assert allowance.take(101.0) == 0.0
    assert allowance.take(101.0) > 0


def test_being_refused_uses_nothing_up() -> None:
    allowance = Allowance(per_minute=60, burst=1)
    allowance.take(0.0)
    for _ in range(100):
        allowance.take(0.5)
    assert allowance.take(1.0) == 0.0


def test_the_burst_comes_back_whole_and_no_larger() -> None:
    allowance = Allowance(per_minute=60, burst=2)
    assert [allowance.take(10_000.0) > 0 for _ in range(3)] == [False, False, True]

"""Shares are taken within a round; the spread is told."""

import pytest

from loadtests.bench.measuring import Round, Rounds, Spread
from loadtests.bench.run import cores, disturbed, per_cpu_s, span, subjects
from loadtests.bench.table import Cores
from tests.loadtests.bench.test_load import reading


def test_a_share_is_taken_within_its_round_so_that_a_drift_cancels() -> None:
    rounds = Rounds()
    for drift in (1, 2, 4):
        floor = reading(deliveries=1000 * drift)
        rounds.turns.append(Round(reading(deliveries=800 * drift), floor, floor))
    assert rounds.share(per_cpu_s).values == pytest.approx((0.8, 0.8, 0.8))
    assert rounds.of(per_cpu_s).low < rounds.of(per_cpu_s).high


def test_faults_say_whose_they_are() -> None:
    rounds = Rounds([Round(reading(lost=2), reading(closed=1), reading())])
    assert rounds.faults == ("2 lost", "floor: 1 closed")


def test_a_spread_has_a_middle() -> None:
    assert (Spread((3.0, 1.0, 2.0)).low, Spread((3.0, 1.0, 2.0)).median, Spread((3.0, 1.0, 2.0)).high) == (1, 2, 3)
    assert span([3.0, 1.0, 2.0]).median == 2


def test_how_busy_everyone_was_is_in_cores() -> None:
    turn = reading(wall_s=2.0, cpu_s=1.0, generator_cpu_s=0.5, aside_cpu_s=0.2, others_s=0.4)
    assert cores(subjects(Rounds([Round(turn, turn, turn)]))) == Cores(0.5, 0.25, 0.1, 0.2)


def test_a_row_about_waiting_counts_for_nothing_where_others_use_the_cores() -> None:
    assert disturbed([reading(wall_s=1.0, others_s=0.02)]) == ()
    assert disturbed([reading(wall_s=1.0, others_s=0.4)]) == ("others used 0.40 cores meanwhile",)

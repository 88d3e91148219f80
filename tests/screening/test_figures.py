import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screening.figures import Share, middle_and_end, right_at, told_apart


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (Share(8, 10), 0.4902, 0.9433),
        (Share(0, 100), 0.0, 0.0370),
        (Share(100, 100), 0.9630, 1.0),
        (Share(1, 1000), 0.00018, 0.00564),
    ],
)
def test_an_interval_is_wilsons(share: Share, low: float, high: float) -> None:
    assert share.interval == pytest.approx((low, high), abs=0.0001)


def test_nothing_is_known_of_no_lines() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_share_lies_in_its_interval(counted: tuple[int, int]) -> None:
    low, high = Share(*counted).interval
    assert 0.0 <= low <= Share(*counted).value + 1e-12
    assert Share(*counted).value - 1e-12 <= high <= 1.0


def test_more_lines_make_it_surer() -> None:
    few, many = Share(9, 10).interval, Share(900, 1000).interval
    assert few[0] < many[0] < many[1] < few[1]


def test_alarms_are_told_per_thousand() -> None:
    assert Share.where([True, False, False, False]).per_thousand == 250


@pytest.mark.parametrize(
    ("bad", "good", "apart"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.0], [0.0, 0.0], 0.75),
        ([0.3, 0.7], [0.5], 0.5),
        ([], [0.5], 0.5),
    ],
)
def test_scores_tell_apart_as_pairs_do(bad: list[float], good: list[float], apart: float) -> None:
    assert told_apart(bad, good) == pytest.approx(apart)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_ranks_count_what_counting_every_pair_does(bad: list[int], good: list[int]) -> None:
    pairs = sum((b > g) + (b == g) / 2 for b in bad for g in good)
    assert told_apart(bad, good) == pytest.approx(pairs / (len(bad) * len(good)))


@pytest.mark.parametrize(("per_thousand", "right"), [(1, 0.82), (3, 0.60), (10, 0.31), (0, 1.0)])
def test_where_few_need_it_a_few_false_alarms_are_most_alarms(per_thousand: int, right: float) -> None:
    assert right_at(0.005, 0.9, per_thousand / 1000) == pytest.approx(right, abs=0.005)


def test_who_is_never_heard_is_never_right() -> None:
    assert right_at(0.005, 0.0, 0.0) == 0.0


def test_one_slow_text_of_a_hundred_moves_the_end_and_not_the_middle() -> None:
    middle, end = middle_and_end([1.0] * 98 + [50.0] * 2)
    assert middle == 1.0
    assert end > 49

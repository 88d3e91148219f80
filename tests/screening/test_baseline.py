from pathlib import Path

import pytest

from tests.screening import baseline
from tests.screening.baseline import RULES, standing, worse
from tests.screening.figures import Share
from tests.screening.tables import Better, Row, Section


def section(
    hits: int, of: int = 100, better: Better = Better.HIGHER, title: str = "Found", kept: bool = True
) -> Section:
    return Section(title, (Row("care", Share(hits, of), better),), kept)


@pytest.mark.parametrize(("before", "now"), [(90, 90), (90, 88), (90, 99)])
def test_a_figure_may_rise_and_may_fall_a_little(before: int, now: int) -> None:
    assert not list(worse(standing([section(before)]), [section(now)]))


def test_a_figure_that_falls_further_is_named() -> None:
    assert list(worse(standing([section(90)]), [section(87)])) == [
        "Found: care: 0.870 of 100; it was 0.900, within 0.020"
    ]


@pytest.mark.parametrize(("now", "fails"), [(0, False), (3, False), (4, True)])
def test_of_alarms_more_are_worse(now: int, fails: bool) -> None:
    before = standing([section(1, better=Better.LOWER)])
    assert bool(list(worse(before, [section(now, better=Better.LOWER)]))) is fails


def test_a_small_group_may_lose_one_line_and_not_two() -> None:
    before = standing([section(7, 8)])
    assert not list(worse(before, [section(6, 8)]))
    assert list(worse(before, [section(5, 8)]))


def test_what_is_no_longer_measured_or_not_yet_accepted_is_named() -> None:
    assert list(worse(standing([section(1)]), [])) == ["Found: care: is no longer measured"]
    assert list(worse(standing([]), [section(1)])) == ["Found: care: is new; accept it with --write"]


def test_rules_may_come_and_go_and_those_that_stay_are_watched() -> None:
    before = standing([section(20, 20, title=RULES)])
    assert not list(worse(before, []))
    assert not list(worse(standing([]), [section(20, 20, title=RULES)]))
    assert list(worse(before, [section(15, 20, title=RULES)]))
    assert not list(worse(before, [section(1, 5, title=RULES)]))


def test_public_files_and_groups_without_a_line_are_no_part_of_it() -> None:
    assert not standing([section(1, kept=False), section(0, 0)]).figures


def test_what_is_written_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baseline, "BASELINE", tmp_path / "baseline.json")
    baseline.write([section(90)])
    assert baseline.read() == standing([section(90)])

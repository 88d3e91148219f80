"""The table: what is met, what is missed, and what a second run adds."""

import datetime
from pathlib import Path

import pytest

from loadtests.bench.table import Report, Row, Span, keep, markdown, number, shown

DAY = datetime.date(2026, 11, 20)


def row(part: str = "fanout", judged: float | None = 0.8, **more: object) -> Row:
    return Row(part=part, title=f"about {part}", figure=Span(1, 2, 3), judged=judged, **more)  # type: ignore[arg-type]


def report(*rows: Row) -> Report:
    return Report(versions={"commit": "abc"}, raised={"FRAME_BURST": "9"}, rows=rows)


def test_a_goal_is_met_or_missed() -> None:
    assert row(least=0.75).outcome == "met"
    assert row(least=0.85).outcome == "**missed**"
    assert row(most=1.2).outcome == "met"
    assert row(most=0.5).outcome == "**missed**"
    assert row().outcome == ""


def test_a_row_with_a_loss_is_never_met() -> None:
    assert row(least=0.1, faults=("3 lost",)).outcome == "**does not count**"


@pytest.mark.parametrize(
    ("value", "text"), [(0.756, "0.76"), (12.34, "12.3"), (123.4, "123"), (1234.5, "1,234"), (None, "")]
)
def test_a_number_has_as_many_digits_as_can_be_believed(value: float | None, text: str) -> None:
    assert number(value) == text


def test_a_span_shows_its_lowest_and_highest() -> None:
    assert shown(Span(1, 2, 3), "us") == "2.00 us (1.00 to 3.00)"
    assert shown(Span(2, 2, 2)) == "2.00"
    assert shown(None) == ""


def test_the_table_names_goal_outcome_and_limits() -> None:
    text = markdown(report(row(least=0.75, share=Span(0.7, 0.8, 0.9), note="a note")))
    assert "| about fanout | 2.00 (1.00 to 3.00) |  | 0.80 (0.70 to 0.90) | ≥ 0.75 | met |  |" in text
    assert "- about fanout: a note" in text
    assert "FRAME_BURST=9" in text


def test_parts_measured_again_take_the_place_of_the_earlier_ones(tmp_path: Path) -> None:
    keep(report(row("fanout", judged=0.1, least=0.75), row("post")), tmp_path, DAY)
    path = keep(report(row("fanout", judged=0.9, least=0.75), row("idle")), tmp_path, DAY)
    text = path.read_text()
    assert path.name == "2026-11-20-abc.md"
    assert text.count("about fanout") == 1
    assert "missed" not in text
    assert text.index("about fanout") < text.index("about post") < text.index("about idle")

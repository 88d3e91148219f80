"""How the report is laid out: sections of rows, each a figure with its interval."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from tests.screening.figures import Share

WIDTH = 44


class Better(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


class Row(NamedTuple):
    """A share of lines; one that is better lower is a rate of alarms, and printed per 1,000."""

    name: str
    share: Share
    better: Better = Better.HIGHER


class Section(NamedTuple):
    """`kept` is false for what is printed and not held against a later run."""

    title: str
    rows: tuple[Row, ...]
    kept: bool = True


def printed(section: Section) -> Iterator[str]:
    yield ""
    yield section.title
    for row in section.rows:
        yield f"  {row.name:<{WIDTH}} {figure(row)}"


def figure(row: Row) -> str:
    low, high = row.share.interval
    of = f"{row.share.hits} of {row.share.of}"
    if not row.share.of:
        return "no lines"
    if row.better is Better.LOWER:
        return f"{row.share.per_thousand:6.1f} per 1,000 [{low * 1000:.1f} to {high * 1000:.1f}]  {of}"
    return f"{row.share.value:6.3f} [{low:.3f} to {high:.3f}]  {of}"

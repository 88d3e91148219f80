"""The rows of the goals, as a table to read and as JSON to compare, kept per day and commit."""

import datetime
from pathlib import Path
from typing import Any

import msgspec

RESULTS = Path(__file__).parent.parent / "results"
HEAD = ("", "figure", "floor", "share of the floor", "goal", "", "cores: server / generator / store / others")


class Span(msgspec.Struct, frozen=True):
    """A figure over its rounds."""

    low: float
    median: float
    high: float


class Cores(msgspec.Struct, frozen=True):
    """How busy everyone was. With `others` above a little, times of waiting are not to be believed."""

    server: float
    generator: float
    store: float
    others: float

    def __str__(self) -> str:
        return " / ".join(f"{share:.2f}" for share in (self.server, self.generator, self.store, self.others))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `judged` is held against `least` or `most`; without either the row only informs."""

    part: str  # the ROWS that measure it
    title: str
    unit: str = ""
    figure: Span
    floor: Span | None = None
    share: Span | None = None
    judged: float | None = None
    least: float | None = None
    most: float | None = None
    cores: Cores | None = None
    faults: tuple[str, ...] = ()
    note: str = ""

    @property
    def goal(self) -> str:
        unit = self.unit if self.judged == self.figure.median and self.unit else ""
        if self.least is not None:
            return f"≥ {number(self.least)} {unit}".strip()
        return f"≤ {number(self.most)} {unit}".strip() if self.most is not None else ""

    @property
    def outcome(self) -> str:
        """Met or missed; a row with faults is neither."""
        if self.faults:
            return "**does not count**"
        if self.judged is None or not self.goal:
            return ""
        met = self.judged >= self.least if self.least is not None else self.judged <= (self.most or 0.0)
        return "met" if met else "**missed**"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    versions: dict[str, str]
    raised: dict[str, str]
    remarks: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def number(value: float | None) -> str:
    """As many digits as can be believed."""
    if value is None:
        return ""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def shown(span: Span | None, unit: str = "") -> str:
    if span is None:
        return ""
    text = f"{number(span.median)} {unit}".strip()
    return text if span.low == span.high else f"{text} ({number(span.low)} to {number(span.high)})"


def markdown(report: Report) -> str:
    lines = ["# The benchmark", "", "Written by `make bench`. Median of the rounds, lowest and highest in brackets."]
    lines += [*report.remarks, "", *_table(report.rows), ""]
    notes = [f"- {row.title}: {said}" for row in report.rows for said in (*row.faults, row.note) if said]
    lines += ["Notes", "", *notes, ""] if notes else []
    lines += ["Measured on", "", *(f"- {name}: {version}" for name, version in report.versions.items()), ""]
    raised = ", ".join(f"{name}={value}" for name, value in report.raised.items())
    return "\n".join([*lines, f"Limits raised for it, every check still made: {raised}", ""])


def _table(rows: tuple[Row, ...]) -> list[str]:
    lines = [HEAD, ("---",) * len(HEAD)]
    for row in rows:
        figures = (shown(row.figure, row.unit), shown(row.floor), shown(row.share))
        lines.append((row.title, *figures, row.goal, row.outcome, str(row.cores or "")))
    return [f"| {' | '.join(line)} |" for line in lines]


def keep(report: Report, folder: Path = RESULTS, today: datetime.date | None = None) -> Path:
    """Writes both files; rows of an earlier run of the same day and commit stay unless they were measured again."""
    day = today or datetime.datetime.now(datetime.UTC).date()
    path = folder / f"{day}-{report.versions['commit']}.json"
    if path.exists():
        before = msgspec.json.decode(path.read_bytes(), type=Report)
        report = joined(before, report)
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n")
    path.with_suffix(".md").write_text(markdown(report))
    return path.with_suffix(".md")


def joined(before: Report, now: Report) -> Report:
    """Parts that were measured again take the place of the earlier ones, in the order in which they stood."""
    again = {row.part for row in now.rows}
    parts = list(dict.fromkeys(row.part for row in (*before.rows, *now.rows)))
    rows: list[Row] = []
    for part in parts:
        rows += [row for row in (now if part in again else before).rows if row.part == part]
    remarks: dict[str, Any] = dict.fromkeys((*before.remarks, *now.remarks))
    return msgspec.structs.replace(now, rows=tuple(rows), remarks=tuple(remarks))

"""How much is done (short, FULL=1 or RELEASE=1), by which seed, and the table of what came of it."""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from loadtests.witness import Verdict
from tests.faults.checker import KINDS
from tests.faults.figures import FULL, SEED

IS_RELEASE = os.environ.get("RELEASE") == "1"
IS_FULL = IS_RELEASE or FULL
FULL_SECONDS = 3_600
FAULTS_SHOWN = 10
ROW = "row"  # the property of a test that is its row of the table


@dataclass
class Outcome:
    """A row of the table."""

    began: float = field(default_factory=time.monotonic)
    figures: list[str] = field(default_factory=list)

    def notes(self, *figures: str) -> None:
        self.figures += figures

    def is_clean(self, verdict: Verdict) -> None:
        """0 lost, 0 twice, 0 out of order, and no silent gap."""
        self.notes(f"{verdict.counts['different messages acknowledged']:,} acknowledged", "/".join(found(verdict)))
        assert not verdict.faults, f"{len(verdict.faults)} faults: {verdict.faults[:FAULTS_SHOWN]}"


def found(verdict: Verdict) -> list[str]:
    return [f"{verdict.of(kind)} {kind}" for kind in KINDS]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if IS_FULL:
            item.add_marker(pytest.mark.timeout(FULL_SECONDS))


def pytest_report_header() -> str:
    return f"faults: SEED={SEED} {'RELEASE=1 ' * IS_RELEASE}{'FULL=1' * IS_FULL}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    ended = [report for reports in terminalreporter.stats.values() for report in reports if _is_end(report)]
    rows = [row for report in ended for name, row in report.user_properties if name == ROW]
    if rows:
        terminalreporter.section(f"faults, SEED={SEED}")
    for row in rows:
        terminalreporter.write_line(row)


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def outcome(request: pytest.FixtureRequest) -> Iterator[Outcome]:
    outcome = Outcome()
    yield outcome
    outcome.notes(f"{time.monotonic() - outcome.began:.0f} s")
    request.node.user_properties.append((ROW, f"{request.node.name}: {', '.join(outcome.figures)}"))


@pytest.fixture
def size() -> "Size":
    return IN_RELEASE if IS_RELEASE else IN_FULL if IS_FULL else SHORT


def _is_end(report: object) -> bool:
    return isinstance(report, pytest.TestReport) and report.when == "teardown"


@dataclass(frozen=True)
class Size:
    """How many take part, how much they say and how often something is killed."""

    messages: int
    kills: int
    store_kills: int
    power_cuts: int
    people: int
    rooms: int
    rounds: int
    pace_s: float
    is_judged: bool  # whether figures in time are judged


SHORT = Size(400, 2, 1, 1, 10, 3, 1, 0.1, False)
IN_FULL = Size(10_000, 20, 5, 10, 50, 10, 20, 0.15, True)
IN_RELEASE = Size(100_000, 100, 5, 10, 50, 10, 20, 0.15, True)

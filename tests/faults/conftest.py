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


@dataclass
class Outcome:
    """A row of the table."""

    name: str
    began: float = field(default_factory=time.monotonic)
    figures: list[str] = field(default_factory=list)

    def notes(self, *figures: str) -> None:
        self.figures += figures

    def is_clean(self, verdict: Verdict) -> None:
        """0 lost, 0 twice, 0 out of order, and no silent gap."""
        self.notes(f"{verdict.counts['different messages acknowledged']:,} acknowledged", "/".join(found(verdict)))
        assert not verdict.faults, f"{len(verdict.faults)} faults: {verdict.faults[:FAULTS_SHOWN]}"


outcomes: list[Outcome] = []


def found(verdict: Verdict) -> list[str]:
    return [f"{verdict.of(kind)} {kind}" for kind in KINDS]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if IS_FULL:
            item.add_marker(pytest.mark.timeout(FULL_SECONDS))


def pytest_report_header() -> str:
    return f"faults: SEED={SEED} {'RELEASE=1 ' * IS_RELEASE}{'FULL=1' * IS_FULL}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if outcomes:
        terminalreporter.section(f"faults, SEED={SEED}")
    for outcome in outcomes:
        terminalreporter.write_line(f"{outcome.name}: {', '.join(outcome.figures)}")


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def outcome(request: pytest.FixtureRequest) -> Iterator[Outcome]:
    outcome = Outcome(request.node.name)
    yield outcome
    outcome.notes(f"{time.monotonic() - outcome.began:.0f} s")
    outcomes.append(outcome)


@pytest.fixture
def size() -> "Size":
    return IN_RELEASE if IS_RELEASE else IN_FULL if IS_FULL else SHORT


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

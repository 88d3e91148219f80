"""A short evening of simulated people, as `make load` starts it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from loadtests.diary import Line, keep, kept
from loadtests.witness import LOST, judge

HOUSE = Path(__file__).parents[2]
EVENING = ["--headless", "--only-summary", "-u", "11", "-r", "11", "-t", "8s", "--storm", "2", "--listeners", "1"]
EVENING += ["--pace", "10", "--rooms", "evening"]


def test_a_short_evening_ends_well_and_with_a_line_cut_from_a_diary_it_does_not(tmp_path: Path) -> None:
    diaries = tmp_path / "diaries"
    done = subprocess.run(
        [sys.executable, "-m", "locust", "-f", "loadtests/locustfile.py", *EVENING, "--diaries", str(diaries)],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "arrived once, in order" in done.stdout
    assert {"waiter 2", "listener 1"} <= set(re.findall(r"\b(?:waiter|listener) \d", done.stdout))
    assert re.search(r"Queued Queue +[2-9]", done.stdout), "people wait for a listener"

    lines = kept(diaries)
    who, line = next((who, line) for who in lines for line in heard_between_others(lines[who]))
    lines[who].remove(line)
    keep(lines, diaries)
    assert judge(kept(diaries)).of(LOST)


def heard_between_others(lines: Iterable[Line]) -> Iterator[Line]:
    """Each message of a channel whose neighbours by number the same person heard just before it and just after."""
    said = [line for line in lines if line.seq and line.frame["type"] == "said"]
    channels = {line.frame["channel"] for line in said}
    for heard in ([line for line in said if line.frame["channel"] == channel] for channel in channels):
        for before, line, after in zip(heard, heard[1:], heard[2:], strict=False):
            if before.seq + 1 == line.seq == after.seq - 1:
                yield line

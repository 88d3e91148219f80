"""A short evening of simulated people, as `make load` starts it."""

import os
import re
import subprocess
import sys
from itertools import filterfalse
from pathlib import Path

from loadtests.diary import Line, keep, kept
from loadtests.witness import LOST, judge

HOUSE = Path(__file__).parents[2]
EVENING = ["--headless", "--only-summary", "-u", "11", "-r", "11", "-t", "5s", "--storm", "2", "--listeners", "1"]
EVENING += ["--pace", "5"]


def test_a_short_evening_ends_well_and_with_lines_cut_from_a_diary_it_does_not(tmp_path: Path) -> None:
    diaries = tmp_path / "diaries"
    done = subprocess.run(
        [sys.executable, "-m", "locust", "-f", "loadtests/locustfile.py", *EVENING, "--diaries", str(diaries)],
        cwd=HOUSE,
        env=os.environ | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "arrived once, in order" in done.stdout
    assert {"waiter 2", "listener 1"} <= set(re.findall(r"\b(?:waiter|listener) \d", done.stdout))
    assert re.search(r"Queued Queue +[2-9]", done.stdout), "people wait for a listener"

    lines = kept(diaries)
    deaf = max(lines, key=lambda who: len(list(filter(is_heard, lines[who]))))
    lines[deaf] = list(filterfalse(is_heard, lines[deaf]))
    keep(lines, diaries)
    assert judge(kept(diaries)).of(LOST)


def is_heard(line: Line) -> bool:
    return bool(line.seq) and line.frame["type"] == "said"

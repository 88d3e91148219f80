"""The rows about arriving and being there: sign-in, handshake, join, and what an idle member costs in memory."""

import os
import signal
import time
from pathlib import Path

import msgspec

from loadtests.bench.run import PRESENCE_SECONDS, Run, single, span
from loadtests.bench.table import Row
from loadtests.bench.tracing import Grown

JOINERS = 2000
ROOMS = 200  # of ten members
WARMING = 50
TRACED = 1000
KILOBYTE = 1024


def joins(run: Run) -> list[Row]:
    """Everyone comes at once; first as people who have no name in the room yet, then again as people who have."""
    first: list[float] = []
    again: list[float] = []
    with run.house.subject().running(run.bench.machine) as running:
        speech = run.house.speech(running, JOINERS, "fresh")
        for number in range(min(run.rounds, 3)):
            rooms = ROOMS - number  # other rooms for almost everyone
            for arrivals in (first, again):
                with run.bench.joined(running, speech, JOINERS, rooms) as load:
                    arrivals.append(load.arrival.per_cpu_s)
    session = run.house.session_cpu_s
    return [
        _joins("handshake + session + join, back with a name", again, least=6000),
        _joins("handshake + session + join, for the first time", first, least=None),
        Row(part="joins", title="POST /session, a new person", unit="per CPU-s", figure=single(1 / session)),
    ]


def _joins(title: str, arrivals: list[float], least: float | None) -> Row:
    figure = span(arrivals)
    return Row(part="joins", title=title, unit="per CPU-s", figure=figure, judged=figure.median, least=least)


def idle(run: Run) -> list[Row]:
    """What a member costs who has said hello, joined, and is silent."""
    people, rooms = run.people, run.people // 10
    with run.house.subject().running(run.bench.machine) as running:
        speech = run.house.speech(running, people, "idle")
        with run.bench.joined(running, speech, WARMING, 5, settle=PRESENCE_SECONDS):
            pass
        with run.bench.joined(running, speech, people, rooms, settle=PRESENCE_SECONDS) as load:
            after = load.measure(idle=1, seconds=2.0)
            each = (after.rss - load.arrival.rss_before) / people
    busy = 100 * after.cpu_s / after.wall_s
    note = f"resident memory, {people:,} members in {rooms:,} rooms; the server then uses {busy:.1f} % of its core"
    figure = single(each)
    here = Row(
        part="idle", title="an idle member", unit="bytes", figure=figure, judged=each, most=7 * KILOBYTE, note=note
    )
    return [here, _traced(run)]


def _traced(run: Run) -> Row:
    """The same by Python's own books, which say what it is made of."""
    told = Path(run.house.folder) / "traced.json"
    subject = run.house.subject(command=("-m", "loadtests.bench.tracing", str(told)))
    with subject.running(run.bench.machine) as running:
        speech = run.house.speech(running, TRACED, "idle")
        with run.bench.joined(running, speech, WARMING, 5, settle=PRESENCE_SECONDS):
            pass
        _ask(running.pids[0], told)
        with run.bench.joined(running, speech, TRACED, TRACED // 10, settle=PRESENCE_SECONDS):
            grown = _ask(running.pids[0], told)
    largest = ", ".join(f"{place} {size / TRACED:,.0f}" for place, size in grown.places)
    each = grown.bytes / TRACED
    return Row(part="idle", title="an idle member, by tracemalloc", unit="bytes", figure=single(each), note=largest)


def _ask(pid: int, told: Path) -> Grown:
    told.unlink(missing_ok=True)
    os.kill(pid, signal.SIGUSR1)
    while not told.exists():
        time.sleep(0.1)
    return msgspec.json.decode(told.read_bytes(), type=Grown)

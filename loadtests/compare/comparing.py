"""One row of the table: the same work for whoever it is."""

import statistics
import tempfile
from dataclasses import asdict
from pathlib import Path

import msgspec

from loadtests.bench.load import Arrival, Load, NoReading, joined
from loadtests.bench.machine import NotStarted
from loadtests.bench.measuring import Bench, Rounds
from loadtests.compare.entrant import Entrant, Family, Served
from loadtests.compare.installing import NotHere

SMALL, LARGE = 100, 1000
WINDOWS = (1, 16)
PLACES = tuple((members, window) for members in (SMALL, LARGE) for window in WINDOWS)
LOAD = 0.3  # of what one core of this server can do
ROUNDS, SECONDS = 3, 0.7
WARM_SECONDS = 1.5  # a just-in-time compiler has seen enough by then
FIRST_FEW = 20  # members whose arrival loads what is loaded once
SETTLE_SECONDS = 1.0


class Cell(msgspec.Struct, frozen=True):
    """Deliveries per second of server CPU, and as a share of the one-send floor's, median and spread."""

    per_cpu_s: float
    share: float
    low: float
    high: float
    faults: tuple[str, ...]


class Open(msgspec.Struct, frozen=True):
    """Latencies where messages come at their own pace, and the floor's at the same pace."""

    rate: float
    p50_us: float
    p99_us: float
    floor_p50_us: float
    floor_p99_us: float
    faults: tuple[str, ...]


class Floors(msgspec.Struct, frozen=True):
    """What the two floors did beside this row."""

    plain: dict[str, float]
    joining: dict[str, float]
    bytes_per_connection: float
    arrivals_per_cpu_s: float


class Figures(msgspec.Struct, frozen=True):
    cells: dict[str, Cell]
    open: Open
    bytes_per_connection: float
    arrivals_per_cpu_s: float
    floors: Floors


class Row(msgspec.Struct, frozen=True):
    """Who, what it does, and its figures or why there are none."""

    key: str
    name: str
    traits: dict[str, str]
    figures: Figures | None
    missing: str = ""


def place(members: int, window: int) -> str:
    return f"{members}/{window}"


def compared(bench: Bench, entrant: Entrant) -> Row:
    figures, missing = None, ""
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        try:
            with entrant.served(bench.machine, Path(folder)) as served:
                figures = _measured(bench, served)
        except (NotHere, NotStarted, NoReading) as no:
            missing = str(no).splitlines()[-1]
    return Row(entrant.key, entrant.name, asdict(entrant.traits), figures, missing)


def _measured(bench: Bench, served: Served) -> Figures:
    rounds: dict[str, Rounds] = {}
    subject = served.subject(Family.BENCH)
    with bench.stand(subject, SMALL) as stand:
        _warm_up(stand.subject)
        for window in WINDOWS:
            rounds[place(SMALL, window)] = stand.measure(window=window, seconds=SECONDS, rounds=ROUNDS)
        rate = LOAD * rounds[place(SMALL, 1)].of(lambda reading: reading.messages_per_cpu_s).median
        paced = stand.measure(rate=rate, seconds=SECONDS, rounds=ROUNDS)
    with subject.running(bench.machine) as running:
        idle, fresh = (served.subject(family).speech(running, LARGE, 1) for family in (Family.IDLE, Family.FRESH))
        with joined(bench.tools, bench.machine, running, idle, FIRST_FEW):
            pass
        with joined(bench.tools, bench.machine, running, idle, LARGE, settle=SETTLE_SECONDS) as load:
            kept = _bytes_each(load.arrival)
        with bench.beside(running, fresh, LARGE) as stand:
            _warm_up(stand.subject)
            for window in WINDOWS:
                rounds[place(LARGE, window)] = stand.measure(window=window, seconds=SECONDS, rounds=ROUNDS)
            arrival, floors = stand.subject.arrival, _floors(rounds, stand.floor.arrival)
    cells = {where: _cell(measured) for where, measured in rounds.items()}
    return Figures(cells, _open(rate, paced), kept, arrival.per_cpu_s, floors)


def _warm_up(load: Load) -> None:
    load.measure(window=1, seconds=WARM_SECONDS)


def _bytes_each(arrival: Arrival) -> float:
    return (arrival.rss - arrival.rss_before) / arrival.connections


def _cell(rounds: Rounds) -> Cell:
    share = rounds.share(lambda reading: reading.per_cpu_s)
    median = rounds.of(lambda reading: reading.per_cpu_s).median
    return Cell(median, share.median, share.low, share.high, tuple(dict.fromkeys(rounds.faults)))


def _open(rate: float, rounds: Rounds) -> Open:
    mine = (rounds.of(lambda reading: reading.p50_us).median, rounds.of(lambda reading: reading.p99_us).median)
    floor = (
        rounds.of_floor(lambda reading: reading.p50_us).median,
        rounds.of_floor(lambda reading: reading.p99_us).median,
    )
    return Open(rate, *mine, *floor, tuple(dict.fromkeys(rounds.faults)))


def _floors(rounds: dict[str, Rounds], arrival: Arrival) -> Floors:
    return Floors(
        {where: measured.of_floor(lambda reading: reading.per_cpu_s).median for where, measured in rounds.items()},
        {where: measured.of_joining(lambda reading: reading.per_cpu_s).median for where, measured in rounds.items()},
        _bytes_each(arrival),
        arrival.per_cpu_s,
    )


def median_floors(rows: list[Row]) -> Floors | None:
    """The floors of the whole run: the middle of what they did beside each row."""
    all_floors = [row.figures.floors for row in rows if row.figures is not None]
    if not all_floors:
        return None
    places = [place(*each) for each in PLACES]
    return Floors(
        {where: statistics.median(floors.plain[where] for floors in all_floors) for where in places},
        {where: statistics.median(floors.joining[where] for floors in all_floors) for where in places},
        statistics.median(floors.bytes_per_connection for floors in all_floors),
        statistics.median(floors.arrivals_per_cpu_s for floors in all_floors),
    )

"""One row of the table: the same work for whoever it is."""

import statistics
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import msgspec

from loadtests.bench.load import Arrival, NoReading, Reading
from loadtests.bench.machine import NotStarted
from loadtests.bench.measuring import Bench, Rounds, Stand
from loadtests.bench.subject import Running, Speech
from loadtests.compare.entrant import Entrant, Family, Served
from loadtests.compare.installing import NotHere

SMALL, LARGE, MANY = 100, 1000, 4000
WINDOWS = (1, 16)
PLACES = tuple((members, window) for members in (SMALL, LARGE) for window in WINDOWS)
LOAD = 0.3  # of what one core of this server can do
ROUNDS, SECONDS = 3, 0.7
WARM_SECONDS = 1.5  # a just-in-time compiler has seen enough by then
IDLE_ROOMS = 100  # for those who only arrive and stay


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
    joining: dict[str, float]  # where there is something to join
    bytes_per_connection: float
    arrivals_per_cpu_s: float


class Figures(msgspec.Struct, frozen=True):
    cells: dict[str, Cell]
    open: Open
    bytes_per_connection: float
    arrivals_per_cpu_s: float
    floors: Floors
    others: float  # cores that somebody else used meanwhile, at worst


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
    subject = served.subject(Family.BENCH)
    with bench.stand(subject, SMALL, settle=served.settle) as stand:
        rounds = _windows(stand, SMALL)
        rate = LOAD * rounds[place(SMALL, 1)].of(lambda reading: reading.messages_per_cpu_s).median
        paced = stand.measure(rate=rate, seconds=SECONDS, rounds=ROUNDS, joining=False)
    with subject.running(bench.machine) as running:
        kept, arrivals = _arriving(bench, served, running)
        speech = served.subject(Family.BENCH).speech(running, LARGE, 1)
        with bench.beside(running, speech, LARGE, settle=served.settle) as stand:
            rounds |= _windows(stand, LARGE)
            floors = _floors(rounds, stand.floor.arrival)
    cells = {where: _cell(measured) for where, measured in rounds.items()}
    others = max(_others(measured) for measured in (*rounds.values(), paced))
    return Figures(cells, _open(rate, paced), kept, arrivals, floors, others)


def _windows(stand: Stand, members: int) -> dict[str, Rounds]:
    stand.subject.measure(window=1, seconds=WARM_SECONDS)
    return {
        place(members, window): stand.measure(window=window, seconds=SECONDS, rounds=ROUNDS, joining=window > 1)
        for window in WINDOWS
    }


def _arriving(bench: Bench, served: Served, running: Running) -> tuple[float, float]:
    """What many add who come after the first, for those had what the start left free; then the many come again."""
    speech = served.subject(Family.IDLE).speech(running, LARGE + MANY, IDLE_ROOMS)
    later = replace(speech, own_headers=speech.own_headers[LARGE:])
    with bench.joined(running, speech, LARGE, IDLE_ROOMS, settle=served.settle):
        added, again = (_arrival(bench, served, running, later) for _ in range(2))
    return _bytes_each(added), again.per_cpu_s


def _arrival(bench: Bench, served: Served, running: Running, speech: Speech) -> Arrival:
    with bench.joined(running, speech, MANY, IDLE_ROOMS, settle=served.settle) as load:
        return load.arrival


def _others(rounds: Rounds) -> float:
    """Cores that were used by nobody who was measured, and not by the store or the generator."""
    seen = [turn.subject for turn in rounds.turns]
    return max(0.0, sum(reading.others_s for reading in seen) / sum(reading.wall_s for reading in seen))


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
    def figure(reading: Reading) -> float:
        return reading.per_cpu_s

    plain = {where: measured.of_floor(figure).median for where, measured in rounds.items()}
    joining = {where: each.median for where, measured in rounds.items() if (each := measured.of_joining(figure)).values}
    return Floors(plain, joining, _bytes_each(arrival), arrival.per_cpu_s)


def median_floors(rows: list[Row]) -> Floors | None:
    """The floors of the whole run: the middle of what they did beside each row."""
    floors = [row.figures.floors for row in rows if row.figures is not None]
    if not floors:
        return None

    def middles(sides: list[dict[str, float]]) -> dict[str, float]:
        return {where: statistics.median(side[where] for side in sides) for where in sides[0]}

    return Floors(
        middles([floor.plain for floor in floors]),
        middles([floor.joining for floor in floors]),
        statistics.median(floor.bytes_per_connection for floor in floors),
        statistics.median(floor.arrivals_per_cpu_s for floor in floors),
    )

"""What every part of the benchmark is given, and how a measurement becomes a row."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from loadtests.bench.load import Reading
from loadtests.bench.measuring import Bench, Figure, Rounds, Spread
from loadtests.bench.porchlight import House
from loadtests.bench.table import Cores, Row, Span

LOUD = 0.1  # cores; a machine that is left alone shows 0.02 at most
PRESENCE_SECONDS = 4.0  # until everyone has been told that everyone has come


@dataclass(frozen=True)
class Run:
    """One run: the bench, the house, and how long to look."""

    bench: Bench
    house: House
    rounds: int
    seconds: float
    people: int  # in the largest rows


class Pace(NamedTuple):
    """How long to look."""

    rounds: int
    seconds: float
    people: int


QUICK = Pace(rounds=2, seconds=0.4, people=1000)
FULL = Pace(rounds=5, seconds=0.8, people=5000)


def per_cpu_s(reading: Reading) -> float:
    return reading.per_cpu_s


def messages_per_cpu_s(reading: Reading) -> float:
    return reading.messages_per_cpu_s


def message_us(reading: Reading) -> float:
    return reading.cpu_us_per_message


def p50(reading: Reading) -> float:
    return reading.p50_us


def p99(reading: Reading) -> float:
    return reading.p99_us


def span(spread: Spread | Sequence[float]) -> Span:
    values = spread.values if isinstance(spread, Spread) else tuple(spread)
    return Span(min(values), statistics.median(values), max(values))


def single(value: float) -> Span:
    return Span(value, value, value)


def thousands(of: Span) -> Span:
    return Span(of.low / 1000, of.median / 1000, of.high / 1000)


def cores(readings: Iterable[Reading]) -> Cores:
    """How busy everyone was, in cores."""
    seen = list(readings)
    wall = sum(reading.wall_s for reading in seen)
    return Cores(
        server=sum(reading.cpu_s for reading in seen) / wall,
        generator=sum(reading.generator_cpu_s for reading in seen) / wall,
        store=sum(reading.aside_cpu_s for reading in seen) / wall,
        others=max(0.0, sum(reading.others_s for reading in seen) / wall),
    )


def disturbed(readings: Iterable[Reading]) -> tuple[str, ...]:
    """A fault of a row about waiting: who else used the cores decides it, more than who is measured."""
    others = cores(readings).others
    return (f"others used {others:.2f} cores meanwhile",) if others > LOUD else ()


def subjects(rounds: Rounds) -> list[Reading]:
    return [turn.subject for turn in rounds.turns]


def against_floor(
    part: str,
    title: str,
    rounds: Rounds,
    figure: Figure,
    *,
    unit: str,
    least: float | None = None,
    most: float | None = None,
    in_thousands: bool = False,
    note: str = "",
) -> Row:
    """A row that is judged by its share of the floor of the same round."""
    share = span(rounds.share(figure))
    here, floor = span(rounds.of(figure)), span(rounds.of_floor(figure))
    return Row(
        part=part,
        title=title,
        unit=unit,
        figure=thousands(here) if in_thousands else here,
        floor=thousands(floor) if in_thousands else floor,
        share=share,
        judged=share.median,
        least=least,
        most=most,
        cores=cores(subjects(rounds)),
        faults=rounds.faults,
        note=note,
    )

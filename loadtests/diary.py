"""What went over one person's wire, frame by frame: all that stopwatch and witness ever read."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgpack

from loadtests.following import Event


class Line(NamedTuple):
    """`what`: knocks, opens, opened, failed, sent, heard, cut, leaves or ended."""

    at: float  # seconds, on one clock for all diaries of a run
    what: str
    seq: int
    frame: Event


class Diary:
    """Written while it happens; `reader` reads along."""

    def __init__(self, reader: Callable[[Line], None]) -> None:
        self.lines: list[Line] = []
        self._reader = reader

    def __call__(self, what: str, frame: Event | None = None, seq: int = 0) -> None:
        line = Line(time.perf_counter(), what, seq, frame or {})
        self.lines.append(line)
        self._reader(line)


def keep(diaries: Mapping[str, Iterable[Line]], path: Path) -> None:
    path.write_bytes(msgpack.packb({who: list(lines) for who, lines in diaries.items()}))


def kept(path: Path) -> dict[str, list[Line]]:
    found = msgpack.unpackb(path.read_bytes(), strict_map_key=False)
    return {who: [Line(*line) for line in lines] for who, lines in found.items()}

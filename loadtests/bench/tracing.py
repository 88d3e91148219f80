"""The server with Python's memory books open: SIGUSR1 writes what has grown since the SIGUSR1 before."""

import gc
import signal
import sys
import threading
import tracemalloc
from pathlib import Path

import msgspec

from server import app

ROOT = Path(__file__).parent.parent.parent
PLACES = 12
FRAMES = 1


class Grown(msgspec.Struct):
    """By how much, in all and in the files where most of it was asked for."""

    bytes: int
    places: list[tuple[str, int]]


def main(told: Path) -> None:
    tracemalloc.start(FRAMES)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    threading.Thread(target=_answer, args=(told,), daemon=True).start()
    app.run()


def _answer(told: Path) -> None:
    before: tracemalloc.Snapshot | None = None
    while True:
        signal.sigwait({signal.SIGUSR1})
        gc.collect()
        now = tracemalloc.take_snapshot()
        grown = now.compare_to(before, "filename") if before else now.statistics("filename")
        sizes = [(_place(each.traceback[0].filename), _size(each)) for each in grown]
        said = Grown(sum(size for _, size in sizes), sorted(sizes, key=lambda each: -each[1])[:PLACES])
        draft = told.with_suffix(".new")
        draft.write_bytes(msgspec.json.encode(said))
        draft.replace(told)
        before = now


def _size(grown: "tracemalloc.Statistic | tracemalloc.StatisticDiff") -> int:
    return grown.size_diff if isinstance(grown, tracemalloc.StatisticDiff) else grown.size


def _place(filename: str) -> str:
    """A file of ours by its path in the project, another's by its package."""
    path = Path(filename)
    if path.is_relative_to(ROOT / "server"):
        return str(path.relative_to(ROOT))
    return "/".join(path.parts[-2:])


if __name__ == "__main__":
    main(Path(sys.argv[1]))

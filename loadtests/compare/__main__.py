"""`make compare`: Porchlight and its peers side by side in one run; writes the tables to loadtests/results/."""

import argparse
import datetime
import os
import signal
import sys
import tempfile
from pathlib import Path

import msgspec

from loadtests.bench.machine import this_machine, versions
from loadtests.bench.measuring import Bench
from loadtests.bench.tools import NoCompiler, built
from loadtests.compare import installing
from loadtests.compare.comparing import ROUNDS, Row, compared
from loadtests.compare.entrant import Entrant
from loadtests.compare.peers import PEERS
from loadtests.compare.porchlight import PORCHLIGHT
from loadtests.compare.report import markdown

RESULTS = Path(__file__).parent.parent / "results"
ENTRANTS = (PORCHLIGHT, *PEERS)


def main() -> None:
    keys = [entrant.key for entrant in ENTRANTS]
    reader = argparse.ArgumentParser(prog="python -m loadtests.compare", description=__doc__)
    reader.add_argument("--only", nargs="+", choices=keys, default=keys, help="these alone, and nothing is written")
    only: list[str] = reader.parse_args().only
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    try:
        bench = Bench(this_machine(), built())
    except NoCompiler as no:
        sys.exit(str(no))
    os.sched_setaffinity(0, bench.machine.rest)
    entrants = [entrant for entrant in ENTRANTS if entrant.key in only]
    for entrant in entrants:
        _install(bench, entrant)  # all of it first: nothing is built while something is measured
    rows = [_shown(compared(bench, entrant)) for entrant in entrants]
    said = versions(**installing.versions())
    text = markdown(rows, said, ROUNDS)
    print(text)
    if only == keys:
        _write(rows, said, text)


def _install(bench: Bench, entrant: Entrant) -> None:
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        try:
            with entrant.served(bench.machine, Path(folder)):
                pass
        except installing.NotHere as no:
            print(f"{entrant.name}: {no}", file=sys.stderr)


def _shown(row: Row) -> Row:
    print(f"{row.name}: {row.missing or 'measured'}", file=sys.stderr)
    return row


def _write(rows: list[Row], said: dict[str, str], text: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    today = datetime.datetime.now(datetime.UTC).date()
    file = RESULTS / f"{today}-{said['commit']}-compare.md"
    file.write_text(text)
    whole = msgspec.json.encode({"versions": said, "rounds": ROUNDS, "rows": rows})
    file.with_suffix(".json").write_bytes(msgspec.json.format(whole) + b"\n")
    print(file)


if __name__ == "__main__":
    main()

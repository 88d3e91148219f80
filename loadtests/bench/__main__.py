"""`make bench`: every row of the goals, measured on the real program beside the floor, in one run."""

import argparse
import os
import signal
import sys
from collections.abc import Callable

import redis

from loadtests.bench import arriving, costs, delivering, screening
from loadtests.bench.load import NoReading
from loadtests.bench.machine import NotStarted, this_machine, versions
from loadtests.bench.measuring import Bench
from loadtests.bench.porchlight import RAISED, House, house
from loadtests.bench.run import FULL, QUICK, Run
from loadtests.bench.table import Report, Row, keep, markdown
from loadtests.bench.tools import NoCompiler, built

PARTS: dict[str, Callable[[Run], list[Row]]] = {
    "fanout": delivering.fanout,
    "rooms": delivering.rooms,
    "post": costs.post,
    "soon": delivering.soon,
    "idle": arriving.idle,
    "joins": arriving.joins,
    "growth": costs.growth,
    "many": costs.many,
    "processes": costs.processes,
    "stalled": delivering.stalled,
    "building": screening.building,
    "evil": screening.evil,
}
QUICKLY = ("fanout", "rooms", "post", "joins")
PEOPLE = 5000  # who have signed in before


def main() -> None:
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    try:
        tools = built()
        machine = this_machine()
        os.sched_setaffinity(0, machine.rest)
        with house(machine) as here:
            here.sign_in(PEOPLE)
            run = Run(Bench(machine, tools), here, *(QUICK if asked.quick else FULL))
            report = _measured(run, asked.rows)
    except (NoCompiler, NotStarted, NoReading) as fault:
        sys.exit(str(fault))
    print(markdown(report))
    if not asked.quick:
        print(f"Kept in {keep(report)}")


def _asked() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--rows", nargs="*", choices=PARTS, help="only these")
    options.add_argument("--quick", action="store_true", help="fewer and shorter rounds, nothing kept")
    asked = options.parse_args()
    asked.rows = asked.rows or (QUICKLY if asked.quick else tuple(PARTS))
    return asked


def _measured(run: Run, parts: tuple[str, ...]) -> Report:
    remarks = []
    rows: list[Row] = []
    if run.bench.machine.is_shared:
        remarks.append("The machine has one core: server, store and generator share it, and shares mean little.")
    for part in parts:
        print(f"measuring {part} ...", file=sys.stderr, flush=True)
        rows += PARTS[part](run)
    return Report(versions=_versions(run.house), raised=RAISED, remarks=tuple(remarks), rows=tuple(rows))


def _versions(here: House) -> dict[str, str]:
    with redis.Redis.from_url(here.store.url) as store:
        about = store.info("server")
    make = f"{about.get('server_name', 'redis')} {about.get('valkey_version', about['redis_version'])}"
    return versions(store=f"{make}, appendfsync {here.fsync}, {'in memory' if here.in_memory else 'on disk'}")


if __name__ == "__main__":
    main()

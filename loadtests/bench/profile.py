"""`make profile`: where the server's CPU goes while it posts and while it fans out, by sampling its stacks."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from loadtests.bench import walk
from loadtests.bench.load import NoReading, Reading
from loadtests.bench.machine import NotStarted, this_machine
from loadtests.bench.measuring import Bench
from loadtests.bench.porchlight import House, house
from loadtests.bench.run import PRESENCE_SECONDS
from loadtests.bench.tools import BUILD, NoCompiler, built

SECONDS = 8
SAMPLES = 400  # a second
PICTURE, STACKS = "flamegraph", "raw"
MEMBERS = {"fan-out": 100, "post": 1}


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    spy = shutil.which("py-spy", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if spy is None:
        sys.exit("py-spy is needed to sample the server: it is among the development dependencies.")
    try:
        bench = Bench(this_machine(), built())
        os.sched_setaffinity(0, bench.machine.rest)
        with house(bench.machine) as here:
            here.sign_in(max(MEMBERS.values()))
            for name, members in MEMBERS.items():
                _profile(bench, here, spy, name, members)
    except (NoCompiler, NotStarted, NoReading) as fault:
        sys.exit(str(fault))


def _profile(bench: Bench, here: House, spy: str, name: str, members: int) -> None:
    with here.subject().running(bench.machine) as running:
        speech = here.speech(running, members)
        with bench.joined(running, speech, members, settle=PRESENCE_SECONDS) as load:
            plain = load.measure(seconds=2.0)
            stacks = BUILD / f"profile-{name}.folded"
            for kind, file in ((STACKS, stacks), (PICTURE, stacks.with_suffix(".svg"))):
                sampling = subprocess.Popen(_command(spy, running.pids[0], kind, file), stdout=subprocess.DEVNULL)
                load.measure(seconds=SECONDS + 1.0)
                if sampling.wait():
                    sys.exit("py-spy could not read the server: it may need root, or ptrace to be allowed.")
    with stacks.open() as lines:
        print(table(name, members, plain, walk.shares(walk.folded(lines))))
    print(f"Stacks in {stacks}, the picture in {stacks.with_suffix('.svg')}\n")


def _command(spy: str, pid: int, kind: str, file: Path) -> list[str]:
    how = ["--native", "--rate", str(SAMPLES), "--duration", str(SECONDS), "--format", kind]
    return [spy, "record", "--pid", str(pid), *how, "--output", str(file)]


def table(name: str, members: int, plain: Reading, shares: list[walk.Share]) -> str:
    """Shares of the samples, and what they come to in a message's CPU time when nobody samples."""
    whole = plain.cpu_us_per_message
    lines = [
        f"## {name}: one message in flight, members: {members:,}",
        "",
        f"{whole:,.0f} us of CPU for a message; {100 * plain.system_s / plain.cpu_s:.0f} % of it in the kernel.",
        "",
        "| part | share | us a message | in system calls |",
        "| --- | --- | --- | --- |",
    ]
    for part, share, in_calls in shares:
        lines.append(f"| {part} | {100 * share:.1f} % | {whole * share:,.0f} | {100 * in_calls:.1f} % |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()

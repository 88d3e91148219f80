"""Drives the load generator: members in place, then as many phases as are asked for, one reading each."""

import contextlib
import itertools
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from loadtests.bench.machine import Machine, placed
from loadtests.bench.subject import Running, Speech
from loadtests.bench.tools import Tools

_stands = itertools.count(1)
MESSAGES = 1 << 22  # that one stand may say in one room; a server may remember those of the stands before


class NoReading(RuntimeError):
    """The generator gave up; the message is what it said."""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """What it took to let all members in."""

    connections: int
    cpu_s: float
    wall_s: float
    settled_cpu_s: float  # with what followed soon after, such as presence
    aside_cpu_s: float
    generator_cpu_s: float
    rss_before: int
    rss: int
    closed: int

    @property
    def per_cpu_s(self) -> float:
        return self.connections / self.cpu_s if self.cpu_s else 0.0


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One phase. CPU times are of the measured processes; `aside` is the store's and the like."""

    mode: str
    members: int
    rooms: int
    window: int
    rate: float
    wall_s: float
    published: int
    deliveries: int
    cpu_s: float
    user_s: float
    system_s: float
    aside_cpu_s: float
    generator_cpu_s: float
    others_s: float  # CPU that everybody else used meanwhile, or the machine's host took
    p50_us: float
    p90_us: float
    p99_us: float
    max_us: float
    late_us: float  # how late the generator itself was, at worst
    lost: int
    bad: int
    stalls: int
    closed: int
    refused: int
    rss: int

    @property
    def per_cpu_s(self) -> float:
        """Deliveries per second of server CPU."""
        return self.deliveries / self.cpu_s if self.cpu_s else 0.0

    @property
    def messages(self) -> float:
        """Messages that came back to everyone, in fractions at the edges of the phase."""
        return self.deliveries * self.rooms / self.members

    @property
    def messages_per_cpu_s(self) -> float:
        return self.messages / self.cpu_s if self.cpu_s else 0.0

    @property
    def cpu_us_per_message(self) -> float:
        return self.cpu_s * 1e6 / self.messages if self.messages else 0.0

    @property
    def server_busy(self) -> float:
        """The share of a core that the server used: near 1, or the server waited for somebody else."""
        return self.cpu_s / self.wall_s

    @property
    def fault(self) -> str:
        """Empty, or why this reading counts for nothing."""
        wrong = {"lost": self.lost, "bad": self.bad, "stalls": self.stalls, "closed": self.closed}
        wrong["refused"] = self.refused
        said = [f"{count} {name}" for name, count in wrong.items() if count]
        if not self.deliveries and self.mode != "idle":
            said.append("nothing delivered")
        return ", ".join(said)


class Load:
    """A generator whose members are in; `arrival` says what that took."""

    def __init__(self, process: subprocess.Popen[bytes], errors: Path) -> None:
        self._process = process
        self._errors = errors
        self.arrival = msgspec.convert(self._answer(), Arrival)

    def measure(self, *, seconds: float = 1.0, window: int = 1, rate: float = 0.0, **more: float) -> Reading:
        """One phase; `more` are words of the generator: warm, spread, stall, idle."""
        words = {"window": window, "seconds": seconds, "rate": rate, **more}
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(f"{word}={value}" for word, value in words.items()).encode() + b"\n")
        self._process.stdin.flush()
        return msgspec.convert(self._answer(), Reading)

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            said = self._errors.read_text(errors="replace").strip()
            raise NoReading(said or f"the generator ended with {self._process.returncode}")
        answer: dict[str, Any] = msgspec.json.decode(line)
        return answer


@contextlib.contextmanager
def joined(
    tools: Tools,
    machine: Machine,
    running: Running,
    speech: Speech,
    members: int,
    rooms: int = 1,
    pubs: int = 16,
    settle: float = 0.3,
    stalled: int = 0,
) -> Iterator[Load]:
    """Members of these rooms, with `pubs` of each room who write in turn; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fangen-") as folder:
        errors = Path(folder) / "errors"
        argv = [str(tools.fangen), *arguments(Path(folder), running, speech)]
        argv += ["-n", str(members), "--rooms", str(rooms), "--pubs", str(max(1, min(pubs, members // rooms)))]
        argv += ["--settle", str(settle), "--stalled", str(stalled), "--first", str(next(_stands) * MESSAGES)]
        with errors.open("wb") as log:
            process = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                preexec_fn=placed(machine.rest),
            )
        try:
            yield Load(process, errors)
        finally:
            process.terminate()
            process.communicate()


def arguments(folder: Path, running: Running, speech: Speech) -> list[str]:
    """What the generator is told of a subject; long lists go into files in `folder`."""
    messages = folder / "messages"
    messages.write_bytes(b"".join(len(each).to_bytes(4, "big") + each for each in speech.messages))
    argv = ["--port", ",".join(map(str, running.ports)), "--path", speech.path, "--messages", str(messages)]
    argv += ["--pid", ",".join(map(str, running.pids)), "--expect", str(speech.expect), "-s", str(speech.shortest)]
    if running.aside:
        argv += ["--aside", ",".join(map(str, running.aside))]
    if speech.own_headers:
        own = folder / "headers"
        own.write_text("\n".join(speech.own_headers) + "\n")
        argv += ["--headers", str(own)]
    if speech.text:
        argv.append("--text")
    if speech.subprotocol:
        argv += ["--sub", speech.subprotocol]
    if speech.refusal:
        argv += ["--refusal", speech.refusal]
    argv += [word for header in speech.headers for word in ("--header", header)]
    argv += [word for frame in speech.init for word in ("--init", frame)]
    return [*argv, *speech.extra]

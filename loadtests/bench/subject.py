"""What is measured: how it is started, and how the load generator speaks to it."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loadtests.bench.machine import Machine, NotStarted, await_port, descendants, started

READY_SECONDS = 30.0


@dataclass(frozen=True)
class Speech:
    """The generator's side of the talk. Each message is one whole client message and holds `~FG~` + 12 characters."""

    messages: tuple[bytes, ...]
    path: str = "/"
    text: bool = False
    subprotocol: str = ""
    headers: tuple[str, ...] = ()  # of every connection
    own_headers: tuple[str, ...] = ()  # the i-th of connection i
    init: tuple[str, ...] = ()  # "AFTER:b:HEX" or "AFTER:t:TEXT", see `fangen`
    expect: int = 0  # data frames after which a member is in
    shortest: int = 0  # shorter frames are replies, no deliveries
    refusal: str = ""  # a frame with this in it is a refusal
    extra: tuple[str, ...] = ()  # further arguments of `fangen`
    payloads: tuple[bytes, ...] = ()  # what the floor hands on, where `messages` are no WebSocket messages

    @property
    def floor_messages(self) -> tuple[bytes, ...]:
        return self.payloads or self.messages


@dataclass(frozen=True)
class Part:
    """One program of a subject. `measured`: it runs on the server's core and its CPU time counts."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: str | None = None
    port: int = 0  # ready when somebody listens here ...
    ready: Callable[[], bool] | None = None  # ... or when this says so
    measured: bool = True
    log: Path | None = None


@dataclass(frozen=True)
class Running:
    """A subject that is up: where its members go, whose CPU time counts, and whose is told apart."""

    ports: tuple[int, ...]
    pids: tuple[int, ...]
    aside: tuple[int, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A server with all it needs; `speech` is asked once it runs, with the numbers of members and rooms."""

    name: str
    parts: tuple[Part, ...]
    ports: tuple[int, ...]
    speech: Callable[[Running, int, int], Speech]
    aside: tuple[int, ...] = ()  # processes that ran before and are told apart, too

    @contextlib.contextmanager
    def running(self, machine: Machine) -> Iterator[Running]:
        """Every part, started in order and ended in reverse."""
        pids: list[int] = []
        aside = list(self.aside)
        with contextlib.ExitStack() as stack:
            for part in self.parts:
                log = stack.enter_context(part.log.open("wb")) if part.log else subprocess.DEVNULL
                cores = machine.server if part.measured else machine.rest
                process = stack.enter_context(started(part.argv, cores, env=part.env, cwd=part.cwd, log=log))
                if part.port:
                    await_port(part.port, process)
                if part.ready is not None:
                    _await(part, process)
                (pids if part.measured else aside).extend(descendants(process.pid))
            yield Running(self.ports, tuple(pids), tuple(aside))


def _await(part: Part, process: "subprocess.Popen[bytes]") -> None:
    assert part.ready is not None
    until = time.monotonic() + READY_SECONDS
    while not part.ready():
        if process.poll() is not None or time.monotonic() > until:
            said = part.log.read_text(errors="replace").strip() if part.log else ""
            raise NotStarted(f"{' '.join(part.argv)} is not ready: {said or 'it said nothing'}")
        time.sleep(0.05)

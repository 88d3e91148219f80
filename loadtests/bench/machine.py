"""The machine that measures: which cores are whose, what runs on it, and programs started on their core."""

import contextlib
import ctypes
import os
import platform
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import IO

START_SECONDS = 30.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.02
OURS = ("uvicorn", "starlette", "uvloop", "redis", "hiredis", "msgspec")

PR_SET_PDEATHSIG = 1

Cores = frozenset[int]
_libc = ctypes.CDLL(None)


class NotStarted(RuntimeError):
    """A program that was to be measured did not come up; the message says which and what it said last."""


@dataclass(frozen=True)
class Machine:
    """One core for the server that is measured; the store, the generator and everything else on the others."""

    server: Cores
    rest: Cores

    @property
    def is_shared(self) -> bool:
        """True where there is but one core, and the figures mean little."""
        return bool(self.server & self.rest)


def this_machine() -> Machine:
    cores = sorted(os.sched_getaffinity(0))
    return Machine(frozenset(cores[:1]), frozenset(cores[1:] or cores))


@contextlib.contextmanager
def started(
    argv: Sequence[str],
    cores: Cores,
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | None = None,
    log: IO[bytes] | int = subprocess.DEVNULL,
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in its own process group, on these cores; it and all it started are ended afterwards."""
    process = subprocess.Popen(
        argv,
        env=None if env is None else {**os.environ, **env},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        process_group=0,
        preexec_fn=placed(cores),
    )
    try:
        yield process
    finally:
        _end(process)


def placed(cores: Cores) -> Callable[[], None]:
    """For `preexec_fn`: on these cores, and gone when we are."""

    def in_child() -> None:
        os.sched_setaffinity(0, cores)
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    return in_child


def _end(process: subprocess.Popen[bytes]) -> None:
    """By its group, so that what it started ends with it."""
    for told in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, told)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return


def await_port(port: int, process: subprocess.Popen[bytes], host: str = "127.0.0.1") -> None:
    """Until somebody listens there; raises `NotStarted`."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex((host, port)) == 0:
                return
        time.sleep(POLL_SECONDS)
    raise NotStarted(f"{process.args!r} does not listen on port {port}")


def descendants(pid: int) -> tuple[int, ...]:
    """The process and all that it started, whose CPU time counts with it."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = (int(child) for child in children.read_text().split()) if children.exists() else ()
    return (pid, *(each for child in below for each in descendants(child)))


def cpu_seconds(pids: Sequence[int]) -> float:
    """What these processes have used so far, on the kernel's finest clock."""
    tasks = (task for pid in pids for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def versions(**more: str) -> dict[str, str]:
    """What was measured on what."""
    model = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    return {
        "commit": _commit(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in OURS},
        **more,
        "kernel": platform.release(),
        "cpu": f"{len(model) or os.cpu_count()} x {model[0] if model else platform.machine()}",
    }


def _commit() -> str:
    """The short name, marked where the files differ from it."""
    try:
        said = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()


def _lines(path: str) -> list[str]:
    with contextlib.suppress(OSError):
        return Path(path).read_text().splitlines()
    return []

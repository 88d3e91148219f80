"""A house to walk through: one store and as many server processes as a test asks for."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, Self, cast

from loadtests.client import Client
from loadtests.ports import free_port
from loadtests.session import Session
from server import embedded
from server.actions import accounts, doing
from server.actions.services import Desk
from server.config import Settings, from_environment
from server.files import OURS
from server.protocol.people import Role
from server.store.store import opened
from tests.walks.people import Moderator, Peer

HOUSE = Path(__file__).parents[2]
START_SECONDS = 120.0  # a machine that does many things at once starts slowly
STOP_SECONDS = 30.0
PROGRAM = ("server",)
PASSPHRASE = "a calm and long passphrase"

BOOKS = ("care", "conduct")

# Walks say in a second what people say in an evening; their listeners come trained.
GENEROUS = {
    "MESSAGE_BURST": "100000",
    "MESSAGES_PER_MINUTE": "30000",
    "FRAME_BURST": "100000",
    "FRAMES_PER_MINUTE": "100000",
    "FLOOD_PER_MINUTE": "100000",
    "CONNECTIONS_PER_PREFIX": "1000",
    "LOGINS_PER_QUARTER_HOUR": "1000",
    "PRESENCE_JITTER_MS": "100",
    "DRAIN_MS": "200",
    "TRAINING_REQUIRED": "0",
}


class Stored(Protocol):
    """A store that runs already."""

    @property
    def url(self) -> str: ...


class Server:
    """One process of the server, as its operator runs it."""

    def __init__(self, environment: dict[str, str], log: Path, program: tuple[str, ...] = PROGRAM) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment | {"PORT": str(self.port)}
        self._log = log
        self._program = program
        self.start()

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *self._program], cwd=HOUSE, env=self._environment, stdout=log, stderr=log
            )

    def await_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while not _answers(f"{self.url}/readyz"):
            assert self._process.poll() is None, f"the server ended: {self.said()}"
            assert time.monotonic() < until, f"the server did not start: {self.said()}"
            time.sleep(0.05)

    def said(self) -> str:
        return self._log.read_text(errors="replace")

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(STOP_SECONDS)


class House:
    """A store, its servers, and the people who come in."""

    rooms = 200  # a fresh one for each test
    without: tuple[str, ...] = ()  # screeners of the policy that are left out: the rule books are most of a start
    at: Stored | None = None  # a store of the test's own, which outlives the house; else the house has one
    program: tuple[str, ...] = PROGRAM
    visitor: type[Client] = Client

    def __init__(self, servers: int = 2, each: Sequence[Mapping[str, Any]] = (), /, **settings: str) -> None:
        """`each`: what `open_server` is told for the first processes, apart from the others."""
        self.folder = Path(tempfile.mkdtemp(prefix="porchlight-walk-"))
        self._write_rooms()
        self._own = embedded.start(self._store_settings) if self.at is None else None
        self._url = self.at.url if self.at is not None else self.store.url
        self._environment = self._told(settings)
        self.servers: list[Server] = []
        for place in range(servers):
            self.open_server(**(each[place] if place < len(each) else {}))
        self._visitors: list[Client] = []
        self._team: dict[str, Session] = {}
        self._rooms = iter(range(self.rooms))
        try:
            for server in self.servers:
                server.await_ready()
        except BaseException:
            self.close()
            raise

    def open_server(self, *, program: tuple[str, ...] = (), **settings: str) -> Server:
        """One more process, with settings or a program of its own; it may not be ready yet."""
        log = self.folder / f"server-{len(self.servers)}.log"
        more = {name.upper(): value for name, value in settings.items()}
        self.servers.append(Server(self._environment | more, log, program or self.program))
        return self.servers[-1]

    @property
    def store(self) -> embedded.Store:
        assert self._own is not None
        return self._own

    # -- people

    async def peer(self, at: int = 0, *, session: Session | None = None, returns: bool = False) -> Peer:
        """Someone who comes in through one of the processes; with `session`, in another tab."""
        peer = Peer(self.client(at, session=session, returns=returns))
        await peer.client.open()
        return peer

    async def moderator(self, name: str = "Mona", at: int = 0) -> Moderator:
        if name not in self._team:
            self._team[name] = Session()
            await self._team[name].accept(self.servers[at].url, self.invitation(), name, PASSPHRASE)
        moderator = Moderator(self.client(at, session=self._team[name]))
        await moderator.client.open()
        return moderator

    def client(self, at: int = 0, *, session: Session | None = None, returns: bool = False) -> Client:
        urls = [server.url for server in (*self.servers[at:], *self.servers[:at])]
        client = self.visitor(*urls, session=session, returns=returns)
        self._visitors.append(client)
        return client

    def invitation(self, role: str = "moderator") -> str:
        """As the operator's command makes it, without a program of its own, which would take a second each time."""
        with ThreadPoolExecutor(1) as apart:  # who asks may be in a loop
            return apart.submit(asyncio.run, self._invitation(Role(role))).result(START_SECONDS)

    async def _invitation(self, role: Role) -> str:
        settings = from_environment(self._environment)
        store = await opened(settings, settings.redis_url or embedded.attach(settings))
        try:
            return await accounts.invite(cast(Any, Desk(settings, store, doing.do)), role)
        finally:
            await store.close()

    def command(self, *words: str) -> str:
        """What the operator's command line answers."""
        program = [sys.executable, "-m", "server", *words]
        return subprocess.check_output(program, cwd=HOUSE, env=self._environment, text=True, timeout=START_SECONDS)

    def fresh_room(self) -> str:
        return f"walk-{next(self._rooms)}"

    async def see_everyone_out(self) -> None:
        for client in self._visitors:
            await client.close()
        self._visitors.clear()

    # -- faults

    def kill_store(self) -> None:
        os.kill(self.store.pid, signal.SIGKILL)
        self.store.stop()

    def start_store(self) -> None:
        before = self.store.url
        self._own = embedded.start(self._store_settings)
        assert self.store.url == before

    def restart(self) -> None:
        for server in self.servers:
            server.start()
        for server in self.servers:
            server.await_ready()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        for server in self.servers:
            server.stop()
        if self._own is not None:
            self._own.stop()
        shutil.rmtree(self.folder)

    # --

    @property
    def _store_settings(self) -> Settings:
        return Settings(data_dir=str(self.folder), store_fsync="always")

    def _told(self, settings: dict[str, str]) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {
            **inherited,
            **GENEROUS,
            "HOST": "127.0.0.1",
            "REDIS_URL": self._url,
            "DATA_DIR": str(self.folder),
            "CONTENT_DIR": str(self.folder / "content"),
            "SECRET": "a secret for tests only",
            **{name.upper(): value for name, value in settings.items()},
        }

    def _write_rooms(self) -> None:
        room = '[[rooms]]\nid = "walk-{0}"\nname = "Room {0}"\nkind = "topic"\nabout = "A room for a test."\n\n'
        (self.folder / "content").mkdir()
        (self.folder / "content" / "rooms.toml").write_text("".join(room.format(place) for place in range(self.rooms)))
        if self.without:
            (self.folder / "content" / "policy.toml").write_text(self._policy())

    def _policy(self) -> str:
        policy = (OURS / "policy.toml").read_text()
        for screener in self.without:
            policy, found = re.subn(rf'\[\[screeners]]\nname = "{screener}"\n(.+\n)+', "", policy)
            assert found == 1, f"the policy has no screener {screener}"
        return policy


class Build(Protocol):
    """Builds a house of one's own, for other settings or for faults."""

    def __call__(self, servers: int = 2, **settings: str) -> House: ...


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1.0) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False

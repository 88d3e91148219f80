"""A house that can be hurt: its browsers' network, its store, its line to the store, and its screening."""

import json
import os
import signal
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from server.store import keys
from tests.browser.network import Network
from tests.browser.storeline import StoreLine
from tests.walks.house import BOOKS, House

ROOMS = 30
ANSWER_S = 0.5  # a stalled store does not say no
SLOW = "slow"  # a room in which one writes once a minute
ROOM = """
[[rooms]]
id = "{0}"
name = "Room {0}"
kind = "topic"
about = "A room for a test."
slow_seconds = {1}
"""
PLUG = '\n[[screeners]]\nname = "moody"\nkind = "tests.browser.moody:Moody"\n'


class FragileHouse(House):
    """`network.url` is where the page under test comes from; the server's own url is the way around it."""

    without = BOOKS

    def __init__(self, **settings: Any) -> None:
        self.network = Network()
        super().__init__(1, origins=self.network.url, default_country="GB", **settings)
        self.network.target = self.servers[0].port

    def feels(self, mood: str) -> None:
        """The screening: "well", "late" or "broken"."""
        self._mood.write_text(mood)

    def stall_store(self) -> None:
        os.kill(self.store.pid, signal.SIGSTOP)

    def wake_store(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.store.pid, signal.SIGCONT)

    def fill_store(self) -> None:
        with self.memory() as store:
            store.config_set("maxmemory", 1)

    def empty_store(self) -> None:
        with self.memory() as store:
            store.config_set("maxmemory", 0)

    def mend(self) -> None:
        """Whatever a test left broken is whole again."""
        self.network.heal()
        self.feels("well")
        self.wake_store()
        if not self.store_answers():
            self.start_store()
        self.empty_store()
        if not self.servers[0].is_running:
            self.restart()

    def store_answers(self) -> bool:
        with self.memory() as store, suppress(redis.RedisError):
            return bool(store.ping())
        return False

    def memory(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=self.store.socket, socket_timeout=ANSWER_S, retry=Retry(NoBackoff(), 0))

    def said(self, room: str, text: str) -> int:
        """How often these words stand in the room, by the store's own log."""
        with self.memory() as store:
            entries = store.xrange(keys.log(f"room:{room}"))
        return sum(text.encode() in fields[b"f"] for _, fields in entries)

    def seen_from_outside(self, room: str) -> list[str]:
        """What someone reads who has not come in yet."""
        with urllib.request.urlopen(f"{self.servers[0].url}/preview/{room}") as answer:
            return [message["text"] for message in json.load(answer)["messages"]]

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.servers[0].url + path) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code

    def lose_the_last_message(self, room: str) -> None:
        """The store is as it was before it, and its channel has begun another life."""
        channel = f"room:{room}"
        with self.memory() as store:
            last, _ = store.xrevrange(keys.log(channel), count=1)[0]
            day = store.time()[0] * 1000 // self._store_settings.seen_ms
            with store.pipeline() as step:
                step.xdel(keys.log(channel), last)
                step.hincrby(keys.meta(channel), "seq", -1)
                step.hincrby(keys.meta(channel), "epoch", 1)
                step.delete(keys.seen(channel, day), keys.seen(channel, day - 1))
                step.execute()

    def waiting(self, room: str) -> int:
        """How many messages of the room wait for a moderator."""
        with self.memory() as store:
            return int(store.hlen(keys.held(f"room:{room}")))

    def close(self) -> None:
        self.network.close()
        super().close()
        self.line.close()

    def _told(self, settings: dict[str, str]) -> dict[str, str]:
        self.line = StoreLine(self.store.socket)
        self._mood = Path(self.folder) / "mood"
        self.feels("well")
        return super()._told({"redis_url": self.line.url, "mood": str(self._mood), **settings})

    def _write_rooms(self) -> None:
        content = self.folder / "content"
        content.mkdir()
        names = [SLOW, *(f"walk-{place}" for place in range(ROOMS))]
        (content / "rooms.toml").write_text("".join(ROOM.format(name, 60 * (name == SLOW)) for name in names))
        (content / "policy.toml").write_text(self._policy() + PLUG)

"""One evening in real processes on a real store, as the state machine drives it; what dies is really killed."""

import asyncio
import random
from typing import Any

import redis

from loadtests.client import Client, Refused
from loadtests.following import INBOX, Event
from loadtests.session import Session
from server.domain.accounts import person_of
from tests.faults.brief import BriefHouse
from tests.walks.people import Moderator, Peer

SERVERS = 2
PEOPLE = ("ana", "ben", "cleo")
PATIENCE_S = 30.0
SHOWN = "500"
# The machine may be busy: what is slow is not dead, and only what we kill may be lost.
TOLD = {
    "history_shown": SHOWN,
    "ring_messages": SHOWN,
    "errand_ms": "200",
    "position_check_ms": "1000",
    "store_ms": "15000",
    "ping_ms": "600000",
    "pong_ms": "600000",
}


class Street(BriefHouse):
    rooms = 3_000  # a fresh one for each evening


class World:
    """The house, and who is in it this evening; the people are the same every evening, the room is not."""

    def __init__(self) -> None:
        self.house = Street(SERVERS, (), **TOLD)
        self.store = redis.Redis.from_url(self.house.store.url)
        self.kills = 0
        self._sessions: dict[str, Session] = {}

    async def evening(self) -> str:
        """Everyone arrives; the room of tonight."""
        self.room = f"room:{self.house.fresh_room()}"
        self.people: dict[str, Peer] = {}
        for place, name in enumerate(PEOPLE):
            peer = await self.house.peer(place % SERVERS, session=self._sessions.get(name))
            peer.channel, self._sessions[name] = self.room, peer.client.session
            self.people[name] = peer
        self.mo: Moderator = await self.house.moderator()
        self.mo.channel = self.room
        return self.room

    def close(self) -> None:
        self.store.close()
        self.house.close()

    # -- who asks for something, over a line that may have been cut

    async def asked(self, name: str, kind: str, **fields: Any) -> Event | Refused:
        return await _answer(self.people[name].client, kind, **{"channel": self.room, **fields})

    async def staff(self, kind: str, **fields: Any) -> Event:
        answer = await _answer(self.mo.client, kind, **fields)
        assert isinstance(answer, dict), f"{kind}: {answer}"
        return answer

    async def staff_is_answered(self, kind: str, **fields: Any) -> Event | Refused:
        return await _answer(self.mo.client, kind, **fields)

    async def comes_back(self, name: str, at: int) -> None:
        """The socket and the inbox alone; into the room leads `asked`."""
        client = self.people[name].client
        client.rooms.clear()
        client.urls = [self.house.servers[self._living(at)].url]
        await client.open()

    async def loses(self, name: str) -> None:
        await self.people[name].client.lose()

    async def has_heard(self, name: str, top: int) -> None:
        client = self.people[name].client
        await client.until(lambda: client.of(self.room).top >= top, PATIENCE_S)

    async def is_told(self, name: str, kind: str) -> None:
        """In their inbox, of tonight's room."""
        told = self.people[name].client.of(INBOX)
        await self.people[name].client.until(lambda: any(e["channel"] == self.room for e in told.of(kind)), PATIENCE_S)

    def expire(self, name: str, what: str) -> None:
        """Ends a mute, a ban or a turn of this person in tonight's room, as time would."""
        (token,) = self.people[name].client.session.cookies.values()
        self.store.delete(f"{{r:{self.room[5:]}}}:{what}:{person_of(token)}")

    def forget(self, what: str) -> None:
        """A planted fault: all of a kind are gone from the store."""
        for key in self.store.scan_iter(f"{{r:*}}:{what}:*"):
            self.store.delete(key)

    # -- what dies

    def at(self, name: str) -> int:
        """Through which process someone came in."""
        url = self.people[name].client.urls[0]
        return next(place for place, server in enumerate(self.house.servers) if server.url == url)

    async def kill_while(self, name: str, text: str, client_id: bytes, at: int) -> None:
        peer = self.people[name]
        saying = asyncio.create_task(peer.says(text, client_id))
        await asyncio.sleep(random.uniform(0, 0.01))
        await self.kill(at)
        await asyncio.gather(saying, return_exceptions=True)

    def on(self, at: int) -> list[str]:
        """Whose line goes through that process."""
        url = self.house.servers[at].url
        return [name for name, peer in self.people.items() if peer.client.is_open and peer.client.urls[0] == url]

    async def kill(self, at: int) -> None:
        lost = [self.people[name].client for name in self.on(at)]
        self.kills += 1
        self.house.servers[at].kill()
        for client in lost:
            await _is_lost(client)
        if self.mo.client.urls[0] == self.house.servers[at].url:
            await _is_lost(self.mo.client)
        await self._staff_comes_back()

    async def kill_store(self) -> None:
        self.kills += 1
        self.house.kill_store()
        self.house.start_store()
        self.store.close()
        self.store = redis.Redis.from_url(self.house.store.url)
        await self.is_up()

    async def kill_everything(self) -> None:
        for server in self.house.servers:
            server.kill()
        self.kills += 1
        for client in (self.mo.client, *(peer.client for peer in self.people.values())):
            await _is_lost(client)
        await self.kill_store()
        await self.restart()

    async def restart(self) -> None:
        """What is dead starts again."""
        for server in self.house.servers:
            if not server.is_running:
                server.start()
        await self.is_up()
        await self._staff_comes_back()

    async def is_up(self) -> None:
        for server in self.house.servers:
            if server.is_running:
                await asyncio.to_thread(server.await_ready)

    async def _staff_comes_back(self) -> None:
        client = self.mo.client
        if not client.is_open:
            client.rooms.clear()
            client.urls = [self.house.servers[self._living(0)].url]
            await client.open()

    def _living(self, at: int) -> int:
        alive = [place for place, server in enumerate(self.house.servers) if server.is_running]
        return at if at in alive else alive[0]


async def _is_lost(client: Client) -> None:
    await client.until(lambda: not client.is_open, PATIENCE_S)


async def _answer(client: Client, kind: str, **fields: Any) -> Event | Refused:
    try:
        return await client.ask(kind, **fields)
    except Refused as no:
        return no

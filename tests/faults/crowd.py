"""A crowd: many reference clients at once, and what each of them wrote down of coming and going."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

from loadtests import doorway
from loadtests.bench.sessions import sign_in
from loadtests.client import Client, Ended
from loadtests.following import Event
from loadtests.session import Session
from tests.walks.house import BOOKS, House

AT_ONCE = 64  # who dial at the same moment while a crowd is let in


class Plain(House):
    without = BOOKS


@asynccontextmanager
async def opened_house(servers: int, **settings: Any) -> AsyncIterator[House]:
    """A house of one's own; everybody is seen out at the end."""
    with Plain(servers, **settings) as house:
        try:
            yield house
        finally:
            await house.see_everyone_out()


class Note:
    """What a storm is judged by: when each socket opened, how often it was tried, and what was answered instead."""

    def __init__(self) -> None:
        self.tries = 0
        self.turned_away = 0
        self.codes: list[int] = []

    def __call__(self, what: str, frame: Event | None = None, seq: int = 0) -> None:
        match what:
            case "opens":
                self.tries += 1
            case "failed" if frame and frame["status"] == 503:
                self.turned_away += 1
            case "ended" if frame:
                self.codes.append(frame["code"])

    def forget(self) -> None:
        self.tries = self.turned_away = 0
        self.codes.clear()


class Member:
    """One of a crowd, in one room."""

    def __init__(self, client: Client, channel: str) -> None:
        self.client, self.channel = client, channel
        self.note = client.diary = Note()
        self.back_at = 0.0

    async def comes(self) -> None:
        while not self.client.is_open:
            with suppress(*doorway.NOT_LET_IN, Ended):
                await self.client.open()
                break
            await asyncio.sleep(0.5)
        await self.client.join(self.channel)

    async def is_gone(self) -> None:
        await self.client.until(lambda: not self.client.is_open)

    async def is_back(self, patience: float) -> None:
        await self.client.until(lambda: self.client.is_open, patience)
        self.back_at = time.monotonic()


async def gathered(house: House, people: int, rooms: Iterable[str], *, returns: bool = True) -> list[Member]:
    """So many people, each in one of the rooms, spread evenly over the processes."""
    cookies = await sign_in(house.servers[0].port, people)
    channels = [f"room:{room}" for room in rooms]
    members = []
    for place, cookie in enumerate(cookies):
        name, _, value = cookie.partition("=")
        client = house.client(place % len(house.servers), session=Session({name: value}), returns=returns)
        members.append(Member(client, channels[place // len(house.servers) % len(channels)]))
    await each(members, Member.comes)
    return members


async def each(members: Iterable[Member], does: Callable[[Member], Awaitable[object]], at_once: int = AT_ONCE) -> None:
    gate = asyncio.Semaphore(at_once)

    async def one(member: Member) -> None:
        async with gate:
            await does(member)

    await asyncio.gather(*map(one, members))


async def end_of(client: Client) -> int | None:
    await client.until(lambda: client.close_code)
    return client.close_code

"""The people of a run: some talk until they are acknowledged, some only read, and everyone keeps a diary."""

import asyncio
import random
from collections.abc import Callable, Iterable
from contextlib import suppress

from loadtests import doorway
from loadtests.client import Client, Ended, Refused
from loadtests.diary import Diary, Line
from loadtests.witness import UNANSWERED, Fault, Verdict
from tests.faults.checker import check
from tests.walks.house import House

LAST_READER = "the last reader"
PAGE = 100
BEYOND = 2**53 - 1  # above every number: where a process believes a room to end is not asked
READ_SECONDS = 60.0
REPEATS = (1, 5)

# A number as words: digits one after the other would be looked at as a telephone number in pieces.
WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()
# All is kept and nobody waits: the end is read whole.
WHOLE = {
    "history_messages": "1000000",
    "ring_messages": "1000000",
    "history_shown": "1000000",
    "history_ms": str(7 * 24 * 3_600_000),
    "connections_per_person": "1000",
    "handshakes_per_second": "10000",
    "handshake_burst": "10000",
}


Top = tuple[int, int]  # an epoch, a number


class Crowd:
    """`acknowledged` and `acknowledged_by`, who did so last, go along; `diaries` is all that a checker gets to see."""

    def __init__(self, house: House, rooms: int, chance: random.Random, urls: Iterable[str] = ()) -> None:
        self.house, self.chance = house, chance
        self.rooms = [f"room:{house.fresh_room()}" for _ in range(rooms)]
        self.diaries: dict[str, Diary] = {}
        self.clients: dict[str, Client] = {}
        self.acknowledged = 0
        self.acknowledged_by = ""  # a process's address
        self._urls = list(urls) or [server.url for server in house.servers]

    async def arrive(self, kind: str, people: int, rooms: int) -> list[Client]:
        """So many, each in so many of the rooms, spread over the processes; they come back by themselves."""
        return await asyncio.gather(*(self._arrives(f"{kind} {place}", place, rooms) for place in range(people)))

    async def talk(
        self, people: list[Client], enough: Callable[[], bool], pace_s: float = 0.0, repeats: float = 0
    ) -> None:
        """Everyone says one message after the other until it is enough; of a share of them more than once."""
        await asyncio.gather(*(self._talks(place, each, enough, pace_s, repeats) for place, each in enumerate(people)))

    async def is_over(self, patience_s: float = READ_SECONDS) -> Verdict:
        """Once everyone has heard to the end, or never will, a newcomer reads all that is kept: then it is judged."""
        await self._settle(patience_s)
        lines = {who: list(lines) for who, lines in self.lines.items()}  # whoever has left is owed nothing more
        verdict = check(lines, lines[LAST_READER])
        away = [who for who, client in self.clients.items() if not client.is_open]
        verdict.faults += [Fault(UNANSWERED, who, "could not come back") for who in away]
        await asyncio.gather(*(client.close() for client in self.clients.values()))
        return verdict

    @property
    def lines(self) -> dict[str, list[Line]]:
        return {who: diary.lines for who, diary in self.diaries.items()}

    async def _settle(self, patience_s: float) -> None:
        reader = await self._newcomer()
        tops = {room: await _pages(reader, room) for room in self.rooms}
        for client in self.clients.values():
            if client is not reader:
                with suppress(TimeoutError):
                    await client.until(lambda client=client: _has_heard(client, tops), patience_s)  # type: ignore[misc]
        for room in self.rooms:
            await _pages(reader, room)

    async def _arrives(self, who: str, place: int, rooms: int) -> Client:
        client = self._client(who, place)
        await self._enters(client, [self.rooms[(place + turn) % len(self.rooms)] for turn in range(rooms)])
        client.returns = True
        return client

    async def _enters(self, client: Client, rooms: Iterable[str]) -> None:
        """Through whichever process lets them in, as often as that takes."""
        async with asyncio.timeout(READ_SECONDS):
            while True:
                with suppress(*doorway.NOT_LET_IN, Ended, Refused):
                    await client.open()
                    for room in rooms:
                        await client.join(room)
                    if client.is_open:
                        return
                if client.is_open:
                    await client.lose()
                client.urls.append(client.urls.pop(0))
                await asyncio.sleep(0.2)

    def _client(self, who: str, place: int) -> Client:
        first = place % len(self._urls)
        client = Client(*self._urls[first:], *self._urls[:first])
        self.diaries[who] = client.diary = Diary(lambda line: None)
        self.clients[who] = client
        return client

    async def _talks(
        self, place: int, client: Client, enough: Callable[[], bool], pace_s: float, repeats: float
    ) -> None:
        chance = random.Random(self.chance.random())
        rooms, turn = list(client.rooms), 0
        while not enough():
            text, client_id = f"{spelled(place)}, {spelled(turn)}", chance.randbytes(16)
            room = rooms[turn % len(rooms)]
            if chance.random() < repeats:
                await self._stutters(client, room, text, client_id, chance)
            answer = await client.deliver(room, text, client_id)
            assert answer["type"] == "posted", f"{answer['type']}: {answer.get('why')}"
            self.acknowledged += 1
            self.acknowledged_by = client.urls[0]
            turn += 1
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pace_s)

    async def _stutters(self, client: Client, room: str, text: str, client_id: bytes, chance: random.Random) -> None:
        """Says it and does not wait for the answer; the connection ends, or does not; then it is said elsewhere."""
        for _ in range(chance.randint(*REPEATS)):
            with suppress(Ended, Refused):
                await client.until(lambda: client.is_open, READ_SECONDS)
                saying = asyncio.create_task(client.post(room, text, client_id))
                await asyncio.sleep(chance.choice((0.0, 0.0, 0.002)))
                if chance.random() < 0.5:
                    await client.lose()
                await saying

    async def _newcomer(self) -> Client:
        """Comes in when everything is over."""
        reader = self._client(LAST_READER, 0)
        await self._enters(reader, self.rooms)
        return reader


def spelled(number: int) -> str:
    return " ".join(WORDS[int(digit)] for digit in f"{number:03}")


def _has_heard(client: Client, tops: dict[str, Top]) -> bool:
    return client.is_open and all((client.of(room).epoch, client.of(room).top) >= tops[room] for room in client.rooms)


async def _pages(reader: Client, room: str) -> Top:
    """Backwards through what is kept, as anyone may who scrolls up; where it ends."""
    before, top = BEYOND, 0
    while True:
        page = await reader.ask("history", channel=room, before=before, limit=PAGE)
        if page["frames"]:
            before, top = page["frames"][0][0], max(top, page["frames"][-1][0])
        if not page["more"]:
            return page["epoch"], top

"""Who asks for help and who answers, through whatever happens to the house; and what their diaries say of it."""

import asyncio
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress

from loadtests import doorway
from loadtests.client import Client, Ended, Refused
from loadtests.diary import Diary, Line
from loadtests.following import Event
from tests.faults.people import spelled
from tests.walks.house import House

ASK_AGAIN = {"unavailable", "overloaded", "rate", "internal"}
NEXT_SECONDS = 0.2
PATIENCE_SECONDS = 120.0

Diaries = dict[str, Diary]


class Person:
    """Comes back by itself, and asks until it is answered."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.diary = client.diary = Diary(lambda line: None)

    async def comes(self) -> None:
        self.client.returns = True
        while not self.client.is_open:
            with suppress(*doorway.NOT_LET_IN, Ended, Refused):
                await self.client.open()
                return
            await asyncio.sleep(NEXT_SECONDS)

    async def asks(self, kind: str, **fields: object) -> Event:
        """However often that takes; a refusal that will not change is raised."""
        while True:
            await self.client.until(lambda: self.client.is_open, PATIENCE_SECONDS)
            try:
                return await self.client.ask(kind, **fields)
            except (Ended, TimeoutError):
                pass
            except Refused as no:
                if no.code not in ASK_AGAIN:
                    raise
            await asyncio.sleep(NEXT_SECONDS)


class Asker(Person):
    """Asks for help, or writes something that worries; and goes on once someone has been there."""

    def __init__(self, client: Client, room: str, worrier: Person) -> None:
        super().__init__(client)
        self.room, self.worrier = room, worrier
        self.escalations = 0

    async def escalates(self, turn: int) -> None:
        if turn % 2:
            await self.asks("help", client_id=os.urandom(16), channel=self.room)
        else:
            seq = (await self.client.deliver(self.room, self.words(turn)))["seq"]
            await self.worrier.asks("escalate", channel=self.room, seq=seq, urgency="serious")
        self.escalations += 1
        await self.client.until(lambda: self._over() >= self.escalations, PATIENCE_SECONDS)

    def words(self, turn: int) -> str:
        """No two are the same: by them the ticket is known at the desk."""
        return f"it is all too much for me, {spelled(turn)}"

    def _over(self) -> int:
        return len({event["ticket"] for event in _heard(self.diary.lines, "ticket_settled")})


class Carer(Person):
    """Sees the desk, takes whatever nobody has, says that they are in contact, and closes it."""

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self._known: dict[str, Event] = {}
        self._read = 0  # lines of the diary

    async def cares(self) -> None:
        """Until cancelled. On every new line the desk is asked for anew."""
        line: object = None
        while True:
            await self.client.until(lambda: self.client.is_open, PATIENCE_SECONDS)
            if line is not self.client.welcome:
                line = self.client.welcome
                await self.asks("duty", state="on")
                await self.asks("desk")
            for ticket in list(self.open_tickets()):
                await self._looks_after(ticket)
            await asyncio.sleep(0.01)

    def open_tickets(self) -> Iterator[str]:
        lines = self.diary.lines[self._read :]
        self._read += len(lines)
        self._known |= {ticket["ticket"]: ticket for ticket in _tickets(lines)}
        mine = self.client.welcome["name"]
        for ticket in self._known.values():
            if ticket["state"] == "open" or (ticket["state"] != "settled" and ticket["taken_by"] == mine):
                yield ticket["ticket"]

    async def _looks_after(self, ticket: str) -> None:
        with suppress(Refused):  # someone else was first
            held = await self.asks("take", ticket=ticket)
            await self.asks("contact", ticket=ticket, fence=held["fence"])
            await self.asks("settle", ticket=ticket, fence=held["fence"], outcome="referred")


def lost(askers: Iterable[Asker], carers: Iterable[Person]) -> list[str]:
    """What was answered to someone who asked, or done for them, and is not at the desk in anyone's diary."""
    at_the_desk = [ticket for carer in carers for ticket in _tickets(carer.diary.lines)]
    ids = {ticket["ticket"] for ticket in at_the_desk}
    texts = {ticket["text"] for ticket in at_the_desk}
    missing = []
    for asker in askers:
        missing += [
            event["ticket"] for event in _heard(asker.diary.lines, "help_received") if event["ticket"] not in ids
        ]
        missing += [
            line.frame["text"]
            for line in asker.diary.lines
            if line.what == "sent" and line.frame["type"] == "post" and line.frame["text"] not in texts
        ]
    return missing


def held_twice(carers: Iterable[Carer]) -> list[tuple[str, int]]:
    """One fence of one ticket has one holder: by what was answered to each, and by what each saw at the desk."""
    holders: dict[tuple[str, int], set[str]] = defaultdict(set)
    for carer in carers:
        mine = carer.client.welcome["name"]
        for event in _heard(carer.diary.lines, "holding"):
            holders[event["ticket"], event["fence"]].add(mine)
        for ticket in _tickets(carer.diary.lines):
            if ticket["taken_by"]:
                holders[ticket["ticket"], ticket["fence"]].add(ticket["taken_by"])
    return [which for which, names in holders.items() if len(names) > 1]


def claimed(carers: Iterable[Carer]) -> int:
    return len({(event["ticket"], event["fence"]) for each in carers for event in _heard(each.diary.lines, "holding")})


def to_staff(askers: Iterable[Asker], carers: Iterable[Person]) -> list[tuple[float, float]]:
    """For each press of the help button: when, and how many seconds until some console showed its ticket."""
    shown: dict[str, float] = {}
    for carer in carers:
        for line in carer.diary.lines:
            for ticket in _in(line):
                shown[ticket["ticket"]] = min(line.at, shown.get(ticket["ticket"], line.at))
    pressed: list[tuple[float, float]] = []
    for asker in askers:
        first: dict[bytes, float] = {}
        asked: dict[int, bytes] = {}
        for line in asker.diary.lines:
            if line.what == "sent" and line.frame["type"] == "help":
                first.setdefault(line.frame["client_id"], line.at)
                asked[line.frame["ref"]] = line.frame["client_id"]
            elif line.what == "heard" and line.frame["type"] == "help_received" and line.frame["ticket"] in shown:
                at = first.pop(asked[line.frame["ref"]], None)
                if at is not None:
                    pressed.append((at, shown[line.frame["ticket"]] - at))
    return pressed


async def gathered(house: House, askers: int, carers: int) -> tuple[list[Asker], list[Carer]]:
    """Carers on every process, askers too, each asker in one of a few rooms."""
    team = [Carer((await house.moderator(f"Carer {chr(65 + place)}", 0)).client) for place in range(carers)]
    for place, carer in enumerate(team):
        carer.client.urls = _urls(house, place)
    rooms = [f"room:{house.fresh_room()}" for _ in range(5)]
    people = [
        Asker(house.client(place % len(house.servers)), rooms[place % len(rooms)], team[place % len(team)])
        for place in range(askers)
    ]
    await asyncio.gather(*(person.comes() for person in people))
    for person in people:
        await person.client.join(person.room)
    await asyncio.gather(*(carer.comes() for carer in team))
    return people, team


def _urls(house: House, place: int) -> list[str]:
    urls = [server.url for server in house.servers]
    first = place % len(urls)
    return [*urls[first:], *urls[:first]]


def _heard(lines: Iterable[Line], kind: str) -> Iterator[Event]:
    return (line.frame for line in lines if line.what == "heard" and line.frame["type"] == kind)


def _tickets(lines: Iterable[Line]) -> Iterator[Event]:
    for line in lines:
        yield from _in(line)


def _in(line: Line) -> Iterator[Event]:
    if line.what == "heard" and line.frame["type"] == "ticket_changed":
        yield line.frame["ticket"]
    elif line.what == "heard" and line.frame["type"] == "desk_state":
        yield from line.frame["tickets"]

"""G22: listeners race for people while processes and listeners die: one holder each, and a stale one is refused."""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Collection, Iterable, Iterator
from contextlib import suppress

from loadtests import doorway
from loadtests.client import Client, Ended, Refused
from loadtests.following import INBOX, Event
from loadtests.session import Denied, Session
from tests.faults.conftest import IS_FULL, Outcome
from tests.faults.house import Faulty, kill_in_turn
from tests.faults.stores import Single
from tests.walks.house import PASSPHRASE, PROGRAM

SERVERS = 2
LISTENERS, PEOPLE = (100, 1_000) if IS_FULL else (6, 24)
VANISH, FALL_SILENT = (10, 10) if IS_FULL else (1, 1)  # of the listeners, each with their first person
POLL_S = 1.0 if IS_FULL else 0.1
PATIENCE_S = 10.0 if IS_FULL else 0.1  # who waits asks this often, and looks up when they hear something
ARRIVE_AT_ONCE = 20
KILLS = 12 if IS_FULL else 2  # of processes, one after the other, while people are served
TOO_MANY = 429
ALMOST_NO = (Ended, Refused, *doorway.NOT_LET_IN)

# An evening in seconds. Nobody rests; what is looked at within a minute is looked at within seconds.
QUICK = {
    "attend_lapse_ms": "3000",
    "attend_ms": "500",
    "look_ms": "500",
    "silent_ms": "4000",
    "nudge_ms": "2000",
    "wrap_up_ms": "1",
    "long_wrap_up_ms": "1",
    "listens_per_day": "100000",
}
STALE_S = 20.0  # within which who was lost comes back and says one thing more
REQUEUED_S = 3.0 + 0.5 + 2 * 0.5 + 20.0  # the lease, a beat and the looks; and a process that is being started again


class Race:
    """Everyone in it, and what each of them has heard: a checker is given nothing else."""

    def __init__(self, house: Faulty, chance: random.Random) -> None:
        self.house, self.chance = house, chance
        self.people: dict[str, Client] = {}
        self.team: dict[str, Client] = {}
        self.served: set[str] = set()
        self.lost: dict[str, tuple[str, float]] = {}  # a one-to-one whose listener is gone: how, and since when
        self.refused: list[str] = []
        self.held_at_once = 0  # the most one-to-ones that anybody was ever told to have

    async def arrive(self) -> None:
        sessions = {f"Listener {place}": Session() for place in range(LISTENERS)}
        await at_once(self._is_invited(name, session) for name, session in sessions.items())
        for place, (name, session) in enumerate(sessions.items()):
            self.team[name] = self.house.client(place % SERVERS, session=session, returns=True)
        for place in range(PEOPLE):
            self.people[f"person {place}"] = self.house.client(place % SERVERS, returns=True)
        await at_once(client.open() for client in (*self.team.values(), *self.people.values()))

    async def _is_invited(self, name: str, session: Session) -> None:
        token = await asyncio.to_thread(self.house.invitation, "listener")
        while True:
            try:
                return await session.accept(self.house.servers[0].url, token, name, PASSPHRASE)
            except Denied as no:  # so many accounts in a minute are slowed down, and should be
                if no.status != TOO_MANY:
                    raise
                await asyncio.sleep(POLL_S)

    async def run(self) -> None:
        team = [asyncio.create_task(self._listens(client, place)) for place, client in enumerate(self.team.values())]
        await asyncio.gather(*(self._waits(who, client) for who, client in self.people.items()))
        with suppress(TimeoutError):
            async with asyncio.timeout(STALE_S):
                while len(self.refused) < len(self.lost):  # everyone may be served before the lost ones are back
                    await asyncio.sleep(POLL_S)
        for task in team:
            task.cancel()
        await asyncio.gather(*team, return_exceptions=True)

    @property
    def progress(self) -> float:
        return len(self.served) / PEOPLE

    async def _waits(self, who: str, client: Client) -> None:
        client_id = os.urandom(16)
        state: Event = {"ones": []}
        while True:
            with suppress(*ALMOST_NO):
                await client.until(lambda: client.is_open, 120)
                state = await self._state(client)
                if any(end["why"] == "goodbye" for end in client.of(INBOX).of("one_ended")):
                    if await self._is_free(client, state):
                        self.served.add(who)
                        return
                elif state["ones"]:
                    await self._says(client, state["ones"][0]["channel"], "I am glad that you are here")
                elif state["place"] is None:
                    await client.ask("queue", client_id=client_id, draft="hello")
            known = len(list(turns(client)))
            with suppress(TimeoutError):
                pause = (POLL_S if state["ones"] else PATIENCE_S) * self.chance.uniform(0.5, 1.5)
                await client.until(lambda known=known: len(list(turns(client))) > known, pause)  # type: ignore[misc]

    async def _is_free(self, client: Client, state: Event) -> bool:
        """An end may be told so late that they had asked for someone else before: they want nobody any more."""
        if state["place"] is not None:
            await client.ask("leave_queue")
        for one in state["ones"]:
            await client.ask("goodbye", channel=one["channel"])
        return state["place"] is None and not state["ones"]

    async def _listens(self, client: Client, place: int) -> None:
        greeted: dict[str, int] = {}
        while True:
            with suppress(*ALMOST_NO):
                await client.until(lambda: client.is_open, 120)
                state = await self._state(client)
                if state["duties"] is None or state["duties"]["state"] in ("off", "break"):
                    await client.ask("listen", availability="available")
                if state["offer"]:
                    await client.ask("accept", offer=state["offer"]["offer"])
                for one in state["ones"]:
                    if place < VANISH + FALL_SILENT and not greeted:
                        await client.join(one["channel"])
                        greeted[one["channel"]] = 1
                        await self._is_lost(client, one["channel"], vanishes=place < VANISH)
                        break
                    await self._says(client, one["channel"], "I am here")
                    greeted[one["channel"]] = greeted.get(one["channel"], 0) + 1
                    if greeted[one["channel"]] >= 2:
                        await client.ask("goodbye", channel=one["channel"])
            await asyncio.sleep(POLL_S * self.chance.uniform(0.5, 1.5))

    async def _is_lost(self, client: Client, channel: str, *, vanishes: bool) -> None:
        """Holds someone and is gone, or is there and says nothing; and comes back to say one thing more."""
        self.lost[channel] = ("listener_gone" if vanishes else "listener_silent", time.monotonic())
        if vanishes:
            client.returns = False
            await client.lose()
        while not self._ended(channel):
            await asyncio.sleep(POLL_S)
        if vanishes:
            client.rooms.pop(channel)
            client.returns = True
            await client.come_back()
        try:  # a process may be killed just now: it is said until it is answered
            await client.deliver(channel, "The kettle is on and the window is open")
        except Refused as no:
            self.refused.append(no.code)

    async def _state(self, client: Client) -> Event:
        state = await client.ask("listening")
        self.held_at_once = max(self.held_at_once, len(state["ones"]))
        return state

    def _ended(self, channel: str) -> bool:
        ends = (end for client in self.people.values() for end in client.of(INBOX).of("one_ended"))
        return any(end["one"]["channel"] == channel for end in ends)

    async def _says(self, client: Client, channel: str, text: str) -> None:
        if channel not in client.rooms:
            await client.join(channel)
        await client.post(channel, text)


async def at_once(work: Iterable[Awaitable[object]]) -> None:
    gate = asyncio.Semaphore(ARRIVE_AT_ONCE)

    async def one(each: Awaitable[object]) -> None:
        async with gate:
            await each

    await asyncio.gather(*map(one, work))


def turns(client: Client) -> Iterator[Event]:
    """What began and ended for someone, in the order of their inbox."""
    events = client.of(INBOX).events
    return (events[seq] for seq in sorted(events) if events[seq]["type"] in ("one_began", "one_ended"))


async def until_whole(clients: Collection[Client]) -> None:
    """Who was away is sent what they missed in pages, after what is new.

    And an end may be told after the next beginning: who was to tell it died, and another process found it left.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(STALE_S):
            while any(missed(client) or still_open(client) for client in clients):
                await asyncio.sleep(POLL_S)


def missed(client: Client) -> int:
    """How many events of their inbox they know to be there and have not heard."""
    events = client.of(INBOX).events
    return max(events) - min(events) + 1 - len(events) if events else 0


def still_open(client: Client) -> set[str]:
    """What began for them and was never told to be over."""
    told = list(turns(client))
    began, over = (
        {each["one"]["channel"] for each in told if each["type"] == kind} for kind in ("one_began", "one_ended")
    )
    return began - over


async def test_g22_each_person_has_one_holder_and_who_lost_theirs_is_at_the_head_again(
    chance: random.Random, outcome: Outcome
) -> None:
    with Single("always") as store, Faulty(store, SERVERS, PROGRAM, **QUICK) as house:
        race = Race(house, chance)
        await race.arrive()
        killing = asyncio.create_task(
            kill_in_turn(house.servers, KILLS, chance, lambda turn: race.progress >= (turn + 1) / (KILLS + 2))
        )
        waits = asyncio.create_task(until_requeued(race))
        await race.run()
        await killing
        requeued = await waits
        await until_whole((*race.people.values(), *race.team.values()))
        began: dict[str, list[str]] = {}
        for who, client in (*race.people.items(), *race.team.items()):
            assert still_open(client) == set(), who
            for event in turns(client):
                if event["type"] == "one_began":
                    began.setdefault(event["one"]["channel"], []).append(who)
        for channel, both in began.items():
            assert len(both) == 2, f"{channel}: {both}"
            assert {who.split()[0] for who in both} == {"person", "Listener"}
        assert race.held_at_once == 1
        assert len(race.served) == PEOPLE
        assert len(race.lost) == VANISH + FALL_SILENT
        assert len(race.refused) == len(race.lost), "every stale word is refused"
        assert set(race.refused) <= {"closed", "not_joined"}
        assert max(requeued, default=0.0) <= REQUEUED_S
        outcome.notes(
            f"{LISTENERS} listeners, {PEOPLE} people, {len(began)} one-to-ones, {KILLS} kills",
            f"{len(race.lost)} lost their person, who was at the head again after {max(requeued):.1f} s at most",
        )
        for client in (*race.people.values(), *race.team.values()):
            await client.close()


async def until_requeued(race: Race) -> list[float]:
    """How long each person whose listener was lost had no living one, as they heard it themselves."""
    waited: dict[str, float] = {}
    while len(waited) < VANISH + FALL_SILENT:
        for channel, (why, since) in race.lost.items():
            if channel not in waited and race._ended(channel):
                waited[channel] = time.monotonic() - since
                ends = [end for client in race.people.values() for end in client.of(INBOX).of("one_ended")]
                end = next(end for end in ends if end["one"]["channel"] == channel)
                assert end["waits"], "at the head again"
                # Seconds apart here: a look that comes late after a kill finds who is gone silent as well.
                assert end["why"] in ("listener_gone", "listener_silent"), why
        await asyncio.sleep(0.05)
    return list(waited.values())

"""The queue and its one-to-ones by the rules alone, second by second, on processes that may die; whoever keeps watch
knows the world, and not only the records."""

from collections.abc import Callable, Container, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from server.domain import matching, one_to_one, queue, shifts
from server.domain.ages import Band
from server.domain.listening import Listener, Record, Talk, Terms, Waiting, key, listener_key, waiting_key
from server.domain.listening import Step as Change
from server.protocol.listening import TalkEnd
from tests.domain.listening_people import NOON
from tests.evenings.watch import SECOND, Watch

PEERS, LISTENERS, PROCESSES = 4, 3, 2

Pairs: TypeAlias = Callable[
    [Iterable[Record], Mapping[str, int], Container[str], int, Terms], list[tuple[Waiting, Listener]]
]


class Rules(NamedTuple):
    """As the server has them; one at a time is broken where the watch itself is to be tried."""

    pairs: Pairs = matching.pairs
    waiting: Callable[[Waiting, Listener | None, Mapping[str, int], int, Terms], Change | None] = queue.looked_at
    talk: Callable[[Talk, Waiting | None, Listener | None, one_to_one.Heard, int, Terms], Change | None] = (
        one_to_one.looked_at
    )
    ended: Callable[[Talk, Waiting | None, Listener | None, TalkEnd, int, Terms], Change] = one_to_one.ended


class Process(Struct):
    """Beats for its people, and looks at the records; each in its own second."""

    phase: int
    down_until: int = 0


class World:
    """`bands`: who is young, peers first. The records change by the rules of the server and by nothing else."""

    def __init__(self, bands: Iterable[Band], terms: Terms, rules: Rules | None = None) -> None:
        self.terms, self.rules, self.now = terms, rules or Rules(), NOON
        self.records: dict[str, Record] = {}
        self.seen: dict[str, int] = {}
        self.apart: set[str] = set()
        self.said: dict[str, list[tuple[str, int]]] = {}
        self.at: dict[str, int] = {}  # the process that someone is connected to
        self.back_at: dict[str, int] = {}
        self.speechless: set[str] = set()  # channels in which the listener says nothing any more
        self.writes_at: dict[str, int] = {}  # of a channel: its peer, once
        self.looks: dict[str, int] = {}
        self.processes = [Process(place) for place in range(PROCESSES)]
        self.names = [
            *(f"peer {place}" for place in range(PEERS)),
            *(f"listener {place}" for place in range(LISTENERS)),
        ]
        self.bands = dict(zip(self.names, bands, strict=True))
        self.watch = Watch(terms, self.bands)
        self._offers = 0

    def comes(self, name: str, more: int = 0) -> None:
        """Through one of the processes that run."""
        alive = [place for place, process in enumerate(self.processes) if process.down_until <= self.now]
        self.back_at.pop(name, None)
        self.at[name] = alive[more % len(alive)]
        self.watch.comes(name)
        if waiting_key(name) in self.records or listener_key(name) in self.records:
            self.seen[name] = self.now

    # -- what time does

    def second(self) -> None:
        self.now += SECOND
        for name in [name for name, at in self.back_at.items() if at <= self.now]:
            self.comes(name, self.names.index(name))
        for talk in self.talks(0):
            if self.writes_at.get(talk.channel) == self.now and talk.person in self.at:
                self.says(talk.channel, talk.person)
        for process in self.processes:
            if process.down_until <= self.now:
                self._works(process)
        self.watch.looks(self.now, self.records, self.at, self.said)

    def _works(self, process: Process) -> None:
        second = self.now // SECOND + process.phase
        if second % (self.terms.beat // SECOND) == 0:
            mine = self.processes.index(process)
            for name, at in self.at.items():
                if at == mine and (waiting_key(name) in self.records or listener_key(name) in self.records):
                    self.seen[name] = self.now
        if second % 2 == 0 and (due := self.claims()):
            for each in due:
                if each in self.records:
                    self._looked(self.records[each])
            self.match()

    def claims(self) -> list[str]:
        """As the store gives out what is to be looked at: nobody else is given it for two seconds."""
        due = [each for each in self.records if self.looks.get(each, 0) <= self.now]
        self.looks |= dict.fromkeys(due, self.now + 2 * SECOND)
        return due

    def says(self, channel: str, name: str) -> None:
        self.said[channel].append((name, self.now))
        self.watch.hears(channel, name, self.now)

    def _looked(self, record: Record) -> None:
        match record:
            case Waiting():
                step = self.rules.waiting(record, self.offered_to(record), self.seen, self.now, self.terms)
            case Listener():
                step = shifts.looked_at(record, self.now, self.terms)
            case Talk():
                waiting, listener = self.waiting(record.person), self.listening(record.listener)
                seen, said = self.seen.get(record.listener, 0), self.said[record.channel][-100:]
                heard = one_to_one.heard_of(record, said, seen, cared_for=False)
                step = self.rules.talk(record, waiting, listener, heard, self.now, self.terms)
        self.change(step)

    def match(self) -> None:
        everyone = list(self.records.values())
        for waiting, listener in self.rules.pairs(everyone, self.seen, self.apart, self.now, self.terms):
            if self.has_changed(waiting):
                self.match()
                return
            before = list(self.records.values())
            self._offers += 1
            self.change(queue.offered(waiting, listener, f"offer {self._offers}", self.now, self.terms))
            self.watch.offers(waiting, listener.person, before, self.seen, self.now)

    def has_changed(self, waiting: Waiting) -> bool:
        """As the server asks before it offers anyone, and before anyone is accepted."""
        avoids, band = self.watch.avoided(waiting.person), self.bands[waiting.person]
        step = queue.now_known(waiting, self.offered_to(waiting), avoids, band, self.now, self.terms)
        self.change(step)
        return step is not None

    def end(self, talk: Talk, why: TalkEnd) -> None:
        waiting, listener = self.waiting(talk.person), self.listening(talk.listener)
        self.change(self.rules.ended(talk, waiting, listener, why, self.now, self.terms))
        if why is TalkEnd.STOPPED:
            self.watch.parts(talk.person, talk.listener)

    def change(self, step: Change | None) -> None:
        if step is None:
            return
        before = dict(self.records)
        for each, record in step.records.items():
            if record is None:
                self.records.pop(each, None)
            else:
                assert key(record) == each
                self.records[each] = record
                self.looks.setdefault(each, self.now)
                if isinstance(record, Talk):
                    self.said.setdefault(record.channel, [])
        if step.apart:
            self.apart.add(step.apart)
        self.watch.changes(before, self.records, self.now)

    # --

    def anyone(self, who: int) -> str:
        return self.names[who % len(self.names)]

    def peer(self, who: int) -> str:
        return self.names[who % PEERS]

    def listener(self, who: int) -> str:
        return self.names[PEERS + who % LISTENERS]

    def waiting(self, person: str) -> Waiting | None:
        found = self.records.get(waiting_key(person))
        return found if isinstance(found, Waiting) else None

    def listening(self, person: str) -> Listener | None:
        found = self.records.get(listener_key(person))
        return found if isinstance(found, Listener) else None

    def offered_to(self, waiting: Waiting | None) -> Listener | None:
        return self.listening(waiting.to) if waiting is not None and waiting.to else None

    def talks(self, first: int) -> list[Talk]:
        talks = [each for each in self.records.values() if isinstance(each, Talk) and not each.over]
        return talks[first % len(talks) :] + talks[: first % len(talks)] if talks else []

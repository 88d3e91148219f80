"""The independent witness: reads only people's diaries, and says what was lost, came twice or out of order."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from loadtests.diary import Line, kept
from loadtests.following import DESK, INBOX, Event, numbered_in

LOST, TWICE, DISORDER, DIFFERENT = "lost", "twice", "out of order", "different"
UNANSWERED, ERROR = "unanswered", "error"
FAULTS = (LOST, TWICE, DISORDER, DIFFERENT, UNANSWERED, ERROR)

UNANSWERED_BY_DESIGN = {"typing", "hand"}
# What people meet in a room that works; every other refusal is an error.
MET_BY_PEOPLE = {"slow_mode", "rate", "muted", "closed", "blocked", "removed", "conflict", "gone", "no_message"}
BUSY = {429, 503}  # "too many at once": a newcomer waits and asks again

Numbers = tuple[str, int]  # whose numbers: a channel in one epoch


class Fault(NamedTuple):
    kind: str
    who: str
    what: str


@dataclass
class Verdict:
    """`counts`: what was seen, `refusals` by code, and the faults."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def of(self, kind: str) -> int:
        return sum(fault.kind == kind for fault in self.faults)


@dataclass
class Stay:
    """What one person knows of a channel, over as many connections as resumed it."""

    who: str
    numbers: Numbers
    start: int | None  # everything above it is owed; none: the first number heard says
    position: int
    top: int = 0
    seen: set[int] = field(default_factory=set)
    here: bool = True

    def owed(self, top: int) -> range:
        start = self.position if self.start is None else self.start
        return range(start + 1, (top if self.here else self.top) + 1)


class Room:
    """What all diaries together say of one channel's numbers."""

    def __init__(self) -> None:
        self.top = 0
        self.gone: set[int] = set()
        self.said: dict[int, tuple[str, bytes]] = {}
        self.shown: dict[bytes, int] = {}


class Witness:
    """Reads one diary after the other, then judges."""

    def __init__(self) -> None:
        self.verdict = Verdict()
        self.rooms: dict[Numbers, Room] = {}
        self.stays: list[Stay] = []

    def judges(self) -> Verdict:
        for stay in self.stays:
            room = self.rooms[stay.numbers]
            for seq in stay.owed(room.top):
                if seq not in stay.seen and seq not in room.gone:
                    self.fault(LOST, stay.who, f"{stay.numbers[0]} {seq}")
        return self.verdict

    def reads(self, who: str, lines: Iterable[Line]) -> None:
        reading = Reading(self, who)
        for line in lines:
            reading.reads(line)
        reading.ends()

    def room(self, numbers: Numbers) -> Room:
        return self.rooms.setdefault(numbers, Room())

    def fault(self, kind: str, who: str, what: str) -> None:
        self.verdict.faults.append(Fault(kind, who, what))

    def is_said(self, who: str, numbers: Numbers, seq: int, event: Event) -> None:
        """By an acknowledgement or by being heard: one number, one message; one message, one number."""
        room, message = self.room(numbers), (event["id"], event["client_id"])
        room.top = max(room.top, seq)
        if room.said.setdefault(seq, message) != message:
            self.fault(DIFFERENT, who, f"{numbers[0]} {seq} is two messages")
        if room.shown.setdefault(message[1], seq) != seq:
            self.fault(TWICE, who, f"{numbers[0]} {seq} was said at {room.shown[message[1]]} before")


class Reading:
    """One person's diary, read from its beginning."""

    def __init__(self, witness: Witness, who: str) -> None:
        self.witness, self.who = witness, who
        self.counts = witness.verdict.counts
        self.stays: dict[str, Stay] = {}
        self.asked: dict[int, Event] = {}
        self.unanswered_posts: set[bytes] = set()
        self.wanted_to_end = False

    def reads(self, line: Line) -> None:
        match line.what:
            case "sent":
                self._sent(line.frame)
            case "heard" if line.seq:
                self._heard(line.seq, line.frame)
            case "heard":
                self._answered(line.frame)
            case "opened" | "cut":
                self.wanted_to_end = line.what == "cut"
            case "leaves":
                self.wanted_to_end = True
                self.unanswered_posts.clear()
                self._is_gone()
            case "ended":
                self._ended(line.frame["code"])
            case "failed" if line.frame["status"] in BUSY:
                self.witness.verdict.refusals["busy"] += 1
            case "failed":
                self._fault(ERROR, f"no connection: {line.frame['why']}")

    def ends(self) -> None:
        """What waits at the end of the diary waits for ever."""
        for command in self.asked.values():
            if command["type"] != "post":
                self._fault(UNANSWERED, command["type"])
        for client_id in self.unanswered_posts:
            self._fault(UNANSWERED, f"post {client_id.hex()}")

    def _sent(self, command: Event) -> None:
        if command["type"] in UNANSWERED_BY_DESIGN:
            return
        self.asked[command["ref"]] = command
        if command["type"] == "post":
            self.unanswered_posts.add(command["client_id"])

    def _answered(self, event: Event) -> None:
        if event.get("ref", 0) == 0:
            if event["type"] == "refused":
                self._fault(ERROR, event["code"])
            return
        command = self.asked.pop(event["ref"], None)
        if command is None:
            self._fault(TWICE, f"an answer: {event['type']}")
            return
        self.unanswered_posts.discard(command.get("client_id", b""))
        match event["type"]:
            case "joined":
                self._entered(event["channel"], event["position"], event["resumed"], command["since"])
            case "welcome":
                self._entered(INBOX, event["inbox"], event["resumed"], command["inbox"])
            case "desk_state":
                self._entered(DESK, event["position"], "fresh", None)
            case "posted":
                self.counts["acknowledged"] += 1
                self.witness.is_said(self.who, self.stays[event["channel"]].numbers, event["seq"], event)
            case "held":
                self.counts["held"] += 1
            case "help_received":
                self.counts["escalations answered"] += 1
            case "done" if command["type"] == "accept":
                self.counts["one-to-ones begun"] += 1
            case "done" if command["type"] == "leave":
                self.stays[command["channel"]].here = False
            case "refused":
                self.witness.verdict.refusals[event["code"]] += 1
                if event["code"] not in MET_BY_PEOPLE:
                    self._fault(ERROR, f"{command['type']}: {event['code']}")

    def _entered(self, channel: str, position: Event, resumed: str, since: Event | None) -> None:
        self.counts[f"entered, {resumed}"] += 1
        before = self.stays.get(channel)
        if resumed == "resumed" and before is not None:
            before.here = True
            return
        whose = f"{INBOX} of {self.who}" if channel == INBOX else channel
        start = since["seq"] if since and resumed == "resumed" else None
        if before is not None:
            before.here = False
        stay = Stay(self.who, (whose, position["epoch"]), start, position["seq"])
        self.stays[channel] = stay
        self.witness.stays.append(stay)
        self.witness.room(stay.numbers)

    def _heard(self, seq: int, event: Event) -> None:
        stay = self.stays.get(numbered_in(event))
        if stay is None:
            self._fault(ERROR, f"heard {event['type']} of a channel that was not entered")
            return
        self.counts["heard"] += 1
        if stay.start is None:
            stay.start = min(seq - 1, stay.position)
        where = f"{stay.numbers[0]} {seq}"
        if seq in stay.seen:
            self._fault(TWICE, where)
        elif seq < stay.top:
            self._fault(DISORDER, f"{where} after {stay.top}")
        stay.seen.add(seq)
        stay.top = max(stay.top, seq)
        room = self.witness.room(stay.numbers)
        room.top = max(room.top, seq)
        match event["type"]:
            case "said":
                self.witness.is_said(self.who, stay.numbers, seq, event)
            case "removed":
                room.gone.add(event["gone"])

    def _is_gone(self) -> None:
        self.asked.clear()
        for stay in self.stays.values():
            stay.here = False

    def _ended(self, code: int) -> None:
        self._is_gone()
        if not self.wanted_to_end:
            self._fault(ERROR, f"the server ended the connection: {code}")

    def _fault(self, kind: str, what: str) -> None:
        self.witness.fault(kind, self.who, what)


def judge(diaries: Mapping[str, Iterable[Line]]) -> Verdict:
    witness = Witness()
    for who, lines in diaries.items():
        witness.reads(who, lines)
    return witness.judges()


def main() -> None:
    verdict = judge(kept(Path(sys.argv[1])))
    print(dict(verdict.counts), dict(verdict.refusals), *verdict.faults, sep="\n")
    sys.exit(bool(verdict.faults))


if __name__ == "__main__":
    main()

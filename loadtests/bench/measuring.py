"""Measures a subject beside the floor: both have their members in place, and take turns within the same second."""

import contextlib
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from loadtests.bench.load import Load, Reading, joined
from loadtests.bench.machine import Machine
from loadtests.bench.subject import Part, Running, Speech, Subject
from loadtests.bench.tools import Tools
from loadtests.ports import free_port

Figure = Callable[[Reading], float]

ROUNDS = 5
SECONDS = 0.8


@dataclass(frozen=True)
class Spread:
    """A figure of several rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        return min(self.values)

    @property
    def high(self) -> float:
        return max(self.values)


@dataclass(frozen=True)
class Round:
    """One turn of each: the subject, the floor that sends one by one, and where it was asked the one that joins."""

    subject: Reading
    floor: Reading
    joining: Reading | None = None


@dataclass
class Rounds:
    """All turns of one measurement. A share is taken within a round, so that a drift of the machine cancels."""

    turns: list[Round] = field(default_factory=list)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why rounds of the subject count for nothing, and rounds of the floor that were not whole."""
        return tuple(
            f"{name}{fault}"
            for turn in self.turns
            for name, fault in (("", turn.subject.fault), ("floor: ", turn.floor.fault))
            if fault
        )

    def of(self, figure: Figure) -> Spread:
        return Spread(tuple(figure(turn.subject) for turn in self.turns))

    def of_floor(self, figure: Figure) -> Spread:
        return Spread(tuple(figure(turn.floor) for turn in self.turns))

    def of_joining(self, figure: Figure) -> Spread:
        return Spread(tuple(figure(turn.joining) for turn in self.turns if turn.joining))

    def share(self, figure: Figure) -> Spread:
        """The subject's figure as a share of the one-send floor's."""
        return Spread(tuple(figure(turn.subject) / figure(turn.floor) for turn in self.turns if figure(turn.floor)))


@dataclass
class Stand:
    """A subject and both floors, each with the same members in place."""

    subject: Load
    floor: Load
    joining: Load
    running: Running

    def measure(
        self,
        *,
        window: int = 1,
        rate: float = 0.0,
        seconds: float = SECONDS,
        rounds: int = ROUNDS,
        joining: bool = True,
        **more: float,
    ) -> Rounds:
        """So many rounds, each of one phase of `seconds` for every side."""
        sides = (self.subject, self.floor, self.joining)[: 3 if joining else 2]
        measured = Rounds()
        for _ in range(rounds):
            turn = [side.measure(window=window, rate=rate, seconds=seconds, **more) for side in sides]
            measured.turns.append(Round(*turn))
        return measured


@dataclass(frozen=True)
class Bench:
    """The machine and the tools: `stand` puts a subject on it."""

    machine: Machine
    tools: Tools

    @contextlib.contextmanager
    def stand(
        self, subject: Subject, members: int, rooms: int = 1, *, pubs: int = 16, settle: float = 0.5, stalled: int = 0
    ) -> Iterator[Stand]:
        """Starts the subject and measures it there; see `beside` for one that runs already."""
        with (
            subject.running(self.machine) as running,
            self.beside(
                running,
                subject.speech(running, members, rooms),
                members,
                rooms,
                pubs=pubs,
                settle=settle,
                stalled=stalled,
            ) as stand,
        ):
            yield stand

    @contextlib.contextmanager
    def beside(
        self,
        running: Running,
        speech: Speech,
        members: int,
        rooms: int = 1,
        *,
        pubs: int = 16,
        settle: float = 0.5,
        stalled: int = 0,
    ) -> Iterator[Stand]:
        """Both floors beside a subject that runs, with as many members each."""
        floors = [floor(self.tools, speech.floor_messages, joins=joins) for joins in (False, True)]
        with contextlib.ExitStack() as stack:
            up = [stack.enter_context(each.running(self.machine)) for each in floors]
            plain, joining = (
                stack.enter_context(
                    joined(self.tools, self.machine, here, each.speech(here, members, rooms), members, rooms, pubs)
                )
                for each, here in zip(floors, up, strict=True)
            )
            load = joined(self.tools, self.machine, running, speech, members, rooms, pubs, settle, stalled)
            yield Stand(stack.enter_context(load), plain, joining, running)

    def joined(
        self, running: Running, speech: Speech, members: int, rooms: int = 1, settle: float = 0.5, stalled: int = 0
    ) -> AbstractContextManager[Load]:
        """Members of a subject that runs, without floors."""
        return joined(self.tools, self.machine, running, speech, members, rooms, settle=settle, stalled=stalled)

    def measure(
        self,
        subject: Subject,
        members: int,
        rooms: int = 1,
        window: int = 1,
        seconds: float = SECONDS,
        rounds: int = ROUNDS,
        pubs: int = 16,
    ) -> Rounds:
        """One measurement, from nothing to nothing."""
        with self.stand(subject, members, rooms, pubs=pubs) as stand:
            return stand.measure(window=window, seconds=seconds, rounds=rounds)


def floor(tools: Tools, messages: Sequence[bytes], *, joins: bool) -> Subject:
    """The C server that hands on what it hears: one send() per delivery, or joined for each turn of its loop."""
    port = free_port()
    return Subject(
        name="floor, joining" if joins else "floor",
        parts=(Part((str(tools.cfloor), str(port), *(["-c"] if joins else [])), port=port),),
        ports=(port,),
        speech=lambda running, members, rooms: Speech(tuple(messages), path="/r/%r", expect=1),
    )

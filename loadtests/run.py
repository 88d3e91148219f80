"""One run: its evening, its people, what they wrote down, and how it ends."""

import asyncio
import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from loadtests import summary
from loadtests.diary import Diary, Line
from loadtests.people import Evening, Person
from loadtests.stopwatch import KINDS, Stopwatch
from loadtests.witness import Verdict, judge

LAST_WORDS_SECONDS = 20.0  # to finish a line, to come back
SETTLING_SECONDS = 10.0  # for what is under way to arrive
LOOK_SECONDS = 0.05
LAG = "(our own loop was late)"  # is part of every other figure

Tell = Callable[[str, float], None]


class Run:
    """Lives in one event loop; `tell` hears every measured time as it is taken."""

    def __init__(self, evening: Evening, tell: Tell, metrics: str = "") -> None:
        self.evening = evening
        self.diaries: dict[str, Diary] = {}
        self.verdict = Verdict()
        self._tell = tell
        self._metrics = metrics
        self._before = summary.scrape(metrics)
        self._taken: dict[str, list[float]] = {kind: [] for kind in (*KINDS, LAG)}
        self._said: dict[bytes, float] = {}
        self._persons: list[Person] = []
        self._busy: set[Person] = set()

    async def hosts(self, kind: type[Person]) -> None:
        """One person, from the door until they are sent home."""
        diary = Diary(Stopwatch(self._said, self._took).reads)
        self.diaries[f"{kind.__name__.lower()} {len(self.diaries)}"] = diary
        person = kind(self.evening, diary)
        self._persons.append(person)
        self._busy.add(person)
        try:
            await person.visits()
            self._busy.discard(person)
            await asyncio.Event().wait()
        except Exception as bug:
            diary("failed", {"why": repr(bug), "status": 0})
            raise
        finally:
            self._busy.discard(person)
            await person.client.close()

    async def closes(self) -> dict[str, list[Line]]:
        """Nobody begins a new line, whoever is away comes back, what is under way arrives; gives the diaries."""
        self.evening.closing.set()
        await _until(lambda: not self._busy, LAST_WORDS_SECONDS)
        await _until(self._all_have_heard_all, SETTLING_SECONDS)
        return {who: list(diary.lines) for who, diary in self.diaries.items()}

    def tells(self, diaries: dict[str, list[Line]]) -> Iterator[str]:
        """The summary, with the witness's verdict at its end."""
        self.verdict = judge(diaries)
        kinds = Counter(type(person).__name__.lower() for person in self._persons)
        yield f"{len(self._persons)} people: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        yield from summary.times(self._taken)
        yield from summary.meters(self._before, summary.scrape(self._metrics), self.verdict.counts["heard"])
        yield from summary.judgement(self.verdict)

    @property
    def went_well(self) -> bool:
        return not self.verdict.faults and self.verdict.counts["acknowledged"] > 0

    async def watches_the_loop(self) -> None:
        """How late our own side is; runs until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await asyncio.sleep(LOOK_SECONDS)
            self._taken[LAG].append((loop.time() - began - LOOK_SECONDS) * 1_000)

    def _took(self, kind: str, milliseconds: float) -> None:
        self._taken[kind].append(milliseconds)
        self._tell(kind, milliseconds)

    def _all_have_heard_all(self) -> bool:
        tops = defaultdict[str, set[int]](set)
        for person in self._persons:
            if person.client.is_open:
                for channel in person.channels:
                    tops[channel].add(person.client.of(channel).top)
        return all(len(heard) == 1 for heard in tops.values())


async def _until(true: Callable[[], bool], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not true():
                await asyncio.sleep(LOOK_SECONDS)

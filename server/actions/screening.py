"""Has every text screened before anyone sees it, within deadlines, and holds what could not be screened."""

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from operator import itemgetter
from typing import NamedTuple, cast

from msgspec import structs

from server import metrics
from server.config import Settings
from server.domain.screening import (
    CONTEXT_TEXTS,
    Adviser,
    Opinion,
    Policy,
    Ruling,
    Runs,
    Screened,
    Screener,
    Surface,
    Verdict,
    rule,
    unscreened,
)

CONTEXT_SECONDS = 600  # a conversation's memory, not a person's
CONTEXT_CHARACTERS = 400  # of each text: the end of it is what the next one goes on from
CONTEXT_PLACES = 10_000  # (person, channel) pairs that one process keeps in mind
PLAIN = "hello"
# What a screener may break with: who wrote it may end a thread by `sys.exit`, or cancel what it waits for itself.
BREAKS = (Exception, SystemExit, asyncio.CancelledError)
THREADS = 2  # a screener that hangs takes its thread with it; what follows is late, and held

logger = logging.getLogger(__name__)
_words_of = itemgetter(1)


class Nonsense(Exception):
    """A screener answered with something that is not an opinion."""


class Recent:
    """The last few texts of each person in each channel, for ten minutes, in memory only."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._texts: OrderedDict[tuple[str, str], list[tuple[float, str]]] = OrderedDict()

    def joined_by(self, person: str, channel: str, text: str) -> tuple[str, ...]:
        """Keeps the text in mind; what was said before it."""
        now = self._clock()
        oldest, place = now - CONTEXT_SECONDS, (person, channel)
        texts = self._texts.get(place)
        if texts is None:
            texts = self._texts[place] = []
        else:
            self._texts.move_to_end(place)
        while texts and texts[0][0] <= oldest:
            del texts[0]
        before = tuple(map(_words_of, texts))
        texts.append((now, text[-CONTEXT_CHARACTERS:]))
        del texts[:-CONTEXT_TEXTS]
        self._forget(oldest)
        return before

    def forget(self, person: str) -> None:
        for place in [place for place in self._texts if place[0] == person]:
            del self._texts[place]

    def _forget(self, oldest: float) -> None:
        while True:
            place, texts = next(iter(self._texts.items()))  # there is one: the last that spoke
            if texts[-1][0] > oldest and len(self._texts) <= CONTEXT_PLACES:
                return
            del self._texts[place]


class Panel(NamedTuple):
    """A policy with its screeners: those that work in the loop, those elsewhere, and those asked where these doubt."""

    policy: Policy
    inline: tuple[Screener, ...]
    elsewhere: tuple[Screener, ...]
    advisers: tuple[Adviser, ...]

    @classmethod
    def of(cls, policy: Policy, screeners: Iterable[Screener]) -> "Panel":
        by_place: dict[Runs, list[Screener]] = {place: [] for place in Runs}
        for screener in screeners:
            by_place[screener.runs].append(screener)
        return cls(
            policy,
            tuple(by_place[Runs.INLINE]),
            (*by_place[Runs.THREAD], *by_place[Runs.REMOTE]),
            cast(tuple[Adviser, ...], tuple(by_place[Runs.ADVISES])),
        )

    def asked(self, screened: Screened, heard: Sequence[tuple[Opinion, ...] | None]) -> tuple[Adviser, ...]:
        """The advisers who are, where those in the loop said this."""
        if not any(heard) or not self.advisers:  # nearly always
            return ()
        return tuple(adviser for adviser in self.advisers if adviser.is_asked(screened, _opinions_of(heard)))


class Pipeline:
    """Judges by the policy that is in force. A text is judged by one panel from its first screener to its ruling."""

    def __init__(
        self,
        policy: Policy,
        screeners: Iterable[Screener],
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._threads: ThreadPoolExecutor | None = None
        self._recent = Recent(clock)
        self._clock = clock
        self._has_failed = False
        self.convene(policy, screeners)

    def convene(self, policy: Policy, screeners: Iterable[Screener]) -> None:
        """From the next text on, these judge; what is being judged now is finished by those before."""
        self._asked_at = -math.inf  # whether these work is not known yet
        self._panel = Panel.of(policy, screeners)

    def screen_message(
        self,
        person: str,
        channel: str,
        text: str,
        *,
        level: str = "standard",
        surface: Surface = Surface.MESSAGE,
        languages: Sequence[str] = (),
        region: str = "",
        room: str = "",
    ) -> Ruling | Awaitable[Ruling]:
        """Screens clean text in the light of what the same person last said here, and keeps it in mind.

        There is something to wait for only where a screener works in a thread or outside, or one is asked for advice.
        """
        context = self._recent.joined_by(person, channel, text)
        panel = self._panel
        level = panel.policy.level(room, level)
        screened = Screened.of(text, surface, level, languages=languages, context=context, region=region, room=room)
        heard = self._heard(panel, screened)
        asked = panel.asked(screened, heard)
        if panel.elsewhere or asked:
            return self._ruled_with_others(panel, asked, screened, heard)
        return self._ruled(panel.policy, screened, heard)

    async def screen(self, screened: Screened) -> Ruling:
        """Never raises; without a screener in a thread or outside, and without doubt, it never waits."""
        panel = self._panel
        heard = self._heard(panel, screened)
        return await self._ruled_with_others(panel, panel.asked(screened, heard), screened, heard)

    async def _ruled_with_others(
        self,
        panel: Panel,
        advisers: Sequence[Adviser],
        screened: Screened,
        heard: list[tuple[Opinion, ...] | None],
    ) -> Ruling:
        if panel.elsewhere or advisers:
            told = structs.replace(screened, heard=tuple(_opinions_of(heard))) if advisers else screened
            heard += await asyncio.gather(
                *(self._awaited(screener, screened) for screener in panel.elsewhere),
                *(self._advised(adviser, told) for adviser in advisers),
            )
        return self._ruled(panel.policy, screened, heard)

    def _heard(self, panel: Panel, screened: Screened) -> list[tuple[Opinion, ...] | None]:
        return [self._asked(screener, screened) for screener in panel.inline]

    def _ruled(self, policy: Policy, screened: Screened, heard: list[tuple[Opinion, ...] | None]) -> Ruling:
        if not any(heard) and None not in heard:
            return Ruling(Verdict.ALLOW, screened.text)
        self._has_failed |= None in heard
        ruling = rule(_opinions_of(heard), policy, screened)
        return unscreened(ruling, screened) if None in heard else ruling

    async def works(self) -> bool:
        """True where every screener has an opinion, in time.

        Asked with a word that means nothing: now and then, and each time while one has failed.
        """
        now = self._clock()
        if self._has_failed or now - self._asked_at >= self._settings.screening_check_ms / 1000:
            self._asked_at = now
            self._has_failed = (await self.screen(Screened.of(PLAIN))).unscreened
        return not self._has_failed

    def forget(self, person: str) -> None:
        """What this process has in mind of their last texts, for the sake of the next one."""
        self._recent.forget(person)

    def close(self) -> None:
        """Lets go of the threads; a hung one ends with the process."""
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)

    def _asked(self, screener: Screener, screened: Screened) -> tuple[Opinion, ...] | None:
        """What it said, or None where it failed."""
        try:
            answer = screener.screen(screened)
            return () if answer == () else _opinions(answer, screened)
        except BREAKS as fault:
            _tell(screener, fault)
            return None

    async def _awaited(self, screener: Screener, screened: Screened) -> tuple[Opinion, ...] | None:
        try:
            async with asyncio.timeout(self._deadline(screener)):
                return _opinions(await self._answer(screener, screened), screened)
        except BREAKS as fault:
            task = asyncio.current_task()
            if isinstance(fault, asyncio.CancelledError) and task is not None and task.cancelling():
                raise  # it was we who gave up
            _tell(screener, fault)
            return None

    async def _advised(self, adviser: Adviser, screened: Screened) -> tuple[Opinion, ...]:
        """Nothing where it fails: what the others said stands without it."""
        try:
            advice = await adviser.advice(screened)
            given = () if advice is None else _opinions(advice, screened)
        except (Exception, SystemExit) as fault:
            _tell(adviser, fault)
            advice, given = None, ()
        metrics.advice.inc("none" if advice is None else "given")
        return given

    def _answer(self, screener: Screener, screened: Screened) -> Awaitable[object]:
        if screener.runs is Runs.REMOTE:
            return cast(Awaitable[object], screener.screen(screened))
        if self._threads is None:
            self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="screening")
        return asyncio.get_running_loop().run_in_executor(self._threads, screener.screen, screened)

    def _deadline(self, screener: Screener) -> float:
        remote = screener.runs is Runs.REMOTE
        return (self._settings.screening_remote_ms if remote else self._settings.screening_ms) / 1000


def _opinions_of(heard: Iterable[tuple[Opinion, ...] | None]) -> Iterator[Opinion]:
    return (opinion for opinions in heard for opinion in opinions or ())


def _opinions(answer: object, screened: Screened) -> tuple[Opinion, ...]:
    if not isinstance(answer, tuple):
        raise Nonsense
    for opinion in answer:
        if not isinstance(opinion, Opinion) or not opinion.sensible(len(screened.text)):
            raise Nonsense
    return answer


def _tell(screener: Screener, fault: BaseException) -> None:
    """Says which and how, by type only: a message or traceback could quote the text."""
    logger.warning("screener %s failed: %s", screener.name, type(fault).__name__)

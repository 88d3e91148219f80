"""The policy by which this process judges: another is taken up between two texts, and only where it can be used."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from server import metrics
from server.actions.screening import Pipeline
from server.config import Settings
from server.domain.policies import STARTED, Files, Judged, Judging, PolicyBook, Version, concerns, digest, numbered
from server.protocol.refusals import Refused
from server.store.clock import Clock
from server.store.policies import Policies as Kept
from server.store.policies import opened

SAY_MS = 10_000  # so that who asks knows which processes live
TURN_S = 0.0005  # for how long the building of matchers may keep the loop from its next turn

USUAL_S = sys.getswitchinterval()

log = logging.getLogger("porchlight.policy")

P = ParamSpec("P")
T = TypeVar("T")
Build = Callable[[Files], Judging]  # raises a `ValueError` that says in a sentence what can't be used


@dataclass(slots=True)
class Policies:
    """What this process judges by, and which record of the book it knows."""

    kept: Kept
    clock: Clock
    build: Build
    process: str
    screening: Pipeline
    number: int
    digest: str
    refused: str = ""
    _seen: bytes = b""
    _said: Judged | None = None

    async def look(self) -> None:
        """Run it now and then: takes up what was put in force since, and says by what this process judges."""
        record = await self.kept.read()
        if record != self._seen:
            await self._take_up(opened(record))
            self._seen = record
        await self._say()

    async def leave(self) -> None:
        with suppress(Refused):  # what it said lapses
            await self.kept.say(self.process, None)

    async def _take_up(self, book: PolicyBook) -> None:
        if not book.leads or book.in_force == self.number:
            self._refuse("")
            return
        try:
            own = await self.kept.files(book.present.files)
            judging = await _beside(self.build, own)
        except (ValueError, LookupError) as fault:
            self._refuse(str(fault) or type(fault).__name__)
            log.error("version %d of the policy can't be used, and %d goes on: %s", book.in_force, self.number, fault)
            return
        self.number, self.digest = book.in_force, judging.digest
        self.screening.convene(numbered(judging.policy, self.number), judging.screeners)
        self._refuse("")
        log.info("version %d of the policy is in force here (%s)", self.number, self.digest)

    def _refuse(self, why: str) -> None:
        self.refused = why
        metrics.policy.set(self.number)
        metrics.policy_refused.set(int(bool(why)))

    async def _say(self) -> None:
        now, said = self.clock.now(), self._said
        if said and now - said.at < SAY_MS and (said.number, said.refused) == (self.number, self.refused):
            return
        judged = Judged(self.number, self.digest, self.refused, now)
        await self.kept.say(self.process, judged)
        self._said = judged


async def begin(kept: Kept, clock: Clock, settings: Settings, build: Build, folder: Files, process: str) -> Policies:
    """At a start: by what is in force; where nothing ever was, or it can't be used, by the operator's folder."""
    _, book = await kept.book()
    number, refused, judging = STARTED, "", None
    if book.leads:
        try:
            own = await kept.files(book.present.files)
            number, judging = book.in_force, await _beside(build, own)
            _warn_of_others(own, folder, number)
        except (ValueError, LookupError) as fault:
            number, refused = STARTED, str(fault)
            log.error("version %d of the policy can't be used, the files at the start are: %s", book.in_force, fault)
    if judging is None:
        judging = await _beside(build, folder)
    if not book.leads:
        await _note_start(kept, clock, judging)
    screening = Pipeline(numbered(judging.policy, number), judging.screeners, settings)
    return Policies(kept, clock, build, process, screening, number, judging.digest, refused)


def _warn_of_others(own: Files, folder: Files, number: int) -> None:
    """Whoever changes a file and starts again would else wonder why nothing changes."""
    there = {name: content for name, content in folder.items() if name in own or concerns(name)}
    if there and there != dict(own):
        log.warning(
            "CONTENT_DIR has other screening files than version %d, which is in force: "
            "`python -m server policy diff` tells how they differ, `policy propose` brings them",
            number,
        )


async def _note_start(kept: Kept, clock: Clock, judging: Judging) -> None:
    """What the first version that is proposed will be compared with, and can be taken back to."""
    mine = Version(STARTED, judging.policy.version, digest(judging.own), since=clock.now())
    while True:
        record, book = await kept.book()
        known = [version.files for version in book.versions if version.number == STARTED]
        if book.leads or known == [mine.files]:
            return
        await kept.keep(mine.files, judging.own)
        if await kept.change(record, book.started(mine)):
            return


async def _beside(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """In a thread. It is work in Python: without this it would hold the interpreter for ten times as long at a time."""
    sys.setswitchinterval(TURN_S)
    try:
        return await asyncio.to_thread(work, *given, **named)
    finally:
        sys.setswitchinterval(USUAL_S)  # of two at once the other goes on as it can

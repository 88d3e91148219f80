"""Who is here and who is writing, told in batches: arrivals can't be timed, and nothing is sent per member."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from server.config import Settings
from server.protocol.refusals import Refused
from server.store.rooms import Rooms

NEVER = float("-inf"), ""  # a clock that counts from the machine's start may be below any pause


@dataclass(slots=True)
class Batch:
    """What changed in one channel since it was last told, and when it will be."""

    due: float
    came: set[str] = field(default_factory=set)
    went: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Writing:
    """Who began and who ended writing in one channel since it was last told."""

    began: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Presence:
    rooms: Rooms
    settings: Settings
    process: str
    _here: dict[str, Counter[str]] = field(default_factory=dict)
    _batches: dict[str, Batch] = field(default_factory=dict)
    _writers: dict[str, Writing] = field(default_factory=dict)
    _wrote: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)  # when, and by which member

    def came(self, channel: str, name: str, kind: str) -> None:
        """Someone is here; two tabs of one person are one. `kind` as `membership.presence_kind` has it."""
        member = self._member(name, kind)
        here = self._here.get(channel)
        if here is None:
            here = self._here[channel] = Counter()
        here[member] = tabs = here.get(member, 0) + 1
        if tabs == 1:
            batch = self._batch(channel)
            batch.went.discard(member)
            batch.came.add(member)

    def went(self, channel: str, name: str, kind: str) -> None:
        member = self._member(name, kind)
        here = self._here.get(channel, Counter())
        here[member] -= 1
        if here[member] <= 0:
            del here[member]
            batch = self._batch(channel)
            batch.came.discard(member)
            batch.went.add(member)
        if not here:
            self._here.pop(channel, None)

    def writes(self, channel: str, name: str, kind: str) -> None:
        """Someone is writing; said again within three seconds it is dropped."""
        now = asyncio.get_running_loop().time()
        last, _ = self._wrote.get((channel, name), NEVER)
        if now - last >= self.settings.typing_ms / 1000:
            member = self._member(name, kind)
            self._wrote[channel, name] = now, member
            self._writing(channel).began.add(member)

    def posted(self, channel: str, name: str) -> None:
        """What someone was writing is there; nothing is told where nobody heard that they were."""
        wrote = self._wrote.pop((channel, name), None)
        if wrote is not None:
            writing, (_, member) = self._writing(channel), wrote
            writing.began.discard(member)
            writing.ended.add(member)

    def say_again(self, channel: str) -> None:
        """Who is here is told soon, though nobody came or went: not everyone is told of everyone any more."""
        self._batch(channel)

    async def tell(self) -> None:
        """Tells what is due; run it a few times a second."""
        now = asyncio.get_running_loop().time()
        due = [channel for channel, batch in self._batches.items() if batch.due <= now]
        for channel in due:
            batch = self._batches.pop(channel)
            await self._tell(channel, batch)
        writers, self._writers = self._writers, {}
        for channel, writing in writers.items():
            with suppress(Refused):  # typing may be lost
                await self.rooms.writing(channel, writing.began, writing.ended)

    async def confirm(self) -> None:
        """Says again who is here, so that the presence of a process that died can lapse."""
        quiet_since = asyncio.get_running_loop().time() - self.settings.typing_ms / 1000
        self._wrote = {writer: wrote for writer, wrote in self._wrote.items() if wrote[0] > quiet_since}
        for channel, here in list(self._here.items()):
            self._batch(channel).came.update(here)

    async def leave(self) -> None:
        """At a stop: everyone here has gone."""
        for channel, here in list(self._here.items()):
            await self._tell(channel, Batch(due=0, went=set(here)))

    async def _tell(self, channel: str, batch: Batch) -> None:
        try:
            await self.rooms.seen_here(channel, batch.came, batch.went)
        except Refused:
            later = self._batch(channel)
            later.came |= batch.came - later.went
            later.went |= batch.went - later.came

    def _batch(self, channel: str) -> Batch:
        batch = self._batches.get(channel)
        if batch is None:
            wait = random.uniform(0, self.settings.presence_jitter_ms / 1000)
            batch = self._batches[channel] = Batch(due=asyncio.get_running_loop().time() + wait)
        return batch

    def _writing(self, channel: str) -> Writing:
        return self._writers.setdefault(channel, Writing())

    def _member(self, name: str, kind: str) -> str:
        return f"{self.process}\t{kind}\t{name}"

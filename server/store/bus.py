"""The bus: hears every process through pub/sub and hands each followed channel's frames on in order, without holes."""

import asyncio
import struct
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol, TypeAlias

from server import metrics
from server.config import Settings
from server.domain.channels import HEADER_BYTES, Entry, Standing
from server.protocol.refusals import Refused
from server.store import keys
from server.store.channels import Channels
from server.store.link import PAUSE_S, Link
from server.store.nodes import Nodes

HEAD = struct.Struct(">QQQQ8s")  # epoch, number, time, removed number, author's tag
CONTROL, DUTY, INBOXES = FOR_ALL = keys.CONTROL.encode(), keys.DUTY.encode(), keys.INBOXES.encode()
INBOX = b"{p:"
INBOX_TAG_BYTES = len(keys.tag("inbox:" + 32 * "0"))  # before the payload of an inbox
COMPARED = 500  # channels whose numbers are asked for at once
WAITING = 1_000  # frames that may wait while a hole is filled; the fill brings what is dropped

_is_owed: Callable[[Link], bool] = attrgetter("is_owed")
_owed_s: Callable[[Link], float] = attrgetter("owed_s")

Tops: TypeAlias = Callable[[Sequence[str]], Awaitable[list[tuple[int, int]]]]


class Listener(Protocol):
    """What the bus tells; the hub."""

    def begun(self, channel: str, standing: Standing, recent: Sequence[Entry]) -> None: ...
    def delivered(self, channel: str, seq: int, frame: bytes, author_tag: bytes, gone: int) -> None: ...
    def passing(self, channel: str, frame: bytes, about: bytes = b"") -> None: ...
    def began_anew(self, channel: str) -> None: ...
    def controlled(self, message: bytes) -> None: ...


@dataclass(slots=True)
class Followed:
    """A channel that this process follows, and up to where it has heard it; no epoch before it has begun.

    `lineage`: of the store when it was followed; in another its numbers mean something else.
    """

    channel: str
    lineage: str
    epoch: int = 0
    top: int = 0
    filling: bool = True
    waiting: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Bus:
    channels: Channels
    settings: Settings
    listener: Listener
    _followed: dict[bytes, Followed] = field(default_factory=dict)
    _beginning: dict[bytes, asyncio.Task[None]] = field(default_factory=dict)
    _unbegun: set[bytes] = field(default_factory=set)  # at the last look; nobody has asked for them since
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self) -> None:
        self._nodes.tell(self)
        for link in self._nodes.links:
            self.connected(link)
        self._spawn(self._watch())

    async def stop(self) -> None:
        self._nodes.tell(None)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def follow(self, channel: str) -> None:
        """Returns once every frame of the channel from now on will be heard, and the listener knows the recent ones."""
        tag = _tag(channel)
        if tag not in self._followed or not self._followed[tag].epoch:
            if tag not in self._beginning:
                self._beginning[tag] = asyncio.create_task(self._begin(tag, channel))
            await asyncio.shield(self._beginning[tag])

    def listen(self, channel: str) -> None:
        """Hears the channel from now on; what is heard waits for `begin`."""
        tag = _tag(channel)
        self._unbegun.discard(tag)
        if tag not in self._followed:
            link = self._nodes.of(keys.tag(channel))
            self._followed[tag] = Followed(channel, link.lineage)
            if _is_heard_alone(tag):
                link.follow(tag)

    def begin(self, channel: str, standing: Standing, recent: Sequence[Entry]) -> None:
        """With what was read by a step that was asked for after `listen`; nothing where it has begun already."""
        followed = self._followed.get(_tag(channel))
        if followed is not None and not followed.epoch:
            followed.epoch = standing.epoch
            followed.top = max(standing.seq, recent[-1].seq if recent else 0)
            self.listener.begun(channel, standing, recent)
            self._drain(followed)

    def unfollow(self, channel: str) -> None:
        """Nobody here follows it any more."""
        tag = _tag(channel)
        if self._followed.pop(tag, None) is not None and _is_heard_alone(tag):
            self._nodes.of(keys.tag(channel)).unfollow(tag)

    def forget_unbegun(self) -> None:
        """What was listened to, before the last time, for someone who then was not let in; run it now and then."""
        unbegun = {tag for tag, each in self._followed.items() if not each.epoch and tag not in self._beginning}
        for tag in unbegun & self._unbegun:
            self.unfollow(self._followed[tag].channel)
        self._unbegun = unbegun - self._unbegun

    async def control(self, message: bytes) -> None:
        """Tells every process, this one too."""
        await self.channels.scripts.ask("PUBLISH", keys.CONTROL, message)

    # what the link says

    def connected(self, link: Link) -> None:
        """There is a new connection: everything is followed again, and what was missed meanwhile is read.

        What is of another lineage ends now, before anything is asked: who still hears the old numbers
        would be told of a message of theirs by a number that means another one to them.
        """
        here = {tag: each for tag, each in self._followed.items() if self._nodes.of(keys.tag(each.channel)) is link}
        for tag in [tag for tag, each in here.items() if each.lineage != link.lineage]:
            self._anew(here.pop(tag))
        link.hear(*FOR_ALL)  # from every node of a cluster: one may fall silent, and a number is heard only once
        link.follow(*filter(_is_heard_alone, here))
        self._spawn(self._compare(list(here.values()), self.channels.standings))

    def heard(self, channel: bytes, payload: bytes) -> None:
        if channel == INBOXES:
            channel, payload = payload[:INBOX_TAG_BYTES], payload[INBOX_TAG_BYTES:]
        followed = self._followed.get(channel)
        if followed is not None:
            if followed.filling:
                if len(followed.waiting) < WAITING:
                    followed.waiting.append(payload)
            else:
                self._deliver(followed, payload)
        elif channel == CONTROL:
            # Whoever waits for an answer that came before it goes first: a hello may be about to let in who is meant.
            asyncio.get_running_loop().call_soon(self.listener.controlled, payload)
        elif channel == DUTY:
            self.listener.passing("", payload[HEADER_BYTES:])

    @property
    def expects_more(self) -> bool:
        """True while the store owes answers: what they bring may be joined with what is here."""
        return any(map(_is_owed, self._nodes.links))

    @property
    def delay_s(self) -> float:
        """How far behind the store is with its answers; of several nodes the slowest."""
        return max(map(_owed_s, self._nodes.links))

    @property
    def _nodes(self) -> Nodes:
        return self.channels.scripts.nodes

    async def _begin(self, tag: bytes, channel: str) -> None:
        """Subscribe first, then read: what is said in between waits and is not missed."""
        self.listen(channel)
        try:
            standing, recent = await asyncio.gather(
                self.channels.standing(channel), self.channels.before(channel, None, self.settings.ring_messages)
            )
        except Refused:
            self.unfollow(channel)
            raise
        finally:
            self._beginning.pop(tag, None)
        self.begin(channel, standing, recent)

    def _deliver(self, followed: Followed, payload: bytes) -> None:
        epoch, seq, at, gone, author_tag = HEAD.unpack_from(payload)
        frame = payload[HEADER_BYTES:]
        if seq == 0:
            self.listener.passing(followed.channel, frame[:at], frame[at:])  # `passing.lua`
        elif epoch != followed.epoch:
            self._anew(followed)
        elif seq == followed.top + 1:
            followed.top = seq
            self.listener.delivered(followed.channel, seq, frame, author_tag, gone)
        elif seq > followed.top:
            followed.waiting.append(payload)
            self._fill_soon(followed)

    def _anew(self, followed: Followed) -> None:
        self._followed.pop(_tag(followed.channel), None)
        self.listener.began_anew(followed.channel)

    def _fill_soon(self, followed: Followed) -> None:
        if not followed.filling:
            followed.filling = True
            self._spawn(self._fill(followed))

    async def _fill(self, followed: Followed) -> None:
        """Reads from the log what the link did not bring; a number absent below the top was removed, and is no hole."""
        while self._followed.get(_tag(followed.channel)) is followed:
            try:
                standing = await self.channels.standing(followed.channel)
                missed = await self.channels.after(followed.channel, followed.top)
            except Refused:
                await asyncio.sleep(PAUSE_S)
                continue
            if standing.epoch != followed.epoch:
                self._anew(followed)
                return
            metrics.gaps.inc()
            for entry in missed:
                self.listener.delivered(followed.channel, entry.seq, entry.frame, entry.author_tag, entry.gone)
            followed.top = max(followed.top, standing.seq, missed[-1].seq if missed else 0)
            self._drain(followed)
            return

    def _drain(self, followed: Followed) -> None:
        followed.filling = False
        waiting, followed.waiting = followed.waiting, []
        for place, payload in enumerate(waiting):
            self._deliver(followed, payload)
            if followed.filling:  # another hole: the rest waits again
                followed.waiting.extend(waiting[place + 1 :])
                return

    async def _watch(self) -> None:
        """The silent case: a frame was lost and none followed."""
        while True:
            await asyncio.sleep(self.settings.position_check_ms / 1000)
            await self._compare(list(self._followed.values()), self.channels.tops)

    async def _compare(self, channels: Sequence[Followed], ask: Tops) -> None:
        """Asks where channels stand, and reads what was missed; a few at a time, so that nobody waits for it."""
        settled = [followed for followed in channels if not followed.filling]
        for place in range(0, len(settled), COMPARED):
            asked = [(followed, followed.top) for followed in settled[place : place + COMPARED]]
            try:
                tops = await ask([followed.channel for followed, _ in asked])
                for (followed, heard), (epoch, top) in zip(asked, tops, strict=True):
                    has_forgotten = epoch == followed.epoch and top < heard
                    if has_forgotten:
                        await self.channels.begin_anew(followed.channel, epoch, heard)
                    if has_forgotten or top > followed.top or epoch != followed.epoch:
                        self._fill_soon(followed)
            except Refused:
                return

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _tag(channel: str) -> bytes:
    return keys.tag(channel).encode()


def _is_heard_alone(tag: bytes) -> bool:
    return not tag.startswith(INBOX)

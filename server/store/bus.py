"""The bus: hears every process through pub/sub and hands each followed channel's frames on in order, without holes."""

import asyncio
import logging
import struct
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from server import metrics
from server.config import Settings
from server.domain.channels import HEADER_BYTES, Entry, Standing
from server.protocol.refusals import Refused
from server.store import keys
from server.store.channels import Channels
from server.store.script import unavailable

HEAD = struct.Struct(">QQQQ8s")  # epoch, number, time, removed number, author's tag
WAITING = 1_000  # frames that may wait while a hole is filled; the fill brings what is dropped
PAUSE_S = 0.25  # between attempts to reach the store

log = logging.getLogger("porchlight.bus")


class Listener(Protocol):
    """What the bus tells; the hub."""

    def begun(self, channel: str, standing: Standing, recent: Sequence[Entry]) -> None: ...
    def delivered(self, channel: str, seq: int, frame: bytes, author_tag: bytes, gone: int) -> None: ...
    def passing(self, channel: str, frame: bytes) -> None: ...
    def began_anew(self, channel: str) -> None: ...
    def controlled(self, message: bytes) -> None: ...


@dataclass(slots=True)
class Followed:
    """A channel that this process follows, and up to where it has heard it."""

    channel: str
    epoch: int = 0
    top: int = 0
    filling: bool = True
    waiting: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Bus:
    client: Redis
    channels: Channels
    settings: Settings
    listener: Listener
    _pubsub: PubSub = field(init=False)
    _followed: dict[str, Followed] = field(default_factory=dict)
    _confirming: dict[str, asyncio.Future[None]] = field(default_factory=dict)
    _beginning: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _heard: float = 0.0

    async def start(self) -> None:
        self._pubsub = self.client.pubsub()
        await self._pubsub.subscribe(keys.CONTROL, keys.DUTY)
        for duty in (self._listen(), self._watch(), self._compare()):
            self._spawn(duty)

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pubsub.aclose()  # type: ignore[no-untyped-call]

    async def follow(self, channel: str) -> None:
        """Returns once every frame of the channel from now on will be heard, and the listener knows the recent ones."""
        tag = keys.tag(channel)
        if tag in self._followed and tag not in self._beginning:
            return
        if tag not in self._beginning:
            self._beginning[tag] = asyncio.create_task(self._begin(tag, channel))
        await asyncio.shield(self._beginning[tag])

    async def unfollow(self, channel: str) -> None:
        """Nobody here follows it any more."""
        tag = keys.tag(channel)
        if self._followed.pop(tag, None) is not None:
            # Where the link is down: a channel that nobody follows is ignored when it comes back.
            with suppress(RedisError, OSError, TimeoutError):
                await self._pubsub.unsubscribe(tag)

    async def control(self, message: bytes) -> None:
        """Tells every process, this one too."""
        try:
            await self.client.publish(keys.CONTROL, message)
        except (RedisError, OSError, TimeoutError):
            raise unavailable() from None

    async def _begin(self, tag: str, channel: str) -> None:
        """Subscribe first, then read: what is said in between waits and is not missed."""
        followed = self._followed[tag] = Followed(channel)
        confirmed = self._confirming[tag] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self.settings.store_ms / 1000):
                await self._pubsub.subscribe(tag)
                await confirmed
            standing = await self.channels.standing(channel)
            recent = await self.channels.before(channel, None, self.settings.ring_messages)
        except (RedisError, OSError, TimeoutError, Refused):
            self._followed.pop(tag, None)
            raise unavailable() from None
        finally:
            self._confirming.pop(tag, None)
            self._beginning.pop(tag, None)
        followed.epoch = standing.epoch
        followed.top = max(standing.seq, recent[-1].seq if recent else 0)
        self.listener.begun(channel, standing, recent)
        self._drain(followed)

    async def _listen(self) -> None:
        while True:
            try:
                message = await self._pubsub.get_message(timeout=None)
            except (RedisError, OSError, TimeoutError):
                await asyncio.sleep(PAUSE_S)
                continue
            self._heard = asyncio.get_running_loop().time()
            if message is not None:
                self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "message":
                self._hear_payload(message["channel"].decode(), message["data"])
            case "subscribe":
                self._subscribed(message["channel"].decode())
            case _:
                pass

    def _subscribed(self, tag: str) -> None:
        """The first time it confirms; again it means that the link was lost and something may have been missed."""
        confirming = self._confirming.get(tag)
        if confirming is not None and not confirming.done():
            confirming.set_result(None)
        elif followed := self._followed.get(tag):
            self._fill_soon(followed)

    def _hear_payload(self, tag: str, payload: bytes) -> None:
        if tag == keys.CONTROL:
            self.listener.controlled(payload)
        elif tag == keys.DUTY:
            self.listener.passing("", payload[HEADER_BYTES:])
        elif followed := self._followed.get(tag):
            if followed.filling:
                if len(followed.waiting) < WAITING:
                    followed.waiting.append(payload)
            else:
                self._deliver(followed, payload)

    def _deliver(self, followed: Followed, payload: bytes) -> None:
        epoch, seq, _, gone, author_tag = HEAD.unpack_from(payload)
        frame = payload[HEADER_BYTES:]
        if seq == 0:
            self.listener.passing(followed.channel, frame)
        elif epoch != followed.epoch:
            self._anew(followed)
        elif seq == followed.top + 1:
            followed.top = seq
            self.listener.delivered(followed.channel, seq, frame, author_tag, gone)
        elif seq > followed.top:
            followed.waiting.append(payload)
            self._fill_soon(followed)

    def _anew(self, followed: Followed) -> None:
        self._followed.pop(keys.tag(followed.channel), None)
        self.listener.began_anew(followed.channel)

    def _fill_soon(self, followed: Followed) -> None:
        if not followed.filling:
            followed.filling = True
            self._spawn(self._fill(followed))

    async def _fill(self, followed: Followed) -> None:
        """Reads from the log what the link did not bring; a number absent below the top was removed, and is no hole."""
        while self._followed.get(keys.tag(followed.channel)) is followed:
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
        """A link that only listens never notices a dead peer: ping it, and drop it when nothing comes back."""
        loop = asyncio.get_running_loop()
        self._heard = loop.time()
        while True:
            await asyncio.sleep(self.settings.watchdog_ms / 1000)
            try:
                if loop.time() - self._heard > self.settings.watchdog_dead_ms / 1000 and self._pubsub.connection:
                    log.warning("the subscriber link is silent; it is replaced")
                    await self._pubsub.connection.disconnect()
                else:
                    async with asyncio.timeout(self.settings.store_ms / 1000):
                        await self._pubsub.ping()
            except (RedisError, OSError, TimeoutError):
                pass  # the listening side reconnects

    async def _compare(self) -> None:
        """The silent case: a frame was lost and none followed."""
        while True:
            await asyncio.sleep(self.settings.position_check_ms / 1000)
            settled = [followed for followed in self._followed.values() if not followed.filling]
            try:
                tops = await self.channels.tops([followed.channel for followed in settled])
            except Refused:
                continue
            for followed, (epoch, top) in zip(settled, tops, strict=True):
                if top > followed.top or epoch != followed.epoch:
                    self._fill_soon(followed)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

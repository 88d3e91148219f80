"""Channels in the store: say, hold, append, and read back."""

import asyncio
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from server.config import Settings
from server.domain import channels
from server.domain.channels import Entry, Retention, Standing
from server.domain.errands import Errands, packed
from server.protocol.codec import encode
from server.protocol.events import Numbered
from server.store import keys
from server.store.clock import Clock
from server.store.link import Argument
from server.store.script import Scripts

MINUTE_US = 60_000_000
NOBODY = bytes(8)  # the author's tag of what no peer said


class Utterance(Struct, frozen=True):
    """What someone wants to say, with all that the step must check and keep; `replaces` is a client id or empty."""

    channel: str
    person: str
    client_id: bytes
    replaces: bytes
    digest: bytes
    handle: str
    exempt: bool


class Outcome(Struct, frozen=True):
    """What the step answered: its word, a number or time where it has one, and for `again` or `name` the value."""

    word: str
    number: int = 0
    turn_ms: int = 0
    value: bytes = b""


class Channels(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    clock: Clock

    async def post(self, said: Utterance, event: Numbered, author_tag: bytes, errands: Errands) -> Outcome:
        """Number, keep and publish, if nothing stands against it."""
        answer = await self.scripts.run(
            "post",
            {
                **self._channel_keys(said.channel),
                **_guard_keys(said.channel, said.person),
                "log": keys.log(said.channel),
            },
            {
                **self._append(said.channel, event, author_tag),
                **self._guard(said),
                "errands": packed(errands),
            },
        )
        return _outcome(answer)

    async def hold(self, said: Utterance, hold: str, record: bytes, errands: Errands) -> Outcome:
        """Keep it for a moderator, under the same guards."""
        answer = await self.scripts.run(
            "hold",
            {
                **self._channel_keys(said.channel),
                **_guard_keys(said.channel, said.person),
                "held": keys.held(said.channel),
            },
            {**self._guard(said), "hold": hold, "record": record, "errands": packed(errands)},
        )
        return _outcome(answer)

    async def append(self, channel: str, event: bytes, errand: str, person: str = "") -> None:
        """Add an encoded event once; the same errand again changes nothing."""
        await self.scripts.run(
            "append",
            {**self._channel_keys(channel), "log": keys.log(channel)},
            {
                **self.placing(channel),
                "event": event,
                "author_tag": NOBODY,
                "person": person,
                "field": errand,
                "seen_ms": 2 * self.settings.seen_ms,
            },
        )

    async def standing(self, channel: str) -> Standing:
        meta_ms = self.retention(channel).meta_ms
        return Standing(*await self.scripts.run("open", {"meta": keys.meta(channel)}, {"meta_ms": meta_ms}))

    async def tops(self, followed: Sequence[str]) -> list[tuple[int, int]]:
        """(epoch, top) of each channel, in one round trip."""
        asked = [self.scripts.ask("HMGET", keys.meta(channel), "epoch", "seq") for channel in followed]
        return [(int(epoch or 0), int(seq or 0)) for epoch, seq in await asyncio.gather(*asked)]

    async def after(self, channel: str, seq: int, up_to: int | None = None) -> list[Entry]:
        """What is kept above a number, oldest first."""
        top = "+" if up_to is None else f"{up_to}-0"
        return [as_entry(*row) for row in await self.scripts.ask("XRANGE", keys.log(channel), f"({seq}-0", top)]

    async def before(self, channel: str, seq: int | None, limit: int) -> list[Entry]:
        """The last that are kept below a number (none: at all), oldest first."""
        top = "+" if seq is None else f"({seq}-0"
        rows = await self.scripts.ask("XREVRANGE", keys.log(channel), top, "-", "COUNT", limit)
        return [as_entry(*row) for row in reversed(rows)]

    async def entry(self, channel: str, seq: int) -> Entry | None:
        rows = await self.scripts.ask("XRANGE", keys.log(channel), f"{seq}-0", f"{seq}-0")
        return as_entry(*rows[0]) if rows else None

    async def trim(self, channel: str) -> None:
        """Lets go of what has been kept for its time."""
        keep_ms = self.retention(channel).text_ms
        await self.scripts.run("trim", {"log": keys.log(channel), "meta": keys.meta(channel)}, {"keep_ms": keep_ms})

    def retention(self, channel: str) -> Retention:
        settings = self.settings
        match channels.kind(channel):
            case "inbox":
                return Retention(settings.inbox_messages, settings.inbox_ms, settings.person_ms)
            case "ticket":
                return Retention(settings.thread_messages, settings.thread_ms, settings.ticket_ms)
            case "desk":
                return Retention(settings.desk_messages, settings.history_ms, 0)
            case _:
                return Retention(settings.history_messages, settings.history_ms, 0)

    def placing(self, channel: str) -> dict[str, Argument]:
        """The arguments of the passage `number`."""
        kept = self.retention(channel)
        return {
            "channel": keys.heard_on(channel),
            "keep": kept.messages,
            "keep_ms": kept.text_ms,
            "meta_ms": kept.meta_ms,
        }

    def _append(self, channel: str, event: Numbered, author_tag: bytes) -> dict[str, Argument]:
        return {**self.placing(channel), "event": encode(event), "author_tag": author_tag}

    def _channel_keys(self, channel: str) -> dict[str, str]:
        today = self.clock.now() // self.settings.seen_ms
        return {
            "meta": keys.meta(channel),
            "seen": keys.seen(channel, today),
            "seen_before": keys.seen(channel, today - 1),
        }

    def _guard(self, said: Utterance) -> dict[str, Argument]:
        return {
            "person": said.person,
            "field": field(said.person, said.client_id),
            "digest": said.digest,
            "handle": said.handle,
            "exempt": "1" if said.exempt else "",
            "replaces": field(said.person, said.replaces) if said.replaces else b"",
            "burst": self.settings.message_burst,
            "each_us": max(MINUTE_US // self.settings.messages_per_minute, 1),
            "seen_ms": 2 * self.settings.seen_ms,
            "name_ms": self.settings.handle_ms,
        }


@lru_cache(4096)
def _guard_keys(channel: str, person: str) -> dict[str, str]:
    """The keys of the passage `guards`; most posts come from people who have just posted."""
    return {
        "mute": keys.mute(channel, person),
        "ban": keys.ban(channel, person),
        "spared": keys.spared(channel, person),
        "turn": keys.turn(channel, person),
        "rate": keys.rate(channel, person),
        "name": keys.name(channel, person),
        "out": keys.out(channel),
    }


def field(person: str, client_id: bytes) -> bytes:
    """Under which a client id is remembered: by person, so that nobody can answer for another."""
    return person.encode() + client_id


def _outcome(answer: list[Any]) -> Outcome:
    word = answer[0].decode()
    match word:
        case "posted":
            return Outcome(word, number=answer[1], turn_ms=answer[2])
        case "held":
            return Outcome(word, turn_ms=answer[1])
        case "again" | "name":
            return Outcome(word, value=answer[1])
        case _:
            return Outcome(word, number=int(answer[1]) if len(answer) > 1 else 0)


def as_entry(entry_id: bytes, fields: list[bytes]) -> Entry:
    """A row of the log, its fields in the order in which `number` writes them."""
    _, frame, _, at, _, person, _, author_tag, _, gone = fields
    seq = int(entry_id.partition(b"-")[0])
    return Entry(seq, frame, int(at), person.decode(), author_tag, int(gone))

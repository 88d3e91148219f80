"""Channels in the store: say, hold, append, and read back."""

import asyncio
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from server.config import Settings
from server.domain import channels
from server.domain.channels import Entry, Retention, Standing
from server.domain.errands import Errands, packed
from server.protocol.codec import encode
from server.protocol.events import Numbered
from server.store import keys
from server.store.announced import Announced
from server.store.call import Argument
from server.store.clock import Clock
from server.store.outbox import Outbox
from server.store.script import Begun, Scripts

MINUTE_US = 60_000_000
WHAT = ("field", "digest", "replaces")
POSTS_BEGUN = 1_000  # beginnings of posts kept ready, about a kilobyte each
PAIRS_KEPT = 1_000  # changes of blocks that a process can have missed and still find
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
    outbox: Outbox
    holding: Announced
    _posts: dict[tuple[object, ...], Begun] = {}

    async def post(self, said: Utterance, event: Numbered, author_tag: bytes, errands: Errands) -> Outcome:
        """Number, keep and publish, if nothing stands against it."""
        if errands:
            await self.outbox.announce(said.channel, errands)
        begun = self._begun_post(said, author_tag)
        return _outcome(await self.scripts.finish(begun, encode(event), *_what(said), packed(errands)))

    async def hold(self, said: Utterance, hold: str, record: bytes, errands: Errands) -> Outcome:
        """Keep it for a moderator, under the same guards."""
        await asyncio.gather(
            self.holding.announce(said.channel),
            self.outbox.announce(said.channel, errands),
        )
        answer = await self.scripts.run(
            "hold",
            {
                **self.numbering(said.channel),
                **_guard_keys(said),
                "held": keys.held(said.channel),
            },
            {
                **self._who(said),
                **dict(zip(WHAT, _what(said), strict=True)),
                "hold": hold,
                "record": record,
                "errands": packed(errands),
            },
        )
        return _outcome(answer)

    async def append(self, channel: str, event: bytes, errand: str, person: str = "") -> None:
        """Add an encoded event once; the same errand again changes nothing."""
        await self.scripts.run(
            "append",
            {**self.numbering(channel), "log": keys.log(channel)},
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
        return Standing(*await self.scripts.run("open", {"meta": keys.meta(channel)}, self.standing_on(channel)))

    async def standings(self, followed: Sequence[str]) -> list[tuple[int, int]]:
        """(epoch, top) of each channel; those of another lineage than the store's begin a new epoch by it."""
        standings = await asyncio.gather(*(self.standing(channel) for channel in followed))
        return [(standing.epoch, standing.seq) for standing in standings]

    async def begin_anew(self, channel: str, epoch: int, seq: int) -> None:
        """Raises the epoch where the channel has forgotten a number that was heard in it."""
        await self.scripts.run("anew", {"meta": keys.meta(channel)}, {"epoch": epoch, "seq": seq})

    async def tops(self, followed: Sequence[str]) -> list[tuple[int, int]]:
        """(epoch, top) of each channel, in one round trip."""
        asked = [self.scripts.ask("HMGET", keys.meta(channel), "epoch", "seq") for channel in followed]
        return [(int(epoch or 0), int(seq or 0)) for epoch, seq in await asyncio.gather(*asked)]

    async def after(self, channel: str, seq: int, most: int | None = None) -> list[Entry]:
        """What is kept above a number, oldest first; all of it, or no more than so many."""
        count = () if most is None else ("COUNT", most)
        rows = await self.scripts.ask("XRANGE", keys.log(channel), f"({seq}-0", "+", *count)
        return [as_entry(*row) for row in rows]

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
            case "blocks":
                return Retention(PAIRS_KEPT, settings.pairs_ms, 0)
            case "one" | "ask":
                return Retention(settings.thread_messages, settings.one_ms, settings.thread_ms)
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
            **self.standing_on(channel),
        }

    def standing_on(self, channel: str) -> dict[str, Argument]:
        """The arguments of the passage `standing`."""
        return {"meta_ms": self.retention(channel).meta_ms, "lineage": self._lineage(channel)}

    def _lineage(self, channel: str) -> str:
        return self.scripts.nodes.of(keys.meta(channel)).lineage

    def numbering(self, channel: str) -> dict[str, str]:
        """The keys under which a channel counts, and knows what it has had before."""
        today = self.clock.now() // self.settings.seen_ms
        return {
            "meta": keys.meta(channel),
            "seen": keys.seen(channel, today),
            "seen_before": keys.seen(channel, today - 1),
        }

    def _begun_post(self, said: Utterance, author_tag: bytes) -> Begun:
        """Most posts come from people who have just posted: all that is the same is put together once."""
        today = self.clock.now() // self.settings.seen_ms
        whose = (said.channel, said.person, said.handle, said.exempt, today)
        begun = self._posts.get(whose)
        if begun is None or begun.lineage != self.scripts.nodes.of(begun.key).lineage:
            if len(self._posts) >= POSTS_BEGUN:
                self._posts.clear()
            begun = self._posts[whose] = self.scripts.begin(
                "post",
                {**self.numbering(said.channel), **_guard_keys(said), "log": keys.log(said.channel)},
                {**self.placing(said.channel), **self._who(said), "author_tag": author_tag},
                rest=("event", *WHAT, "errands"),
            )
        return begun

    def _who(self, said: Utterance) -> dict[str, Argument]:
        """What the passage `guards` must know of a person; the same from post to post."""
        return {
            "person": said.person,
            "handle": said.handle,
            "exempt": "1" if said.exempt else "",
            "burst": self.settings.message_burst,
            "each_us": max(MINUTE_US // self.settings.messages_per_minute, 1),
            "seen_ms": 2 * self.settings.seen_ms,
            "name_ms": self.settings.handle_ms,
        }


def _what(said: Utterance) -> tuple[bytes, bytes, bytes]:
    """And of the message: `WHAT`."""
    replaces = field(said.person, said.replaces) if said.replaces else b""
    return field(said.person, said.client_id), said.digest, replaces


def _guard_keys(said: Utterance) -> dict[str, str]:
    channel, person = said.channel, said.person
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
    if answer[0] == b"posted":
        return Outcome("posted", answer[1], answer[2])
    word = answer[0].decode()
    match word:
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

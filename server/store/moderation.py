"""Moderation in the store: what is held, what was removed, who is muted or banned."""

import asyncio
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain.channels import Entry
from server.domain.errands import Errands, packed
from server.domain.labels import Label
from server.domain.moderation import AuditRow, HeldRecord
from server.protocol.codec import encode
from server.protocol.events import Numbered, RoomChanged
from server.store import keys
from server.store.call import Argument
from server.store.channels import NOBODY, Channels, field
from server.store.clock import Clock
from server.store.script import Scripts

_held = msgpack.Decoder(HeldRecord)
_label = msgpack.Decoder(Label)


class Moderation(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    clock: Clock
    channels: Channels

    async def held(self, channel: str, hold: str) -> HeldRecord | None:
        record = await self.scripts.ask("HGET", keys.held(channel), hold)
        return _held.decode(record) if record else None

    async def all_held(self) -> list[HeldRecord]:
        """Everything that waits anywhere, oldest first."""
        held: dict[str, list[bytes]] = await self.channels.holding.found("HVALS")
        records = [_held.decode(record) for records in held.values() for record in records]
        return sorted(records, key=lambda record: record.hold.since)

    async def look_for_held(self, channels: Sequence[str]) -> None:
        """Announces these rooms where something waits already: an older program held it without a word."""
        waits = await asyncio.gather(*(self.scripts.ask("EXISTS", keys.held(channel)) for channel in channels))
        if found := [channel for channel, is_there in zip(channels, waits, strict=True) if is_there]:
            await self.channels.holding.announce(*found)

    async def unhold(
        self, record: HeldRecord, outcome: bytes, errands: Errands, row: AuditRow | None, label: Label | None = None
    ) -> bool:
        """Ends a hold without posting it; false where someone was first. `outcome` is remembered of the client id.

        `label` is what a moderator thought of it, where one decided.
        """
        channel = record.hold.channel
        await self.channels.outbox.announce(channel, errands)
        answer = await self.scripts.run(
            "unhold",
            {
                "held": keys.held(channel),
                "seen": self._seen(channel),
                "labels": keys.labels(channel),
                "out": keys.out(channel),
                "audit": keys.audit(channel),
            },
            {
                "hold": record.hold.hold,
                "field": field(record.person, record.client_id),
                "outcome": outcome,
                "label": _packed(label),
                "seen_ms": 2 * self.settings.seen_ms,
                **self._left(errands, row),
            },
        )
        return bool(answer)

    async def release(
        self, record: HeldRecord, event: Numbered, errands: Errands, row: AuditRow, label: Label | None = None
    ) -> bytes:
        """Posts a held message under its author: `posted`, `removed` (its author is) or `gone` (someone was first)."""
        channel = record.hold.channel
        await self.channels.outbox.announce(channel, errands)
        answer: bytes = await self.scripts.run(
            "release",
            {
                "meta": keys.meta(channel),
                "log": keys.log(channel),
                "seen": self._seen(channel),
                "held": keys.held(channel),
                "ban": keys.ban(channel, record.person),
                "labels": keys.labels(channel),
                "out": keys.out(channel),
                "audit": keys.audit(channel),
            },
            {
                **self.channels.placing(channel),
                "event": encode(event),
                "author_tag": record.author_tag,
                "person": record.person,
                "field": field(record.person, record.client_id),
                "digest": record.digest,
                "hold": record.hold.hold,
                "label": _packed(label),
                "seen_ms": 2 * self.settings.seen_ms,
                **self._left(errands, row),
            },
        )
        return answer

    async def labels(self, channels: Sequence[str]) -> list[tuple[Label, int]]:
        """Every decision about a rule in these rooms, counted by room."""
        asked = [self.scripts.ask("HGETALL", keys.labels(channel)) for channel in channels]
        rooms: list[dict[bytes, bytes]] = await asyncio.gather(*asked)
        return [(_label.decode(label), int(count)) for room in rooms for label, count in room.items()]

    async def remove(self, channel: str, seq: int, event: Numbered, by: str, errands: Errands, row: AuditRow) -> bool:
        await self.channels.outbox.announce(channel, errands)
        answer = await self.scripts.run(
            "remove",
            {**self._room_keys(channel), "sealed": keys.sealed(channel, seq)},
            {
                **self.channels.placing(channel),
                "event": encode(event),
                "gone": seq,
                "by": by,
                "sealed_ms": self.settings.sealed_ms,
                **self._left(errands, row),
            },
        )
        return bool(answer)

    async def sealed(self, channel: str, seq: int) -> Entry | None:
        """A removed message as it stood in the log, while it is kept."""
        kept: dict[bytes, bytes] = await self.scripts.ask("HGETALL", keys.sealed(channel, seq))
        if not kept:
            return None
        return Entry(
            seq=seq, frame=kept[b"f"], at=int(kept[b"t"]), person=kept[b"p"].decode(), author_tag=kept[b"a"], gone=0
        )

    async def restore(self, channel: str, sealed: Entry, event: Numbered, by: str, row: AuditRow) -> bool:
        answer = await self.scripts.run(
            "restore",
            {**self._room_keys(channel), "sealed": keys.sealed(channel, sealed.seq)},
            {
                **self.channels.placing(channel),
                "event": encode(event),
                "author_tag": sealed.author_tag,
                "person": sealed.person,
                "by": by,
                "undo_ms": self.settings.undo_ms,
                **self._left({}, row),
            },
        )
        return bool(answer)

    async def mute(self, channel: str, person: str, mute: str, ms: int, errands: Errands, row: AuditRow | None) -> None:
        """Stops a person from writing in a room for a time; 0 ends the mute of that id."""
        await self.channels.outbox.announce(channel, errands)
        await self.scripts.run(
            "mute",
            {"mute": keys.mute(channel, person), "out": keys.out(channel), "audit": keys.audit(channel)},
            {"id": mute, "ms": ms, **self._left(errands, row)},
        )

    async def ban(self, channel: str, person: str, ban: str, ms: int, errands: Errands, row: AuditRow | None) -> bool:
        """Keeps a person out of a room for a time, false where they are already; 0 ends the ban of that id."""
        await self.channels.outbox.announce(channel, errands)
        answer = await self.scripts.run(
            "ban",
            {"ban": keys.ban(channel, person), "out": keys.out(channel), "audit": keys.audit(channel)},
            {"id": ban, "ms": ms, **self._left(errands, row)},
        )
        return bool(answer)

    async def spare(self, channel: str, person: str, row: AuditRow) -> None:
        """Slow mode does not count for a person for a while."""
        await self.scripts.run(
            "spare",
            {
                "spared": keys.spared(channel, person),
                "turn": keys.turn(channel, person),
                "audit": keys.audit(channel),
            },
            {"ms": self.settings.spared_ms, "audit_row": msgpack.encode(row), "audit_ms": self.settings.audit_ms},
        )

    async def change_room(self, event: RoomChanged, row: AuditRow) -> None:
        await self.scripts.run(
            "room",
            self._room_keys(event.channel),
            {
                **self.channels.placing(event.channel),
                "event": encode(event),
                "author_tag": NOBODY,
                "slow": event.slow_seconds,
                "state": event.state.value,
                **self._left({}, row),
            },
        )

    async def note(self, channel: str, row: AuditRow) -> None:
        """A row for what changes nothing that is kept."""
        oldest = self.clock.now() - self.settings.audit_ms
        await self.scripts.ask("XADD", keys.audit(channel), "MINID", oldest, "*", "row", msgpack.encode(row))

    async def audit_rows(self, channels: Sequence[str]) -> list[AuditRow]:
        """Every row of these channels, oldest first."""
        asked = [self.scripts.ask("XRANGE", keys.audit(channel), "-", "+") for channel in channels]
        logs: list[list[Any]] = await asyncio.gather(*asked)
        found = [msgpack.decode(row, type=AuditRow) for log in logs for _, (_, row) in log]
        return sorted(found, key=lambda row: row.at)

    def _left(self, errands: Errands, row: AuditRow | None) -> dict[str, Argument]:
        return {
            "errands": packed(errands),
            "audit_row": msgpack.encode(row) if row else b"",
            "audit_ms": self.settings.audit_ms,
        }

    def _room_keys(self, channel: str) -> dict[str, str]:
        return {
            "meta": keys.meta(channel),
            "log": keys.log(channel),
            "out": keys.out(channel),
            "audit": keys.audit(channel),
        }

    def _seen(self, channel: str) -> str:
        return keys.seen(channel, self.clock.now() // self.settings.seen_ms)


def _packed(label: Label | None) -> bytes:
    return msgpack.encode(label) if label else b""

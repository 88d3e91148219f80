"""The staff desk in the store: tickets, reports and mutes, each changed only by who saw it last; and errands."""

from collections.abc import Awaitable, Sequence
from enum import StrEnum
from typing import cast

from msgspec import Struct, msgpack
from redis.asyncio import Redis

from server.config import Settings
from server.domain.channels import DESK
from server.domain.errands import Errands, packed
from server.domain.moderation import AuditRow
from server.protocol.codec import encode
from server.protocol.events import Numbered
from server.store import keys
from server.store.answers import guarded
from server.store.channels import NOBODY, Channels
from server.store.script import Scripts


class Drawer(StrEnum):
    """Where a record of the desk lies."""

    TICKETS = "tickets"
    REPORTS = "reports"
    MUTES = "mutes"


class Owned(StrEnum):
    """What the change means for the person whose ticket it is."""

    OPEN = "open"
    CLOSED = "closed"
    UNCHANGED = ""


class Change(Struct, frozen=True):
    """One change: the record as it was seen (empty: none), as it shall be (empty: gone), and what the desk hears."""

    drawer: Drawer
    id: str
    expected: bytes
    record: bytes
    event: Numbered
    owner: str = ""
    owned: Owned = Owned.UNCHANGED
    errands: Errands = {}
    row: AuditRow | None = None


class Desk(Struct, frozen=True):
    client: Redis
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def change(self, change: Change) -> bool:
        """False where someone else changed the record meanwhile: read it again."""
        answer = await self.scripts.run(
            "desk",
            {
                "records": _drawer(change.drawer),
                "owners": keys.ticket_of(),
                "meta": keys.meta(DESK),
                "log": keys.log(DESK),
                "out": keys.out(DESK),
                "audit": keys.audit(DESK),
            },
            {
                **self.channels.placing(DESK),
                "id": change.id,
                "expected": change.expected,
                "record": change.record,
                "owner": change.owner,
                "owned": change.owned.value,
                "event": encode(change.event),
                "author_tag": NOBODY,
                "errands": packed(change.errands),
                "audit_row": msgpack.encode(change.row) if change.row else b"",
                "audit_ms": self.settings.audit_ms,
            },
        )
        return bool(answer)

    @guarded
    async def record(self, drawer: Drawer, record_id: str) -> bytes:
        """Empty where there is none."""
        return await cast(Awaitable[bytes | None], self.client.hget(_drawer(drawer), record_id)) or b""

    @guarded
    async def records(self, drawer: Drawer) -> list[bytes]:
        return await cast(Awaitable[list[bytes]], self.client.hvals(_drawer(drawer)))

    @guarded
    async def ticket_of(self, person: str) -> str:
        """The ticket that is open for a person, or nothing."""
        ticket = await cast(Awaitable[bytes | None], self.client.hget(keys.ticket_of(), person))
        return (ticket or b"").decode()

    @guarded
    async def errands(self, channels: Sequence[str]) -> dict[str, dict[str, bytes]]:
        """What was left undone, by channel: errand id -> errand."""
        pipeline = self.client.pipeline(transaction=False)
        for channel in channels:
            pipeline.hgetall(keys.out(channel))
        answers = await pipeline.execute()
        return {
            channel: {errand.decode(): what for errand, what in left.items()}
            for channel, left in zip(channels, answers, strict=True)
            if left
        }

    @guarded
    async def carried(self, channel: str, errand: str) -> None:
        await self.client.hdel(keys.out(channel), errand)


def _drawer(drawer: Drawer) -> str:
    match drawer:
        case Drawer.TICKETS:
            return keys.tickets()
        case Drawer.REPORTS:
            return keys.reports()
        case Drawer.MUTES:
            return keys.mutes()

"""The staff desk in the store: tickets, reports, mutes and bans, each changed only by who saw it last."""

import asyncio
from enum import StrEnum

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain.channels import DESK
from server.domain.errands import Errands, packed
from server.domain.moderation import AuditRow
from server.protocol.codec import encode
from server.protocol.events import Numbered
from server.store import keys
from server.store.channels import NOBODY, Channels
from server.store.script import Scripts


class Drawer(StrEnum):
    """Where a record of the desk lies."""

    TICKETS = "tickets"
    REPORTS = "reports"
    MUTES = "mutes"
    BANS = "bans"


class Owned(StrEnum):
    """What the change means for the person whose ticket it is."""

    OPEN = "open"
    CLOSED = "closed"
    UNCHANGED = ""


class Change(Struct, frozen=True):
    """One change: the record as it was seen (empty: none), as it shall be (empty: gone), and what the desk hears.

    `errand` names what brought it, where it must count once.
    """

    drawer: Drawer
    id: str
    expected: bytes
    record: bytes
    event: Numbered
    owner: str = ""
    owned: Owned = Owned.UNCHANGED
    errands: Errands = {}
    row: AuditRow | None = None
    errand: str = ""


class Desk(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def change(self, change: Change) -> bool:
        """False where someone else changed the record meanwhile: read it again."""
        await self.channels.outbox.announce(DESK, change.errands)
        answer = await self.scripts.run(
            "desk",
            {
                "records": _drawer(change.drawer),
                "owners": keys.ticket_of(),
                **self.channels.numbering(DESK),
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
                "errand": change.errand,
                "seen_ms": 2 * self.settings.seen_ms,
                "event": encode(change.event),
                "author_tag": NOBODY,
                "errands": packed(change.errands),
                "audit_row": msgpack.encode(change.row) if change.row else b"",
                "audit_ms": self.settings.audit_ms,
            },
        )
        return bool(answer)

    async def record(self, drawer: Drawer, record_id: str) -> bytes:
        """Empty where there is none."""
        record: bytes | None = await self.scripts.ask("HGET", _drawer(drawer), record_id)
        return record or b""

    async def records(self, drawer: Drawer) -> list[bytes]:
        records: list[bytes] = await self.scripts.ask("HVALS", _drawer(drawer))
        return records

    async def ticket_of(self, person: str) -> str:
        """The ticket that is open for a person, or nothing."""
        return (await self.asked_ticket_of(person) or b"").decode()

    def asked_ticket_of(self, person: str) -> "asyncio.Future[bytes | None]":
        """Asked at once, to travel with what is asked next."""
        return self.scripts.ask("HGET", keys.ticket_of(), person)


def _drawer(drawer: Drawer) -> str:
    match drawer:
        case Drawer.TICKETS:
            return keys.tickets()
        case Drawer.REPORTS:
            return keys.reports()
        case Drawer.MUTES:
            return keys.mutes()
        case Drawer.BANS:
            return keys.bans()

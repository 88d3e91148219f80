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

STRUCK_AT_ONCE = 50
CLAIM_MS = 5_000  # a process that claimed a step and has not done it by then is gone


class Drawer(StrEnum):
    """Where a record of the desk lies."""

    TICKETS = "tickets"
    REPORTS = "reports"
    MUTES = "mutes"
    BANS = "bans"
    DUTY = "duty"
    POLICIES = "policies"


class Owned(StrEnum):
    """What the change means for the person whose ticket it is."""

    OPEN = "open"
    CLOSED = "closed"
    UNCHANGED = ""


class Change(Struct, frozen=True):
    """One change: the record as it was seen (empty: none), as it shall be (empty: gone), and what the desk hears.

    `errand` names what brought it, where it must count once. `due`: when the ticket's clock strikes next, 0 for never
    again, none for as before. `is_worry`: there is a new worry about the owner. No event: the desk hears nothing.
    """

    drawer: Drawer
    id: str
    expected: bytes
    record: bytes
    event: Numbered | None
    owner: str = ""
    owned: Owned = Owned.UNCHANGED
    errands: Errands = {}
    row: AuditRow | None = None
    errand: str = ""
    due: int | None = None
    is_worry: bool = False


class Struck(Struct, frozen=True):
    """The tickets whose clock has struck by `now`, each with how many milliseconds ago; claimed by who asked."""

    now: int
    tickets: tuple[tuple[str, int], ...]


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
                "due": keys.due(),
                "worried": keys.worried(change.owner),
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
                "due_at": -1 if change.due is None else change.due,
                "worried_ms": self.settings.worried_ms if change.is_worry else 0,
                "errand": change.errand,
                "seen_ms": 2 * self.settings.seen_ms,
                "event": encode(change.event) if change.event else b"",
                "author_tag": NOBODY,
                "errands": packed(change.errands),
                "audit_row": msgpack.encode(change.row) if change.row else b"",
                "audit_ms": self.settings.audit_ms,
            },
        )
        return bool(answer)

    async def struck(self) -> Struck:
        """Claims what is due, so that one process does it; not done within `CLAIM_MS`, another one claims it."""
        now, claimed = await self.scripts.run(
            "due",
            {"due": keys.due(), "records": keys.tickets()},
            {"most": STRUCK_AT_ONCE, "claim_ms": CLAIM_MS},
        )
        return Struck(now, tuple((ticket.decode(), late) for ticket, late in claimed))

    async def wind(self, ticket: str, due: int) -> None:
        """Sets a clock that is not set."""
        await self.scripts.ask("ZADD", keys.due(), "NX", due, ticket)

    async def was_worried_about(self, person: str) -> bool:
        """Whether there was a worry about a person within the last day."""
        return bool(await self.scripts.ask("EXISTS", keys.worried(person)))

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
        case Drawer.DUTY:
            return keys.duty_book()
        case Drawer.POLICIES:
            return keys.policies()

"""The desk: its records, changed one at a time, and the view of all that is open."""

import asyncio
from collections.abc import Callable, Iterable

from msgspec import msgpack

from server import metrics
from server.actions import background
from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import care
from server.domain.care import TicketRecord
from server.domain.channels import DESK
from server.domain.errands import Errands, NoteBan, NoteMute, OpenTicket, Page
from server.domain.moderation import AuditRow, BanRecord, MuteRecord, ReportRecord
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Desk
from server.protocol.events import BanChanged, DeskState, MuteChanged, Ticket, TicketChanged
from server.protocol.fields import PageStep, Position, TicketState, Urgency
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer, Owned

TRIES = 20  # two people changing one record at once; each try is one round trip

_tickets = msgpack.Decoder(TicketRecord)
_reports = msgpack.Decoder(ReportRecord)
_mutes = msgpack.Decoder(MuteRecord)
_bans = msgpack.Decoder(BanRecord)


async def desk(services: Services, caller: Caller, command: Desk) -> DeskState:
    """Follows the desk, and says what is open; the events that follow change it from there."""
    store = services.store
    ring = await services.here.ring(DESK)
    after = ring.top
    holds = await store.moderation.all_held([room.channel for room in services.content.rooms.values()])
    tickets = [_tickets.decode(record).ticket for record in await store.desk.records(Drawer.TICKETS)]
    reports = [_reports.decode(record).item for record in await store.desk.records(Drawer.REPORTS)]
    mutes = [_mutes.decode(record).item for record in await store.desk.records(Drawer.MUTES)]
    bans = [_bans.decode(record).item for record in await store.desk.records(Drawer.BANS)]
    now = store.clock.now()
    caller.then(lambda: services.here.start(caller, DESK, after))
    return DeskState(
        ref=command.ref,
        position=Position(epoch=ring.epoch, seq=after),
        holds=tuple(record.hold for record in holds),
        tickets=tuple(ticket for ticket in tickets if ticket.state is not TicketState.SETTLED),
        reports=tuple(reports),
        mutes=tuple(mute for mute in mutes if mute.until > now),
        bans=tuple(ban for ban in bans if ban.until > now),
        pager=await services.pager.failing(),
        seen=await _seen(services, tickets, now),
    )


async def open_ticket(services: Services, because: OpenTicket, row: AuditRow | None = None) -> None:
    """Someone may need a person: a ticket of their own, or one more mark on the one that is open."""
    for _ in range(TRIES):
        ticket = await services.store.desk.ticket_of(because.person) or because.ticket
        expected = await services.store.desk.record(Drawer.TICKETS, ticket)
        before = _tickets.decode(expected) if expected else None
        record = care.opened(because) if before is None else care.repeated(before, because)
        if record == before:
            return  # this very worry was told before
        left = _page(before, record)
        if await _change_ticket(services, expected, record, Owned.OPEN, left, row):
            metrics.tickets.inc(because.urgency.value)
            background.spawn(_carry(services, left))
            return
    raise Refused(Code.CONFLICT)


async def ticket(services: Services, ticket_id: str) -> TicketRecord:
    """The ticket, or `Refused(NO_ROOM)`: not there and not yours are one answer."""
    record = await services.store.desk.record(Drawer.TICKETS, ticket_id)
    if not record:
        raise Refused(Code.NO_ROOM)
    return _tickets.decode(record)


async def change_ticket(
    services: Services,
    ticket_id: str,
    change: Callable[[TicketRecord], TicketRecord],
    tell: Callable[[TicketRecord], Errands] = lambda record: {},
    row: AuditRow | None = None,
) -> tuple[TicketRecord, Errands]:
    """Applies a rule to a ticket as it is now; the errands it leaves are returned, to be carried."""
    for _ in range(TRIES):
        expected = await services.store.desk.record(Drawer.TICKETS, ticket_id)
        if not expected:
            raise Refused(Code.GONE)
        record = change(_tickets.decode(expected))
        owned = Owned.CLOSED if record.ticket.state is TicketState.SETTLED else Owned.UNCHANGED
        errands = tell(record)
        if await _change_ticket(services, expected, record, owned, errands, row):
            return record, errands
    raise Refused(Code.CONFLICT)


async def note_mute(services: Services, note: NoteMute) -> None:
    record = encode(MuteRecord(note.item, note.person))
    event = MuteChanged(mute=note.item, at=UNSTAMPED)
    await services.store.desk.change(
        Change(Drawer.MUTES, note.item.mute, b"", record, event, errand=f"mute:{note.item.mute}")
    )


async def mute(services: Services, mute_id: str) -> tuple[bytes, MuteRecord]:
    """A mute that is in force, as it lies at the desk; `Refused(GONE)` where there is none."""
    record = await _in_force(services, Drawer.MUTES, mute_id)
    return record, _mutes.decode(record)


async def note_ban(services: Services, note: NoteBan) -> None:
    record = encode(BanRecord(note.item, note.person))
    event = BanChanged(ban=note.item, at=UNSTAMPED)
    await services.store.desk.change(
        Change(Drawer.BANS, note.item.ban, b"", record, event, errand=f"ban:{note.item.ban}")
    )


async def ban(services: Services, ban_id: str) -> tuple[bytes, BanRecord]:
    """A ban that is in force, as it lies at the desk; `Refused(GONE)` where there is none."""
    record = await _in_force(services, Drawer.BANS, ban_id)
    return record, _bans.decode(record)


async def report(services: Services, report_id: str) -> tuple[bytes, ReportRecord | None]:
    record = await services.store.desk.record(Drawer.REPORTS, report_id)
    return record, _reports.decode(record) if record else None


async def clear(services: Services) -> None:
    """Ended mutes and bans, and long settled tickets, leave the desk."""
    now = services.store.clock.now()
    for expected in await services.store.desk.records(Drawer.MUTES):
        item = _mutes.decode(expected).item
        if item.until <= now:
            ended = MuteChanged(mute=item, at=UNSTAMPED)
            await services.store.desk.change(Change(Drawer.MUTES, item.mute, expected, b"", ended))
    for expected in await services.store.desk.records(Drawer.BANS):
        banned = _bans.decode(expected).item
        if banned.until <= now:
            over = BanChanged(ban=banned, at=UNSTAMPED)
            await services.store.desk.change(Change(Drawer.BANS, banned.ban, expected, b"", over))
    for expected in await services.store.desk.records(Drawer.TICKETS):
        record = _tickets.decode(expected)
        is_old = record.ticket.changed < now - services.settings.ticket_ms
        if record.ticket.state is TicketState.SETTLED and is_old:
            gone = TicketChanged(ticket=record.ticket, at=UNSTAMPED)
            await services.store.desk.change(Change(Drawer.TICKETS, record.ticket.ticket, expected, b"", gone))


async def _seen(services: Services, tickets: Iterable[Ticket], now: int) -> tuple[str, ...]:
    """Those that nobody has, though someone was called and said so a moment ago."""
    waiting = [ticket.ticket for ticket in tickets if ticket.state is TicketState.OPEN]
    called = await asyncio.gather(*(services.store.paging.called(ticket) for ticket in waiting))
    return tuple(ticket for ticket, what in zip(waiting, called, strict=True) if what.quiet.until > now)


def _page(before: TicketRecord | None, record: TicketRecord) -> Errands:
    """The pager calls the team at once where it is grave, and again where it has become graver."""
    ticket = record.ticket
    grew = before is None or care.GRAVITY[ticket.urgency] > care.GRAVITY[before.ticket.urgency]
    if ticket.state is not TicketState.OPEN or ticket.urgency is Urgency.CONCERN or not grew:
        return {}
    page = Page(ticket.ticket, ticket.urgency, PageStep.TEAM, ticket.since, ticket.times)
    return {f"page:{ticket.ticket}:{page.step.value}:{page.times}": page}


async def _carry(services: Services, left: Errands) -> None:
    for errand, page in left.items():
        if isinstance(page, Page):
            await services.pager.page(page)
            await services.store.outbox.carried(DESK, errand)


async def _change_ticket(
    services: Services, expected: bytes, record: TicketRecord, owned: Owned, errands: Errands, row: AuditRow | None
) -> bool:
    event = TicketChanged(ticket=record.ticket, at=UNSTAMPED)
    change = Change(
        Drawer.TICKETS, record.ticket.ticket, expected, encode(record), event, record.person, owned, errands, row
    )
    return await services.store.desk.change(change)


async def _in_force(services: Services, drawer: Drawer, record_id: str) -> bytes:
    record = await services.store.desk.record(drawer, record_id)
    if not record:
        raise Refused(Code.GONE)
    return record

"""The desk: the view of all that is open, and what is noted there of mutes, bans, reports and duty."""

import asyncio
from collections.abc import Iterable

from msgspec import msgpack

from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import clocks, duty
from server.domain.care import TicketRecord
from server.domain.channels import DESK
from server.domain.duty import DutyRecord
from server.domain.errands import NoteBan, NoteMute
from server.domain.moderation import BanRecord, MuteRecord, ReportRecord
from server.protocol import codec
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Desk
from server.protocol.events import BanChanged, DeskState, MuteChanged, Ticket, TicketChanged, Unscreened
from server.protocol.fields import Position, TicketState
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer

UNSCREENED_AMONG = 500  # of the desk's last events
DEPUTY = "deputy"  # the one record of its drawer

_tickets = msgpack.Decoder(TicketRecord)
_reports = msgpack.Decoder(ReportRecord)
_mutes = msgpack.Decoder(MuteRecord)
_bans = msgpack.Decoder(BanRecord)
_duties = msgpack.Decoder(DutyRecord)


async def desk(services: Services, caller: Caller, command: Desk) -> DeskState:
    """Follows the desk, and says what is open; the events that follow change it from there."""
    store = services.store
    ring = await services.here.ring(DESK)
    after = ring.top
    holds = await store.moderation.all_held()
    tickets = [_tickets.decode(record).ticket for record in await store.desk.records(Drawer.TICKETS)]
    reports = [_reports.decode(record).item for record in await store.desk.records(Drawer.REPORTS)]
    mutes = [_mutes.decode(record).item for record in await store.desk.records(Drawer.MUTES)]
    bans = [_bans.decode(record).item for record in await store.desk.records(Drawer.BANS)]
    _, book = await duty_book(services)
    counts = duty.seen(book, services.roster.names)
    _, policies = await store.policies.book()
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
        deputy=counts.deputy,
        passing=counts.passing,
        emergency=services.content.emergency,
        policy=policies.news(now),
        unscreened=await _unscreened(services),
    )


async def _unscreened(services: Services) -> tuple[Unscreened, ...]:
    """Of the last that the desk was told; who comes to it sees what those who are there have seen."""
    entries = await services.store.channels.before(DESK, None, UNSCREENED_AMONG)
    frames = filter(codec.of_any(Unscreened), (entry.frame for entry in entries))
    return tuple(event for event in map(codec.inside, frames) if isinstance(event, Unscreened))


async def duty_book(services: Services) -> tuple[bytes, DutyRecord]:
    """Who is deputy and who wants to hand over duty, as it lies at the desk."""
    record = await services.store.desk.record(Drawer.DUTY, DEPUTY)
    return record, _duties.decode(record) if record else DutyRecord()


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


async def reports(services: Services) -> list[ReportRecord]:
    return list(map(_reports.decode, await services.store.desk.records(Drawer.REPORTS)))


async def mutes(services: Services) -> list[MuteRecord]:
    return list(map(_mutes.decode, await services.store.desk.records(Drawer.MUTES)))


async def bans(services: Services) -> list[BanRecord]:
    return list(map(_bans.decode, await services.store.desk.records(Drawer.BANS)))


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
        elif record.ticket.state is not TicketState.SETTLED:  # a clock that got lost goes on
            await services.store.desk.wind(record.ticket.ticket, clocks.due(record, services.settings))


async def _seen(services: Services, tickets: Iterable[Ticket], now: int) -> tuple[str, ...]:
    """Those that nobody has, though someone was called and said so a moment ago."""
    waiting = [ticket.ticket for ticket in tickets if ticket.state is TicketState.OPEN]
    called = await asyncio.gather(*(services.store.paging.called(ticket) for ticket in waiting))
    return tuple(ticket for ticket, what in zip(waiting, called, strict=True) if what.quiet.until > now)


async def _in_force(services: Services, drawer: Drawer, record_id: str) -> bytes:
    record = await services.store.desk.record(drawer, record_id)
    if not record:
        raise Refused(Code.GONE)
    return record

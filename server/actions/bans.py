"""Bans: a person leaves a room for a time and is told why; help and their thread with the team stay theirs."""

import secrets

from msgspec import structs

from server.actions import desk, errands, tickets
from server.actions.caller import Caller
from server.actions.messages import Author, audit_row, author_of, worry_about
from server.actions.mutes import EXEMPT, MINUTE_MS
from server.actions.reading import looked_over
from server.actions.services import Services
from server.domain import channels
from server.domain.errands import Errands, NoteBan, Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Ban, Unban
from server.protocol.events import BanChanged, BanItem, Banned, Done, Unbanned
from server.protocol.fields import StaffReason, TicketSource, TicketState, Urgency
from server.protocol.refusals import Code, Refused
from server.store.desk import Change, Drawer


async def ban(services: Services, caller: Caller, command: Ban) -> Done:
    services.room(command.channel)
    author = await author_of(services, command.channel, command.seq, command.hold)
    is_for_care = author.held_for_care or command.reason is StaffReason.CARE
    if author.voice in EXEMPT or is_for_care:  # no sanction ever follows from care alone
        raise Refused(Code.FORBIDDEN)
    await _looked_after(services, author, command.channel)
    ms = command.minutes * MINUTE_MS
    item = BanItem(
        ban=secrets.token_hex(8),
        channel=command.channel,
        handle=author.handle,
        reason=command.reason,
        by=caller.person.name,
        until=services.store.clock.now() + ms,
    )
    note = await looked_over(services, command.note)
    banned = Banned(channel=item.channel, until=item.until, reason=item.reason, note=note, at=UNSTAMPED)
    # In this order: what the desk knows of and may end has been told.
    told: Errands = {
        f"banned:{item.ban}": Tell(channels.inbox(author.person), encode(banned)),
        f"ban:{item.ban}": NoteBan(author.person, item),
    }
    row = audit_row(services, caller, "ban", f"{command.channel} {item.ban} {command.minutes} min", item.reason.value)
    if not await services.store.moderation.ban(command.channel, author.person, item.ban, ms, told, row):
        raise Refused(Code.CONFLICT)
    errands.carry_soon(services, command.channel, told)
    return Done(ref=command.ref)


async def unban(services: Services, caller: Caller, command: Unban) -> Done:
    expected, record = await desk.ban(services, command.ban)
    item = record.item
    row = audit_row(services, caller, "unban", f"{item.channel} {item.ban}", "")
    await services.store.moderation.ban(item.channel, record.person, item.ban, 0, {}, row)
    ended = BanChanged(ban=structs.replace(item, until=services.store.clock.now()), at=UNSTAMPED)
    unbanned = Unbanned(channel=item.channel, at=UNSTAMPED)
    told: Errands = {f"unbanned:{item.ban}": Tell(channels.inbox(record.person), encode(unbanned))}
    change = Change(Drawer.BANS, item.ban, expected, b"", ended, errands=told)
    if not await services.store.desk.change(change):
        raise Refused(Code.GONE)
    errands.carry_soon(services, channels.DESK, told)
    return Done(ref=command.ref)


async def _looked_after(services: Services, author: Author, channel: str) -> None:
    """Nobody is sent away while someone may need to be found: their care ticket must have a person first.

    Where someone was worried about them within the last day and no ticket is open, one is opened.
    """
    ticket = await services.store.desk.ticket_of(author.person)
    if ticket:
        if (await tickets.ticket(services, ticket)).ticket.state is TicketState.OPEN:
            raise Refused(Code.CARE_FIRST)
    elif await services.store.desk.was_worried_about(author.person):
        because = "removal", author.person
        worry = worry_about(services, author, channel, TicketSource.STAFF, Urgency.CONCERN, *because)
        await errands.open_ticket(services, worry)
        raise Refused(Code.CARE_FIRST)

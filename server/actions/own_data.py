"""What is kept of a person and until when; and the beginning of a wipe, which cannot be lost."""

import asyncio
import secrets

from server.actions import desk, erasing, errands, listening, wiping
from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import channels
from server.domain.errands import Errands
from server.domain.errands import Wipe as WipeErrand
from server.domain.listening import Talk
from server.protocol.events import Done
from server.protocol.fields import TicketState
from server.protocol.own_data import DataKept, KeptOne, KeptRoom, KeptSanction, KeptTicket, MyData, Wipe
from server.protocol.refusals import Code, Refused

HOUR_MS = 3_600_000


async def my_data(services: Services, caller: Caller, command: MyData) -> DataKept:
    """Facts and times: the words themselves are where they were said."""
    person, store, settings = caller.person.id, services.store, services.settings
    await _allow(services, caller, "my_data", settings.looks_per_hour)
    about = await store.people.known(person)
    waiting, blocks, summary, left_ms = await asyncio.gather(
        listening.waiting_of(services, person),
        store.blocks.of(person),
        store.returning.summary(person),
        store.returning.left_ms(person),
    )
    reports, feedback = await desk.reports(services), await store.feedback.everything()
    now, told = store.clock.now(), await store.channels.after(channels.inbox(person), 0)
    return DataKept(
        ref=command.ref,
        until=now + about.left_ms,
        sign_ins=about.sign_ins,
        age=about.age,
        rooms=await _rooms(services, person),
        ones=await _ones(services, person),
        tickets=await _tickets(services, person),
        sanctions=await _sanctions(services, person, now),
        blocks=len(blocks),
        reports=sum(person in each.reporters for each in reports),
        feedback=sum(each.person == person for each in feedback),
        waits=waiting is not None and waiting.waits,
        told=len(told),
        told_until=told[-1].at + settings.inbox_ms if told else 0,
        words_until=now + left_ms if left_ms else 0,
        summary=summary.text,
        shares=summary.share,
    )


async def wipe(services: Services, caller: Caller, command: Wipe) -> Done:
    person = caller.person.id
    await _allow(services, caller, "wipe", services.settings.wipes_per_hour)
    await services.store.returning.forget(person)
    left: Errands = {f"wipe:{secrets.token_hex(8)}": WipeErrand(person)}
    await services.store.erasing.begin(person, left)
    caller.accepted, caller.rest = 0, None
    errands.carry_soon(services, channels.inbox(person), left)
    return Done(ref=command.ref)


async def _allow(services: Services, caller: Caller, what: str, times: int) -> None:
    if wait := await services.store.duty.allowed(caller.person.id, what, times, HOUR_MS):
        raise Refused(Code.RATE, retry_ms=wait)


async def _rooms(services: Services, person: str) -> tuple[KeptRoom, ...]:
    rooms = await services.store.rooms.named_in(person)
    names, held = await services.store.rooms.names(person, rooms), await services.store.moderation.all_held()
    logs = await asyncio.gather(*(services.store.channels.after(channel, 0) for channel in rooms))
    found = []
    for channel, log in zip(rooms, logs, strict=True):
        mine = [entry for entry in log if entry.person == person and not entry.gone]
        waits = sum(each.person == person and each.hold.channel == channel for each in held)
        if mine or waits or channel in names:
            found.append(
                KeptRoom(
                    channel=channel,
                    handle=names.get(channel, ""),
                    messages=len(mine),
                    held=waits,
                    until=mine[-1].at + services.settings.history_ms if mine else 0,
                )
            )
    return tuple(found)


async def _ones(services: Services, person: str) -> tuple[KeptOne, ...]:
    talks = sorted(await wiping.one_to_ones(services, person), key=lambda talk: talk.since)
    return tuple([await _one(services, talk) for talk in talks])


async def _one(services: Services, talk: Talk) -> KeptOne:
    said = [entry for entry, _ in await erasing.said_by(services, talk.channel)]
    return KeptOne(
        channel=talk.channel,
        name=talk.name,
        since=talk.since,
        over=bool(talk.over),
        messages=len(said),
        until=(said[-1].at if said else talk.over or talk.since) + services.settings.one_ms,
    )


async def _tickets(services: Services, person: str) -> tuple[KeptTicket, ...]:
    tickets = [record.ticket for record in await wiping.care_tickets(services, person)]
    return tuple(
        KeptTicket(
            since=ticket.since,
            state=ticket.state,
            until=ticket.changed + services.settings.ticket_ms if ticket.state is TicketState.SETTLED else 0,
        )
        for ticket in sorted(tickets, key=lambda ticket: ticket.since)
    )


async def _sanctions(services: Services, person: str, now: int) -> tuple[KeptSanction, ...]:
    mutes = [record.item for record in await desk.mutes(services) if record.person == person]
    bans = [record.item for record in await desk.bans(services) if record.person == person]
    in_force = [(item.channel, item.until) for item in mutes] + [(item.channel, item.until) for item in bans]
    return tuple(KeptSanction(channel=channel, until=until) for channel, until in in_force if until > now)

"""Looks: what time does to who waits, who listens, what they share and what they asked; each claimed by one process."""

import asyncio

from server.actions import asks, listening, transfers
from server.actions.matching import has_changed, match
from server.actions.services import Services
from server.domain import one_to_one, queue, shifts
from server.domain.listening import Listener, Record, Step, Talk, Terms, Waiting
from server.domain.supervised import Ask
from server.protocol.refusals import Code, Refused


async def look(services: Services) -> None:
    """What time does to offers, places, one-to-ones and wrap-ups; each is claimed by one process."""
    due = await services.store.listening.due()
    if not due:
        return
    seen = await services.store.listening.seen()
    kept = await services.store.listening.kept(due)
    for record in listening.records(kept.values()):
        try:
            await _look_at(services, record, seen)
        except Refused as no:
            if no.code is Code.UNAVAILABLE:
                raise  # the next look will find it
    await match(services)


async def _look_at(services: Services, record: Record, seen: dict[str, int]) -> None:
    match record:
        case Waiting(person=person):
            if record.waits:
                await has_changed(services, record)
            await listening.change_waiting(
                services,
                person,
                lambda waiting, listener, terms, now: (
                    queue.looked_at(waiting, listener, seen, now, terms) if waiting else None
                ),
            )
        case Listener(person=person):
            await listening.change_listener(
                services,
                person,
                lambda _, listener, terms, now: shifts.looked_at(listener, now, terms) if listener else None,
            )
        case Ask():
            await asks.look(services, record)
        case Talk(channel=channel):
            await _look_at_talk(services, record, channel, seen)


async def _look_at_talk(services: Services, talk: Talk, channel: str, seen: dict[str, int]) -> None:
    said, cared_for = await asyncio.gather(
        services.store.listening.said(channel), services.store.desk.ticket_of(talk.person)
    )

    def rule(talk: Talk, waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        heard = one_to_one.heard_of(talk, said, seen.get(talk.listener, 0), bool(cared_for))
        return one_to_one.looked_at(talk, waiting, listener, heard, now, terms)

    if talk.handing is not None:
        await transfers.look(services, channel, seen)
    await listening.change_talk(services, channel, rule)

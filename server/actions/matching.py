"""Matching: offers the next person to the next listener, in every process; and what time does to the records."""

import asyncio
import secrets

from server.actions import background, listening, meeting
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import matching, one_to_one, queue, shifts
from server.domain.listening import Listener, Step, Talk, Terms, Waiting, key
from server.protocol.listening import QueuePlace
from server.protocol.refusals import Code, Refused

_rounds: dict[int, bool] = {}  # by event loop: whether one more is wanted after the one that is under way


def match_soon(services: Services) -> None:
    """Nobody waits for it: what is not matched now is found by the next look."""
    loop = id(asyncio.get_running_loop())
    if loop in _rounds:
        _rounds[loop] = True
        return
    _rounds[loop] = False
    background.spawn(_rounds_of(services, loop))


async def _rounds_of(services: Services, loop: int) -> None:
    try:
        await match(services)
        while _rounds[loop]:
            _rounds[loop] = False
            await match(services)
    finally:
        del _rounds[loop]


async def match(services: Services) -> None:
    """Each pair is one change of its own: two processes that match at once agree on who was first.

    Where someone turns out to be otherwise known, all are matched anew: else who comes later takes what was theirs.
    """
    store, terms = services.store.listening, terms_of(services.settings)
    kept, seen, apart = await asyncio.gather(store.everything(), store.seen(), store.apart())
    now = services.store.clock.now()
    for waiting, listener in matching.pairs(listening.records(kept.values()), seen, apart, now, terms):
        if await has_changed(services, waiting):
            return
        step = queue.offered(waiting, listener, secrets.token_hex(10), now, terms)
        await listening.apply(services, {each: kept[each] for each in (key(waiting), key(listener))}, step)


async def has_changed(services: Services, waiting: Waiting) -> bool:
    """A block and an age that came to be known since they began to wait count; they are matched anew."""
    avoids, band = await asyncio.gather(
        meeting.avoided_by(services, waiting.person), meeting.band_of(services, waiting.person)
    )
    if (avoids, band) == (waiting.avoids, waiting.band):
        return False
    await listening.change_waiting(
        services,
        waiting.person,
        lambda waits, listener, terms, now: queue.now_known(waits, listener, avoids, band, now, terms),
    )
    match_soon(services)
    return True


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


async def _look_at(services: Services, record: Waiting | Listener | Talk, seen: dict[str, int]) -> None:
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
        case Talk(channel=channel):
            await _look_at_talk(services, record, channel, seen)


async def _look_at_talk(services: Services, talk: Talk, channel: str, seen: dict[str, int]) -> None:
    said, cared_for = await asyncio.gather(
        services.store.listening.said(channel), services.store.desk.ticket_of(talk.person)
    )

    def rule(talk: Talk, waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        heard = one_to_one.heard_of(talk, said, seen.get(talk.listener, 0), bool(cared_for))
        return one_to_one.looked_at(talk, waiting, listener, heard, now, terms)

    await listening.change_talk(services, channel, rule)


async def tell_places(services: Services) -> None:
    """The truth about the queue, to who waits and is connected here."""
    here = services.attendance.people
    if not here:
        return
    store, terms = services.store.listening, terms_of(services.settings)
    kept, seen = await asyncio.gather(store.everything(), store.seen())
    everyone, now = listening.records(kept.values()), services.store.clock.now()
    for waiting in everyone:
        if isinstance(waiting, Waiting) and waiting.waits and waiting.person in here:
            place = matching.place(waiting, everyone, seen, now, terms)
            services.here.tell(waiting.person, QueuePlace(place=place))

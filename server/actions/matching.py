"""Matching: offers the next person to the next listener, in every process."""

import asyncio
import secrets

from server.actions import background, listening, meeting
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import matching, queue
from server.domain.listening import Listener, Step, Terms, Waiting, key
from server.protocol.listening import QueueEnd, QueuePlace

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
    everyone = listening.records(kept.values())
    for waiting, is_anyone in matching.untaken(everyone, seen, now, terms):
        await _told_untaken(services, waiting.person, is_anyone)
    for waiting in matching.in_vain(everyone, seen, now, terms):
        await listening.change_waiting(services, waiting.person, _in_vain)
    for waiting, listener in matching.pairs(everyone, seen, apart, now, terms):
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


async def _told_untaken(services: Services, person: str, is_anyone: bool) -> None:
    await listening.change_waiting(services, person, lambda waits, *_: queue.untaken(waits, is_anyone))


def _in_vain(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
    if waiting is None or not waiting.waits:
        return None
    return queue.left(waiting, listener, QueueEnd.IN_VAIN, now, terms)


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

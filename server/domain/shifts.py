"""What a listener says of themselves, and the shift that follows from it."""

from msgspec import structs

from server.domain.listening import (
    DAY_MS,
    Listener,
    Step,
    Terms,
    Waiting,
    breaks_today,
    key,
    told_duties,
    unoffered,
)
from server.domain.queue import withdrawn
from server.protocol.listening import Availability, OfferEnd


def listens(
    listener: Listener,
    waiting: Waiting | None,
    said: Availability,
    off: tuple[str, ...],
    not_today: tuple[str, ...],
    now: int,
    terms: Terms,
) -> Step:
    """What a listener says of themselves; a break lets go of the offer that is open."""
    if said is Availability.AVAILABLE:
        listener = _resumes(listener, now, terms)
    if said is Availability.BREAK and listener.availability is Availability.AVAILABLE:
        listener = structs.replace(listener, breaks=breaks_today(listener, now) + 1, break_day=now // DAY_MS)
    listener = _stands(listener, said, off, not_today, now)
    if said is Availability.AVAILABLE or not listener.offer or waiting is None:
        return Step({key(listener): listener}, (told_duties(listener, now, terms),))
    step = withdrawn(listener, waiting, OfferEnd.WITHDRAWN, now, terms)
    return Step({**step.records, key(waiting): unoffered(waiting)}, step.told)


def _stands(
    listener: Listener, said: Availability, off: tuple[str, ...], not_today: tuple[str, ...], now: int
) -> Listener:
    """As the listener says; said again, "not today" lasts no longer than when it was said first."""
    known = {topic: until for topic, until in listener.not_today.items() if until > now}
    topics = {topic: known.get(topic, now + DAY_MS) for topic in not_today}
    paused = 0 if said is Availability.AVAILABLE else listener.paused or now
    return structs.replace(listener, availability=said, off_topics=off, not_today=topics, paused=paused)


def _resumes(listener: Listener, now: int, terms: Terms) -> Listener:
    """A shift begins with the first availability, and anew after a rest."""
    is_rested = not listener.began or (listener.paused and now - listener.paused >= terms.rest)
    return structs.replace(listener, began=now) if is_rested else listener


def looked_at(listener: Listener, now: int, terms: Terms) -> Step | None:
    """Wrap-up ends."""
    if not listener.wrap_until or listener.wrap_until > now:
        return None
    listener = structs.replace(listener, wrap_until=0)
    return Step({key(listener): listener}, (told_duties(listener, now, terms),))

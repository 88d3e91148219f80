"""Matching: who comes before whom in the queue, who may meet whom, and what can truly be said of the wait."""

from collections.abc import Container, Iterable, Mapping

from msgspec import Struct

from server.domain import ages
from server.domain.ages import Band
from server.domain.listening import Listener, Record, Terms, Waiting, met_today, pair, state, will_take
from server.protocol.fields import Urgency
from server.protocol.listening import ListenerState, Place

MINUTE_MS = 60_000
VAIN_MINUTES = 10  # after the last of the other ways was offered
ON_DUTY = frozenset(ListenerState) - {ListenerState.OFF, ListenerState.BREAK, ListenerState.LIMIT}


class Behind(Struct, frozen=True):
    """What is behind the door to one listener: who listens, who of them is free, and how many wait."""

    listeners: int
    free: int
    waiting: int


def turn(waiting: Waiting, terms: Terms) -> tuple[bool, int]:
    """Who comes before whom: time of asking minus a bonus, so nobody is overtaken for longer than the greatest one.

    Those whom a listener was lost to come first of all.
    """
    bonus = {None: 0, Urgency.CONCERN: 0, Urgency.SERIOUS: terms.serious, Urgency.IMMINENT: terms.imminent}
    said = max(waiting.how_hard - 1, 0) * MINUTE_MS
    return not waiting.first, waiting.since - max(bonus[waiting.urgency], said)


def may_meet(waiting: Waiting, listener: Listener, apart: Container[str], now: int, terms: Terms) -> bool:
    """Never an adult with a minor, never two of whom one has blocked or stopped the other, never an unwanted topic.

    And the same two only so often in a day: nobody becomes the only one for anybody.
    """
    return (
        ages.may_meet(waiting.band, listener.band)
        and listener.person != waiting.person
        and listener.person not in waiting.passed
        and listener.person not in waiting.avoids
        and pair(waiting.person, listener.person) not in apart
        and met_today(listener, waiting.person, now) < terms.pair
        and will_take(listener, waiting.wish.topic, now)
    )


def pairs(
    records: Iterable[Record], seen: Mapping[str, int], apart: Container[str], now: int, terms: Terms
) -> list[tuple[Waiting, Listener]]:
    """Who is to be offered to whom now: in their turn, each to the free listener who has rested longest."""
    everyone = list(records)
    free = sorted(
        (each for each in everyone if isinstance(each, Listener) and is_free(each, seen, now, terms)),
        key=lambda listener: listener.idle,
    )
    found = []
    for waiting in in_turn(everyone, terms):
        if waiting.offer or not is_here(waiting.person, seen, now, terms):
            continue
        listener = next((each for each in free if may_meet(waiting, each, apart, now, terms)), None)
        if listener is not None:
            free.remove(listener)
            found.append((waiting, listener))
    return found


def in_turn(records: Iterable[Record], terms: Terms) -> list[Waiting]:
    waiting = (each for each in records if isinstance(each, Waiting) and each.waits)
    return sorted(waiting, key=lambda each: turn(each, terms))


def is_here(person: str, seen: Mapping[str, int], now: int, terms: Terms) -> bool:
    return now - seen.get(person, 0) < terms.lease


def is_on_duty(listener: Listener, seen: Mapping[str, int], now: int, terms: Terms) -> bool:
    return state(listener, now, terms) in ON_DUTY and is_here(listener.person, seen, now, terms)


def untaken(records: Iterable[Record], seen: Mapping[str, int], now: int, terms: Terms) -> list[tuple[Waiting, bool]]:
    """Who waits with a topic that nobody takes who is there for them, or is under 18 with nobody there at all.

    With whether anyone is there for them; each is told of once.
    """
    everyone = list(records)
    found = []
    for each in in_turn(everyone, terms):
        there = _there_for(each, everyone, seen, now, terms)
        is_taken = any(will_take(listener, each.wish.topic, now) for listener in there)
        is_named = each.wish.topic is not None or each.band is Band.MINOR
        if is_named and not is_taken and not each.untaken and is_here(each.person, seen, now, terms):
            found.append((each, bool(there)))
    return found


def in_vain(records: Iterable[Record], seen: Mapping[str, int], now: int, terms: Terms) -> list[Waiting]:
    """Who is under 18 and has waited as long as other ways are offered, with nobody there who may meet them."""
    everyone = list(records)
    return [
        each
        for each in in_turn(everyone, terms)
        if each.band is Band.MINOR
        and now - each.since >= VAIN_MINUTES * terms.minute
        and not _there_for(each, everyone, seen, now, terms)
    ]


def _there_for(
    waiting: Waiting, records: Iterable[Record], seen: Mapping[str, int], now: int, terms: Terms
) -> list[Listener]:
    return [
        each
        for each in records
        if isinstance(each, Listener) and ages.may_meet(waiting.band, each.band) and is_on_duty(each, seen, now, terms)
    ]


def is_free(listener: Listener, seen: Mapping[str, int], now: int, terms: Terms) -> bool:
    return may_be_offered(listener, now, terms) and is_here(listener.person, seen, now, terms)


def may_be_offered(listener: Listener, now: int, terms: Terms) -> bool:
    return state(listener, now, terms) is ListenerState.AVAILABLE


def behind(band: Band, records: Iterable[Record], seen: Mapping[str, int], now: int, terms: Terms) -> Behind:
    """As someone of that age finds it: a listener who cannot take them is not there for them."""
    everyone = list(records)
    here = _here(everyone, band, seen, now, terms)
    return Behind(
        listeners=sum(state(each, now, terms) in ON_DUTY for each in here),
        free=sum(is_free(each, seen, now, terms) for each in here),
        waiting=sum(ages.may_meet(band, each.band) for each in in_turn(everyone, terms)),
    )


def place(waiting: Waiting, records: Iterable[Record], seen: Mapping[str, int], now: int, terms: Terms) -> Place:
    """With its basis; a listener who cannot take this person for their age is none of those who are there for them."""
    everyone = list(records)
    theirs = _here(everyone, waiting.band, seen, now, terms)
    before = turn(waiting, terms)
    return Place(
        ahead=sum(turn(each, terms) < before for each in everyone if isinstance(each, Waiting) and each.waits),
        free=sum(is_free(each, seen, now, terms) for each in theirs),
        listeners=sum(state(each, now, terms) in ON_DUTY for each in theirs),
        since=waiting.since,
        first=waiting.first,
        under_18=waiting.band is Band.MINOR,
    )


def _here(records: Iterable[Record], band: Band, seen: Mapping[str, int], now: int, terms: Terms) -> list[Listener]:
    """Listeners who are connected and may meet someone of this age."""
    return [
        each
        for each in records
        if isinstance(each, Listener) and ages.may_meet(band, each.band) and is_here(each.person, seen, now, terms)
    ]

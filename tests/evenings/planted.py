"""Rules of an evening with one known fault each, by which its watch is watched."""

from collections.abc import Callable, Container, Iterable, Mapping

from msgspec import structs

from server.domain import matching, one_to_one, queue
from server.domain.ages import Band
from server.domain.listening import Listener, Record, Step, Talk, Terms, Waiting
from server.domain.one_to_one import Heard
from server.protocol.listening import TalkEnd
from tests.evenings.world import Rules

HOUR = 3_600_000
Found = list[tuple[Waiting, Listener]]


def told_wrongly(change: Callable[[Record], Record]) -> Rules:
    """The matcher is shown other records than there are, and offers by them."""

    def pairs(
        records: Iterable[Record], seen: Mapping[str, int], apart: Container[str], now: int, terms: Terms
    ) -> Found:
        true = list(records)
        people = {each.person: each for each in true if isinstance(each, Waiting)}
        team = {each.person: each for each in true if isinstance(each, Listener)}
        found = matching.pairs(map(change, true), seen, apart, now, terms)
        return [(people[waiting.person], team[listener.person]) for waiting, listener in found]

    return Rules(pairs=pairs)


def ageless(record: Record) -> Record:
    """Nobody's age is looked at."""
    return record if isinstance(record, Talk) else structs.replace(record, band=Band.UNTOLD)


def restless(record: Record) -> Record:
    """An offer comes in wrap-up."""
    return structs.replace(record, wrap_until=0) if isinstance(record, Listener) else record


def crowding(record: Record) -> Record:
    """An offer comes to who has someone."""
    return structs.replace(record, at_once=2) if isinstance(record, Listener) else record


def unforgiving(record: Record) -> Record:
    """The gravest come first, however long the others have waited; and nobody whose listener was lost."""
    if not isinstance(record, Waiting):
        return record
    return structs.replace(record, first=False, since=record.since - 10 * HOUR * (record.urgency is not None))


def rematching(
    records: Iterable[Record], seen: Mapping[str, int], apart: Container[str], now: int, terms: Terms
) -> Found:
    """Who was stopped is offered to the same listener again."""
    return matching.pairs(records, seen, frozenset(), now, terms)


def last_first(
    records: Iterable[Record], seen: Mapping[str, int], apart: Container[str], now: int, terms: Terms
) -> Found:
    """Whoever came last is offered first."""
    found = matching.in_turn(records, terms)
    newest = {each.person: structs.replace(each, since=-each.since, urgency=None) for each in found}
    true = list(records)
    people = {each.person: each for each in found}
    turned = [newest.get(each.person, each) if isinstance(each, Waiting) else each for each in true]
    offered = matching.pairs(turned, seen, apart, now, terms)
    return [(people[waiting.person], listener) for waiting, listener in offered]


def ringing(
    waiting: Waiting, listener: Listener | None, seen: Mapping[str, int], now: int, terms: Terms
) -> Step | None:
    """An offer stands until someone answers it."""
    return (
        queue.looked_at(waiting, listener, seen, now, structs.replace(terms, offer=HOUR)) if not waiting.offer else None
    )


def keeping(
    waiting: Waiting, listener: Listener | None, seen: Mapping[str, int], now: int, terms: Terms
) -> Step | None:
    """A place is kept for ever."""
    return queue.looked_at(waiting, listener, seen, now, structs.replace(terms, place=100 * HOUR))


def anew(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, heard: Heard, now: int, terms: Terms
) -> Step | None:
    """A listener who comes back has all their time to answer again, whenever the word was said."""
    return one_to_one.looked_at(structs.replace(talk, alone=0), waiting, listener, heard, now, terms)


def patient(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, heard: Heard, now: int, terms: Terms
) -> Step | None:
    """A listener who says nothing keeps the person."""
    return one_to_one.looked_at(talk, waiting, listener, heard, now, structs.replace(terms, silent=HOUR))


def faithful(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, heard: Heard, now: int, terms: Terms
) -> Step | None:
    """A listener who is gone keeps the person."""
    there = structs.replace(heard, listener=now)
    return one_to_one.looked_at(talk, waiting, listener, there, now, structs.replace(terms, silent=HOUR))


def breathless(
    talk: Talk, waiting: Waiting | None, listener: Listener | None, why: TalkEnd, now: int, terms: Terms
) -> Step:
    """No time to breathe after a goodbye."""
    return one_to_one.ended(talk, waiting, listener, why, now, structs.replace(terms, wrap=0, long_wrap=0))


PLANTED: dict[str, Rules] = {
    **{bug.__name__: told_wrongly(bug) for bug in (ageless, restless, crowding, unforgiving)},
    "rematching": Rules(pairs=rematching),
    "last_first": Rules(pairs=last_first),
    "ringing": Rules(waiting=ringing),
    "keeping": Rules(waiting=keeping),
    "anew": Rules(talk=anew),
    "patient": Rules(talk=patient),
    "faithful": Rules(talk=faithful),
    "breathless": Rules(ended=breathless),
}

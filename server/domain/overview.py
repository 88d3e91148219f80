"""The overview of supervisors: four numbers with their lights, who listens, and every one-to-one that goes on.

Never a word of anyone's, never a peer's name, and no score: an urgency is that of a ticket, and orders the response.
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from server.domain import matching
from server.domain.care import GRAVITY, HELD
from server.domain.listening import Listener, Record, Talk, Terms, state, today
from server.domain.supervised import Ask
from server.protocol.events import Ticket
from server.protocol.fields import TicketState, Urgency
from server.protocol.supervising import Light, ListenerRow, Numbers, OneRow, Owes

LONG_MS = 5 * 60_000  # a wait that a supervisor should know of
TOO_LONG_MS = 10 * 60_000
HIGH_RISK = frozenset({Urgency.SERIOUS, Urgency.IMMINENT})


class Seen(Struct, frozen=True):
    """What the overview is made of. `quiet`: by channel, whose word is awaited and since when. `tickets`: by person."""

    records: tuple[Record, ...]
    attendance: Mapping[str, int]
    quiet: Mapping[str, tuple[str, int]]
    tickets: Mapping[str, Ticket]
    supervisors: tuple[str, ...]
    now: int
    terms: Terms


def numbers(seen: Seen) -> Numbers:
    there = _listeners(seen)
    free = [each for each in there if matching.may_be_offered(each, seen.now, seen.terms)]
    waits = [seen.now - each.since for each in matching.in_turn(seen.records, seen.terms)]
    risks = [ticket for ticket in seen.tickets.values() if ticket.urgency in HIGH_RISK and not ticket.drill]
    unheld = [ticket for ticket in risks if ticket.state not in HELD]
    long = [wait for wait in waits if wait >= LONG_MS]
    return Numbers(
        active=len(talks(seen.records)),
        listeners=len(there),
        free=len(free),
        listening=Light.GREEN if free else Light.AMBER if there else Light.RED,
        waiting=len(waits),
        long=len(long),
        longest_ms=max(waits, default=0),
        queue=_light(bool(long), max(waits, default=0) >= TOO_LONG_MS),
        supervisors=seen.supervisors,
        supervising=_light(_is_late(seen.records, seen.now), not seen.supervisors),
        high_risk=len(risks),
        unheld=len(unheld),
        risk=_light(bool(risks), bool(unheld)),
    )


def listeners(seen: Seen) -> tuple[ListenerRow, ...]:
    rows = (
        ListenerRow(
            name=each.name,
            state=state(each, seen.now, seen.terms),
            ones=len(each.ones),
            at_once=each.at_once,
            today=today(each, seen.now),
            of=seen.terms.daily,
            shift_ends=each.began + seen.terms.shift if each.began else 0,
            lifted_until=each.lifted if each.lifted > seen.now else 0,
        )
        for each in _there(seen)
    )
    return tuple(sorted(rows, key=lambda row: row.name))


def ones(seen: Seen) -> tuple[OneRow, ...]:
    """The gravest first; then who asks, then the longest silence."""
    asks = {each.one: each for each in seen.records if isinstance(each, Ask) and each.waits}
    rows = [_row(talk, seen, asks.get(talk.channel)) for talk in talks(seen.records)]
    return tuple(sorted(rows, key=lambda row: (-GRAVITY[row.urgency], not row.ask, row.ask, -row.quiet_ms)))


def talks(records: Iterable[Record]) -> list[Talk]:
    return [each for each in records if isinstance(each, Talk) and not each.over]


def open_tickets(records: Collection[tuple[str, Ticket]]) -> dict[str, Ticket]:
    return {person: ticket for person, ticket in records if ticket.state is not TicketState.SETTLED}


def _row(talk: Talk, seen: Seen, ask: Ask | None) -> OneRow:
    owes, since = seen.quiet.get(talk.channel, (talk.listener, talk.since))
    ticket = seen.tickets.get(talk.person)
    return OneRow(
        channel=talk.channel,
        name=talk.name,
        topic=talk.wish.topic,
        since=talk.since,
        ends=talk.ends,
        quiet_ms=max(seen.now - since, 0),
        owes=Owes.PEER if owes == talk.person else Owes.LISTENER,
        urgency=ticket.urgency if ticket else None,
        ask=ask.since if ask else 0,
        passing=talk.handing is not None,
        to_watch=talk.watched and not talk.watcher,
    )


def _there(seen: Seen) -> list[Listener]:
    """Connected, or with someone."""
    everyone = (each for each in seen.records if isinstance(each, Listener))
    return [each for each in everyone if each.ones or matching.is_on_duty(each, seen.attendance, seen.now, seen.terms)]


def _listeners(seen: Seen) -> list[Listener]:
    return [each for each in _there(seen) if matching.is_on_duty(each, seen.attendance, seen.now, seen.terms)]


def _is_late(records: Iterable[Record], now: int) -> bool:
    return any(isinstance(each, Ask) and each.waits and each.due <= now for each in records)


def _light(is_amber: bool, is_red: bool) -> Light:
    return Light.RED if is_red else Light.AMBER if is_amber else Light.GREEN

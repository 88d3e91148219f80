"""Keeps watch over an evening: what must never be, by what happened in the world and not by what the records say."""

from collections.abc import Iterable, Mapping, Sequence

from server.domain.ages import Band
from server.domain.listening import Listener, Record, Talk, Terms, Waiting
from server.protocol.fields import Urgency
from server.protocol.listening import Availability

SECOND = 1_000
MINUTE = 60 * SECOND
LIMBO = 5 * MINUTE
STARVATION = 60 * MINUTE  # nobody is overtaken for longer
HOW_HARD = 4 * MINUTE  # the most that is moved by how hard someone says it is
LATE = 8 * SECOND  # the looks, and a process that died with what it had claimed
GRAVITY = {None: 0, Urgency.CONCERN: 0, Urgency.SERIOUS: 1, Urgency.IMMINENT: 2}


class Watch:
    """Is told what people do and shown the records; raises at what must never be."""

    def __init__(self, terms: Terms, bands: Mapping[str, Band]) -> None:
        self.terms, self.bands = terms, bands
        self._blocked: set[frozenset[str]] = set()
        self._stopped: set[frozenset[str]] = set()
        self._spoke: dict[str, tuple[str, int]] = {}  # who began the silence of a one-to-one, and when
        self._limbo: dict[str, int] = {}
        self._worried: set[str] = set()
        self._rest_until: dict[str, int] = {}
        self._availability: dict[str, Availability] = {}
        self._off: dict[str, tuple[str, ...]] = {}
        self._begun: dict[str, list[int]] = {}
        self._shift: dict[str, int] = {}
        self._paused: dict[str, int] = {}
        self._skipped: set[tuple[str, str]] = set()
        self._offered: dict[str, int] = {}
        self._gone: dict[str, int] = {}

    # -- what it is told

    def says_of_themselves(self, listener: str, said: Availability, off: tuple[str, ...], now: int) -> None:
        self._availability[listener], self._off[listener] = said, off
        if said is not Availability.AVAILABLE:
            self._paused.setdefault(listener, now)
            return
        paused = self._paused.pop(listener, None)
        if listener not in self._shift or (paused is not None and now - paused >= self.terms.rest):
            self._shift[listener] = now

    def blocks(self, one: str, other: str) -> None:
        self._blocked.add(frozenset({one, other}))

    def avoided(self, person: str) -> tuple[str, ...]:
        return tuple(sorted(each for pair in self._blocked if person in pair for each in pair - {person}))

    def parts(self, one: str, other: str) -> None:
        self._stopped.add(frozenset({one, other}))

    def hears(self, channel: str, who: str, now: int) -> None:
        """The first word of several is what waits for an answer."""
        if self._spoke.get(channel, ("", 0))[0] != who:
            self._spoke[channel] = who, now

    def worries(self, channel: str) -> None:
        self._worried.add(channel)

    def comes(self, person: str) -> None:
        self._gone.pop(person, None)

    # -- what it sees

    def offers(
        self, waiting: Waiting, listener: str, before: Iterable[Record], seen: Mapping[str, int], now: int
    ) -> None:
        """Whoever is offered to whomever: they may meet, the listener may be asked, and nobody else comes first."""
        everyone = list(before)
        talks = [each for each in everyone if isinstance(each, Talk) and not each.over]
        assert self._may_meet(waiting, listener), "they must not meet"
        assert listener not in {talk.listener for talk in talks}, "offered to someone who is in a one-to-one"
        assert waiting.person not in {talk.person for talk in talks}, "offered though they have someone"
        assert self._rest_until.get(listener, 0) <= now, "offered in wrap-up"
        assert self._availability.get(listener) is Availability.AVAILABLE, "offered in a break"
        today = [at for at in self._begun.get(listener, []) if at // (24 * 60 * MINUTE) == now // (24 * 60 * MINUTE)]
        assert len(today) < self.terms.daily, "offered beyond the day's limit"
        assert now - self._shift[listener] < self.terms.shift, "offered beyond the shift"
        for person in (waiting.person, listener):
            assert now - seen[person] < self.terms.lease, "offered though not there"
        for other in everyone:
            if isinstance(other, Waiting) and other.waits and not other.offer and self._may_meet(other, listener):
                is_there = now - seen.get(other.person, 0) < self.terms.lease and other.band is self.bands[other.person]
                assert not (is_there and self._comes_before(other, waiting)), "offered out of turn"

    def changes(self, before: Mapping[str, Record], records: Mapping[str, Record], now: int) -> None:
        """What of the records people see, as it changes."""
        for each, record in records.items():
            was = before.get(each)
            if isinstance(record, Talk) and was is None:
                self._begins(record, now)
            elif isinstance(record, Talk) and isinstance(was, Talk) and record.over and not was.over:
                self._is_over(record, records, now)
            elif isinstance(record, Listener) and isinstance(was, Listener):
                self._listener_changes(was, record, now)
            elif isinstance(record, Waiting) and isinstance(was, Waiting):
                for listener in set(record.passed) - set(was.passed):
                    self._skipped.add((record.person, listener))
            if (
                isinstance(record, Waiting)
                and record.waits
                and (not isinstance(was, Waiting) or was.since != record.since)
            ):
                self._skipped = {pair for pair in self._skipped if pair[0] != record.person or pair[1] in record.passed}

    def looks(
        self,
        now: int,
        records: Mapping[str, Record],
        connected: Mapping[str, int],
        said: Mapping[str, Sequence[tuple[str, int]]],
    ) -> None:
        """Each second."""
        talks = [each for each in records.values() if isinstance(each, Talk) and not each.over]
        self._each_has_one(talks, records)
        for talk in talks:
            self._in_limbo(talk, now, connected)
        for channel in set(self._limbo) - {talk.channel for talk in talks}:
            del self._limbo[channel]
        for record in records.values():
            if isinstance(record, Waiting) and record.waits:
                self._place_and_offer(record, now, connected)
            elif isinstance(record, Waiting):
                self._gone.pop(record.person, None)

    # --

    def _may_meet(self, waiting: Waiting, listener: str) -> bool:
        pair = frozenset({waiting.person, listener})
        return (
            (self.bands[waiting.person] is Band.MINOR) == (self.bands[listener] is Band.MINOR)
            and pair not in self._blocked
            and pair not in self._stopped
            and (waiting.person, listener) not in self._skipped
            and (waiting.wish.topic is None or waiting.wish.topic not in self._off.get(listener, ()))
        )

    def _comes_before(self, one: Waiting, other: Waiting) -> bool:
        """Beyond doubt: lost a listener, or as urgent and asked sooner, or has waited beyond every bonus."""
        if one.first != other.first:
            return one.first
        sooner = other.since - one.since
        return sooner > STARVATION or (GRAVITY[one.urgency] >= GRAVITY[other.urgency] and sooner > HOW_HARD)

    def _begins(self, talk: Talk, now: int) -> None:
        assert (self.bands[talk.person] is Band.MINOR) == (self.bands[talk.listener] is Band.MINOR), "an adult, a minor"
        pair = frozenset({talk.person, talk.listener})
        assert pair not in self._blocked, "one has blocked the other"
        assert pair not in self._stopped, "they were never to meet again"
        self._begun.setdefault(talk.listener, []).append(now)
        self._spoke[talk.channel] = talk.person, now  # whoever begins is the listener
        if talk.flagged:
            self._worried.add(talk.channel)

    def _is_over(self, talk: Talk, records: Mapping[str, Record], now: int) -> None:
        is_hard = talk.channel in self._worried or frozenset({talk.person, talk.listener}) in self._stopped
        rest = self.terms.long_wrap if is_hard else self.terms.wrap
        self._rest_until[talk.listener] = max(self._rest_until.get(talk.listener, 0), now + rest)
        if talk.channel in self._limbo:
            waiting = records.get(f"waiting:{talk.person}")
            if isinstance(waiting, Waiting) and waiting.waits:
                assert waiting.first, "whose listener was lost comes first"

    def _listener_changes(self, was: Listener, record: Listener, now: int) -> None:
        """A break may also come of an offer that nobody answered, or of a person who was lost."""
        if record.availability is not was.availability:
            self._availability[record.person] = record.availability
            if record.availability is not Availability.AVAILABLE:
                self._paused.setdefault(record.person, now)

    def _each_has_one(self, talks: Sequence[Talk], records: Mapping[str, Record]) -> None:
        for role in ({talk.person for talk in talks}, {talk.listener for talk in talks}):
            assert len(role) == len(talks), "someone is in two one-to-ones"
        offers = [each.offered for each in records.values() if isinstance(each, Listener) and each.offer]
        assert len(offers) == len(set(offers)), "someone is offered to two listeners"
        assert not {talk.person for talk in talks} & set(offers), "someone who has a listener is offered"

    def _in_limbo(self, talk: Talk, now: int, connected: Mapping[str, int]) -> None:
        """Their page shows a listener who is not connected, or owes them a word."""
        if talk.listener in connected and self._spoke[talk.channel][0] == talk.listener:
            self._limbo.pop(talk.channel, None)
            return
        if talk.listener not in connected or talk.channel in self._limbo:
            since = self._limbo.setdefault(talk.channel, now)
        else:
            since = self._limbo.setdefault(talk.channel, self._spoke[talk.channel][1])
        assert now - since <= LIMBO, f"{(now - since) // SECOND} s in limbo"

    def _place_and_offer(self, waiting: Waiting, now: int, connected: Mapping[str, int]) -> None:
        if waiting.offer:
            at = self._offered.setdefault(waiting.offer, now)
            assert now - at <= self.terms.offer + LATE, "an offer that nobody answers stands"
        if waiting.person not in connected:
            gone = self._gone.setdefault(waiting.person, now)
            assert now - gone <= self.terms.place + LATE, "a place is kept for someone who is gone"

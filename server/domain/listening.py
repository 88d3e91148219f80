"""Listening one-to-one: who waits, who listens, what they share, and how each of them sees it."""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct, structs

from server.domain import channels
from server.domain.ages import Band
from server.domain.course import Trained
from server.domain.errands import Errand, Tell
from server.domain.supervised import Ask, Handing
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Numbered
from server.protocol.fields import Urgency
from server.protocol.listening import (
    Availability,
    Duties,
    DutiesChanged,
    ListenerState,
    Offer,
    OneToOne,
    Wish,
    Worry,
)

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
_GRAVITY = {None: 0, Urgency.CONCERN: 1, Urgency.SERIOUS: 2, Urgency.IMMINENT: 3}


class Terms(Struct, frozen=True, kw_only=True):
    """The operator's times and bounds, in milliseconds; settings say why."""

    offer: int
    place: int
    minute: int
    beat: int
    lease: int
    nudge: int
    silent: int
    checks: tuple[int, int, int]
    again: int
    length: int
    extension: int
    wrap: int
    long_wrap: int
    shift: int
    rest: int
    daily: int
    skips: int
    serious: int
    imminent: int
    reply: int
    consent: int
    receive: int
    both: int
    lift: int
    second: int
    pair: int
    gate: bool  # nobody is available before the training
    training: int
    watched: int


class Waiting(Struct, frozen=True, kw_only=True, tag="waiting"):
    """A person who looks for a listener: waits, or is with one (`one`), or fell silent and may come back (`again`).

    `since` orders the queue; `first`: a listener was lost to them. `to`: who has been offered this person. `untaken`:
    supervisors were told that nobody takes the topic.
    """

    person: str
    request: str
    client_id: bytes
    message: str
    handle: str
    wish: Wish
    since: int
    how_hard: int = 0
    draft: str = ""
    slowly: bool = False
    urgency: Urgency | None = None
    band: Band = Band.UNTOLD
    avoids: tuple[str, ...] = ()
    first: bool = False
    offer: str = ""
    to: str = ""
    until: int = 0
    passed: tuple[str, ...] = ()
    told: int = 0
    untaken: bool = False
    one: str = ""
    again: int = 0

    def __repr__(self) -> str:
        return "Waiting(...)"

    @property
    def waits(self) -> bool:
        return not self.one and not self.again


class Listener(Struct, frozen=True, kw_only=True, tag="listener"):
    """Someone who listens. `began`: of this shift, `paused`: when the last break began, `idle`: since when they rest.

    `lifted`: until then no limit of a shift counts; `lift_by` wants it so since `lift_at`, and a second one must agree.
    `met`: whom they met today, and how often. `breaks`: how many they took on `break_day`.
    `to_watch`: in so many more a supervisor is asked to read along.
    """

    person: str
    name: str
    availability: Availability = Availability.OFF
    at_once: int = 1
    off_topics: tuple[str, ...] = ()
    not_today: dict[str, int] = {}
    band: Band = Band.UNTOLD
    offer: str = ""
    offered: str = ""
    ones: tuple[str, ...] = ()
    wrap_until: int = 0
    skips: tuple[int, ...] = ()
    began: int = 0
    paused: int = 0
    idle: int = 0
    day: int = 0
    today: int = 0
    lifted: int = 0
    lift_by: str = ""
    lift_at: int = 0
    met: dict[str, int] = {}
    trained: Trained = Trained()
    to_watch: int = 0
    breaks: int = 0
    break_day: int = 0

    def __repr__(self) -> str:
        return "Listener(...)"


class Talk(Struct, frozen=True, kw_only=True, tag="talk"):
    """A one-to-one, by its channel. `flagged`: someone is worried, and no clock closes it.

    `worried`: its listener is; `minded_by`: who of the team has taken it. `alone`: since when the listener has been
    away, until they are back and owe nothing. `watched`: one of its listener's first; `watcher` reads along, or nobody.
    """

    channel: str
    person: str
    listener: str
    handle: str
    name: str
    wish: Wish
    since: int
    ends: int
    fence: int = 1
    slowly: bool = False
    flagged: bool = False
    worried: bool = False
    minded_by: str = ""
    nudged: bool = False
    alone: int = 0
    checked: int = 0
    left: int = 11  # minutes before the end that were told last; above all notices: none yet
    agreed: tuple[str, ...] = ()
    over: int = 0
    handing: Handing | None = None
    watched: bool = False
    watcher: str = ""
    how_hard: int = 0  # as they said it in the queue, for a comparison that they may make at the end

    def __repr__(self) -> str:
        return "Talk(...)"


Record: TypeAlias = Waiting | Listener | Talk | Ask


class Step(Struct, frozen=True):
    """Records as they shall be (None: gone) by their key, what is told, and two who must not meet again."""

    records: dict[str, Record | None]
    told: tuple[Errand, ...] = ()
    apart: str = ""


def key(record: Record) -> str:
    match record:
        case Waiting(person=person):
            return waiting_key(person)
        case Listener(person=person):
            return listener_key(person)
        case Talk(channel=channel) | Ask(channel=channel):
            return channel


def waiting_key(person: str) -> str:
    return f"waiting:{person}"


def listener_key(person: str) -> str:
    return f"listener:{person}"


def pair(person: str, listener: str) -> str:
    return f"{person}\t{listener}"


def duties(listener: Listener, now: int, terms: Terms) -> Duties:
    skips = sum(at > now - HOUR_MS for at in listener.skips)
    return Duties(
        state=state(listener, now, terms),
        until=listener.wrap_until if listener.wrap_until > now else 0,
        skips=max(terms.skips - skips, 0),
        today=today(listener, now),
        of=terms.daily,
        breaks=breaks_today(listener, now),
        shift_ends=max(listener.began + terms.shift, listener.lifted) if listener.began else 0,
        off_topics=listener.off_topics,
        not_today=tuple(sorted(_not_today(listener, now))),
    )


def state(listener: Listener, now: int, terms: Terms) -> ListenerState:
    """What keeps offers away stands before what the listener says; nothing but `available` is offered anyone."""
    if len(listener.ones) >= listener.at_once:
        return ListenerState.IN_SESSION
    if listener.availability is not Availability.AVAILABLE:
        return ListenerState(listener.availability.value)
    if listener.wrap_until > now:
        return ListenerState.WRAP_UP
    is_spent = now - listener.began >= terms.shift or today(listener, now) >= terms.daily
    if is_spent and listener.lifted <= now:
        return ListenerState.LIMIT
    return ListenerState.OFFERED if listener.offer else ListenerState.AVAILABLE


def will_take(listener: Listener, topic: str | None, now: int) -> bool:
    return topic is None or (topic not in listener.off_topics and topic not in _not_today(listener, now))


def as_offer(waiting: Waiting, now: int) -> Offer:
    return Offer(
        offer=waiting.offer,
        wish=waiting.wish,
        urgency=waiting.urgency,
        waited_ms=max(now - waiting.since, 0),
        until=waiting.until,
    )


def as_one(talk: Talk) -> OneToOne:
    return OneToOne(
        channel=talk.channel,
        name=talk.name,
        handle=talk.handle,
        wish=talk.wish,
        since=talk.since,
        ends=talk.ends,
        slowly=talk.slowly,
        over=bool(talk.over),
        watched=talk.watched,
    )


def worries(talks: Iterable[Talk], listener: str) -> tuple[Worry, ...]:
    """What a listener is worried about, and who has taken it; nobody else is told."""
    mine = (talk for talk in talks if talk.listener == listener and talk.worried)
    return tuple(Worry(channel=talk.channel, name=talk.minded_by) for talk in mine)


def watched(talk: Talk, watcher: str) -> Step | None:
    """A supervisor reads along; of several it is the first."""
    return None if talk.watcher else Step({talk.channel: structs.replace(talk, watcher=watcher)})


def graver(one: Urgency | None, other: Urgency | None) -> Urgency | None:
    return max(one, other, key=_GRAVITY.__getitem__)


def unoffered(waiting: Waiting) -> Waiting:
    return structs.replace(waiting, offer="", to="", until=0)


def told(person: str, event: Numbered) -> Tell:
    """What is told in a person's own inbox."""
    return Tell(channels.inbox(person), encode(event))


def told_duties(listener: Listener, now: int, terms: Terms) -> Tell:
    return told(listener.person, DutiesChanged(duties=duties(listener, now, terms), at=UNSTAMPED))


def with_one(listener: Listener, channel: str, person: str, now: int) -> Listener:
    """As they are once they have one more; how often they met whom is known for the day, and then forgotten."""
    met = listener.met if listener.day == now // DAY_MS else {}
    return structs.replace(
        listener,
        offer="",
        offered="",
        ones=(*listener.ones, channel),
        today=today(listener, now) + 1,
        day=now // DAY_MS,
        met={**met, person: met.get(person, 0) + 1},
        to_watch=max(listener.to_watch - 1, 0),
    )


def met_today(listener: Listener, person: str, now: int) -> int:
    return listener.met.get(person, 0) if listener.day == now // DAY_MS else 0


def today(listener: Listener, now: int) -> int:
    return listener.today if listener.day == now // DAY_MS else 0


def breaks_today(listener: Listener, now: int) -> int:
    return listener.breaks if listener.break_day == now // DAY_MS else 0


def _not_today(listener: Listener, now: int) -> list[str]:
    return [topic for topic, until in listener.not_today.items() if until > now]

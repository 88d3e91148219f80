"""Crisis lines and emergency numbers of every country, and which of them to show first."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, assert_never
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from datetime import datetime

DAY = 24 * 60  # minutes
WEEK = 7 * DAY
FIRST = 3  # more than three choices is a list to work through, not help

Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Annotated[int, Meta(ge=1, le=7, description="1 is Monday")]


class Way(StrEnum):
    """How a line is reached, in the order in which ways are offered: people who type would rather type."""

    TEXT = "text"
    WHATSAPP = "whatsapp"
    CHAT = "chat"
    PHONE = "phone"
    WEB = "web"


class Audience(StrEnum):
    GENERAL = "general"
    CHILDREN = "children"
    VETERANS = "veterans"
    INDIGENOUS = "indigenous"


class Channel(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`to` is a number or an address; `word` is what to text; `then` is what to press after the call is answered."""

    way: Way
    to: Annotated[str, Meta(min_length=1)]
    word: str = ""
    then: str = ""


class Opening(Struct, frozen=True, forbid_unknown_fields=True):
    """Open on these days from one clock time until another, by the line's own clock; an earlier one is tomorrow's."""

    days: Annotated[tuple[Weekday, ...], Meta(min_length=1)]
    opens: Clock
    until: Clock


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """`verified_on` is the day on which a named person checked it, empty where nobody has."""

    name: Annotated[str, Meta(min_length=1)]
    channels: Annotated[tuple[Channel, ...], Meta(min_length=1)]
    audience: Audience = Audience.GENERAL
    hours: Literal["always", "unknown"] | Annotated[tuple[Opening, ...], Meta(min_length=1)] = "unknown"
    zone: str = ""
    languages: tuple[str, ...] = ()
    verified_on: Annotated[str, Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = ""
    confidence: str = ""
    source: tuple[str, ...] = ()


class Country(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    name: str
    emergency: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where numbers come from, and under which licence."""

    title: str
    address: str
    year: int
    licence: str = ""


class Directory(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """`world` are lines for every country, so that nobody finds the page empty; `languages` names language codes."""

    review: str
    world: Annotated[tuple[Line, ...], Meta(min_length=1)]
    countries: dict[str, Country]
    languages: dict[str, str] = {}
    sources: dict[str, Source] = {}

    def nearest(self, country: str, moment: "datetime") -> "Choice":
        """The lines of a country at a moment; lines for every country fill up what is missing, so it is never empty."""
        chosen = self.countries.get(country.upper())
        lines = [at(line, moment) for line in (chosen.lines if chosen else ())]
        reachable = [line for line in lines if line.state is not State.CLOSED]
        ordered = [*_paired(reachable), *(at(line, moment) for line in self.world)]
        return Choice(
            country=chosen,
            first=tuple(ordered[:FIRST]),
            more=tuple(ordered[FIRST:]),
            closed=tuple(line for line in lines if line.state is State.CLOSED),
            emergency=chosen.emergency if chosen else (),
        )

    def spoken(self, line: Line) -> tuple[str, ...]:
        """The languages of a line, by name."""
        return tuple(self.languages.get(code, code) for code in line.languages)

    def without_zone(self, known: Collection[str]) -> str | None:
        """The first line whose opening times can't be read, because its time zone is not known."""
        every = [*self.world, *(line for country in self.countries.values() for line in country.lines)]
        return next((line.name for line in every if isinstance(line.hours, tuple) and line.zone not in known), None)


class State(StrEnum):
    OPEN = "open"
    UNKNOWN = "unknown"
    CLOSED = "closed"


class Turn(Struct, frozen=True):
    """A clock time and its day by the line's own clock; `later` means not today, so that the day must be said."""

    clock: str
    day: int
    later: bool


class Reachable(Struct, frozen=True):
    """A line at a moment. `until` is when it closes, or where it is closed, opens; nothing where it never does."""

    line: Line
    state: State
    until: Turn | None = None


class Choice(Struct, frozen=True):
    """What to show: at most three first, then more, then what is closed; and the emergency numbers."""

    country: Country | None
    first: tuple[Reachable, ...]
    more: tuple[Reachable, ...]
    closed: tuple[Reachable, ...]
    emergency: tuple[str, ...]


def at(line: Line, moment: "datetime") -> Reachable:
    """Is this line open at a moment? Unknown hours are neither open nor closed."""
    match line.hours:
        case "always":
            return Reachable(line, State.OPEN)
        case "unknown":
            return Reachable(line, State.UNKNOWN)
        case tuple() as openings:
            return _by_clock(line, openings, _minute_of_week(moment.astimezone(ZoneInfo(line.zone))))
        case _ as never:
            assert_never(never)


def _by_clock(line: Line, openings: tuple[Opening, ...], now: int) -> Reachable:
    spans = [span for opening in openings for span in _spans(opening)]
    left = max((length - (now - start) % WEEK for start, length in spans), default=0)
    if left > 0:
        return Reachable(line, State.OPEN, _turn(now, left))
    wait = min(((start - now) % WEEK for start, _ in spans), default=None)
    return Reachable(line, State.CLOSED, None if wait is None else _turn(now, wait))


def _spans(opening: Opening) -> list[tuple[int, int]]:
    """When it opens and for how long, in minutes of the week, for each of its days."""
    length = (_minutes(opening.until) - _minutes(opening.opens)) % DAY or DAY
    return [((day - 1) * DAY + _minutes(opening.opens), length) for day in opening.days]


def _turn(now: int, wait: int) -> Turn:
    then = (now + wait) % WEEK
    hours, minutes = divmod(then % DAY, 60)
    return Turn(f"{hours:02}:{minutes:02}", then // DAY + 1, now % DAY + wait >= DAY)


def _minute_of_week(local: "datetime") -> int:
    return (local.isoweekday() - 1) * DAY + local.hour * 60 + local.minute


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _paired(lines: Iterable[Reachable]) -> list[Reachable]:
    """Open before unknown, typing before calling; the line for young people comes right after the first for all."""
    ordered = sorted(lines, key=lambda reachable: (reachable.state is not State.OPEN, _rank(reachable.line)))
    everyone = [reachable for reachable in ordered if reachable.line.audience is Audience.GENERAL]
    children = [reachable for reachable in ordered if reachable.line.audience is Audience.CHILDREN]
    others = [reachable for reachable in ordered if reachable not in everyone and reachable not in children]
    return [*everyone[:1], *children[:1], *everyone[1:], *children[1:], *others]


def _rank(line: Line) -> int:
    ways = list(Way)
    return min(ways.index(channel.way) for channel in line.channels)

"""Crisis lines and emergency numbers of every country, and which of them to show first."""

from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, assert_never
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from server.domain.opening import Opening, State, Turn, happening

if TYPE_CHECKING:
    from datetime import datetime

FIRST = 3  # more than three choices is a list to work through, not help


class Way(StrEnum):
    """How a line is reached, in the order in which ways are offered: people who type would rather type."""

    TEXT = "text"
    WHATSAPP = "whatsapp"
    CHAT = "chat"
    PHONE = "phone"
    WEB = "web"


ONLINE = frozenset({Way.CHAT, Way.WEB})


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


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """Names of countries and of languages, by their codes, in one language, as browsers have them too; `source` says
    whose they are."""

    source: str = ""
    countries: dict[str, str] = {}
    languages: dict[str, str] = {}


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

    def nearest(self, country: str, language: str, moment: "datetime") -> "Choice":
        """The lines of a country at a moment; lines for every country fill up what is missing, so it is never empty."""
        chosen = self.countries.get(country.upper())
        lines = [at(line, moment) for line in (chosen.lines if chosen else ())]
        world = [at(line, moment) for line in self.world]
        ordered = [*_paired(_open(lines), language), *_open(world)]
        return Choice(
            country=chosen,
            first=tuple(ordered[:FIRST]),
            more=tuple(ordered[FIRST:]),
            closed=tuple(line for line in (*lines, *world) if line.state is State.CLOSED),
            emergency=chosen.emergency if chosen else (),
        )

    def named(self, names: Names) -> "Directory":
        """The same lines with names in another language, as far as they are known."""
        countries = {
            code: replace(country, name=names.countries.get(code, country.name))
            for code, country in self.countries.items()
        }
        return replace(self, countries=countries, languages=self.languages | names.languages)

    def spoken(self, line: Line) -> tuple[str, ...]:
        """The languages of a line, by name."""
        return tuple(self.languages.get(code, code) for code in line.languages)

    def every_line(self) -> tuple[tuple[str, Line], ...]:
        """Each line with the code of its country; none where it is for every country."""
        ours = [("", line) for line in self.world]
        return (*ours, *((code, line) for code, country in self.countries.items() for line in country.lines))

    def fault(self, zones: Collection[str], is_day: Callable[[str], bool]) -> str | None:
        """What can't be used of the first line that has it: a clock or a day nobody knows, an address not secure."""
        for _, line in self.every_line():
            if isinstance(line.hours, tuple) and line.zone not in zones:
                return f"{line.name} has hours but no known zone"
            if any(channel.way in ONLINE and not channel.to.startswith("https://") for channel in line.channels):
                return f"{line.name} has an address that does not begin with https://"
            if line.verified_on and not is_day(line.verified_on):
                return f"{line.name} was verified_on a day that does not exist"
        if all(isinstance(line.hours, tuple) for line in self.world):
            return "every line of world closes at times, and then someone may find nobody"
        return None


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
            return Reachable(line, *happening(openings, moment.astimezone(ZoneInfo(line.zone))))
        case _ as never:
            assert_never(never)


def _open(lines: Iterable[Reachable]) -> list[Reachable]:
    """Those that are not known to be closed."""
    return [reachable for reachable in lines if reachable.state is not State.CLOSED]


def _paired(lines: Iterable[Reachable], language: str) -> list[Reachable]:
    """The line for young people comes right after the first for all, before the second."""
    ordered = sorted(lines, key=lambda reachable: _rank(reachable, language))
    everyone = [reachable for reachable in ordered if reachable.line.audience is Audience.GENERAL]
    children = [reachable for reachable in ordered if reachable.line.audience is Audience.CHILDREN]
    others = [
        reachable for reachable in ordered if reachable.line.audience not in (Audience.GENERAL, Audience.CHILDREN)
    ]
    return [*everyone[:1], *children[:1], *everyone[1:], *children[1:], *others]


def _rank(reachable: Reachable, language: str) -> tuple[bool, bool, int]:
    """Open before unknown, then who speaks the language of the page, as far as is known; then typing before calling."""
    line, ways = reachable.line, list(Way)
    foreign = bool(line.languages) and language not in line.languages
    return (reachable.state is not State.OPEN, foreign, min(ways.index(channel.way) for channel in line.channels))

"""Finds where someone lives: addresses as they stand on an envelope, and as they are told."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from server.screeners.patterns import compiled

NOTHING = r"[^\s\S]"  # an expression that is in no text

_digit = re.compile(r"\d")
_counted = re.compile(r"\d (?:Years|Days|Weeks|Hours|Minutes|Miles|Times|Things|Ways|People|Percent)\b")
_measured = re.compile(r"\d (?:years?|days?|weeks?|hours?|hr|minutes?|min|miles?|km|metres?|meters?|laps?|times?)\b")
# Numbers that stand before a name and are no house's.
_numbered = re.compile(
    r"\b(?:page|chapter|act|scene|windows|season|episode|level|room|ward|version|ubuntu|top|part|verse|psalm|the|of|on)\s$",
    re.IGNORECASE,
)
_name = r"\p{Lu}[\p{L}'’.-]*(?:[\p{Ll}.]|\b)"  # no post code
_names = rf"{_name}(?:(?: (?:de|del|di|na|nad|van|am|sur))? {_name}){{0,3}}"
_number = r"\d{1,5}[A-Za-z]?\b"
_flat = r"(?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat)\b\.? ?#?\d{1,4}\b"
_before = r"(?:\b\d{1,5},? )?"  # some write a second number, of the house or of the post
# Streets elsewhere: of which the name ends in its kind, has it behind itself, or begins with it.
_ends = "straße|strasse|str\\.|weg|gasse|platz|allee|laan|straat|gracht|plein|gata|gatan|vägen|veien|vegen|vej|katu"
_behind = "Straße|Strasse|Str\\.|Weg|Platz|u\\.|út|útja|utca|tér"
_begins = (
    r"[Rr]ue|[Aa]venue|[Bb]oulevard|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]alle|C/|[Aa]venida|[Aa]v\.|[Cc]arrera|[Rr]ua|[Rr]úa"
    r"|[Pp]aseo|[Pp]laza|[Pp]raça|[Uu]lica|[Uu]l\.|[Tt]rg"
)
_of = r"(?:d[aeiou]s? |d?ei |del |della |de la |la |las |los |d['’]|de l['’])*(?:\d{1,2} de )?"
# Each an expression of its own: together they have more states than RE2 keeps, and cost fifty times as much.
_elsewhere = (
    compiled(
        rf"{_before}(?:{_name} )?\p{{Lu}}\p{{Ll}}+(?:-\p{{Lu}}?\p{{Ll}}+)*(?:{_ends}) {_number}(?:, \d{{4,5}} {_name})?"
    ),
    compiled(rf"{_before}{_names}(?: \p{{Ll}}+)? (?:{_behind}) {_number}"),
    compiled(
        rf"{_before}\b(?:{_begins}) {_of}{_name}(?: (?:e |d[aeo]s? |y )?{_name}){{0,4}},? {_number}"
        r"(?:,? (?:piso|depto|apto|[0-9]º) ?\w{0,4})?"
    ),
    compiled(
        r"\b\d{1,4},? (?:bis |ter )?(?:[Rr]ue|[Aa]venue|[Aa]v\.?|[Bb]oulevard|place|[Cc]hemin|[Ii]mpasse) "
        rf"{_of}{_names}"
    ),
    compiled(rf"{_before}\b(?:\d{{2,5}} {_names}(?: {_number})?|{_names} {_number}),?\s{{1,3}}{_flat}"),
    compiled(
        r"\b(?:Apt|Apartment|Flat|Unit)\.? ?\w{1,4},? \d{1,5} [A-Z][a-z]+(?: [A-Z][a-z]+){0,2}"
        r"|\b[A-Z][a-z]+ (?:Cottage|House|Farm|Lodge|Villa),? (?:\d{1,4} )?[A-Z][a-z]+ "
        r"(?:Lane|Road|Street|Avenue|Close|Drive|Walk|Way)\b"
        r"|\b(?:PO|P\.O\.) Box \d{1,6}\b"
        r"|\b(?:(?:PSC|CMR|Unit) \d{1,5},? Box \d{1,5}\s{1,3})?(?:APO|FPO|DPO),? A[AEP] \d{5}\b"
        r"|\b(?:[Cc]arrera|[Cc]ra|[Cc]alle|[Cc]ll|[Kk]ra)\.? \d{1,3}[a-zA-Z]? "
        r"(?:#|[Nn]o\.?) ?\d{1,3}[a-zA-Z]?[ -]+\d{1,3}\b"
    ),
)
# What goes on with an address: flats and towns, also those that only a number behind them tells.
_flats = rf"(?:[.,]?\s{{1,3}}{_flat}){{0,2}}"
_town = rf"(?:(?:,? ?\n ?|, ){_names})"
_goes_on = compiled(
    rf"{_flats}(?:{_town}| {_names})?{_town}{{0,2}},?\s{{1,2}}(?:{_name} )?\d{{4,6}}\b|{_flats}{_town}{{0,2}}"
)
_post_code = compiled(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b|\b[A-Z][A-Za-z]+,? [A-Z]{2},? \d{5}(?:-\d{4})?\b"
)
_post_code_told = compiled(
    r"\b(?:post ?code|zip(?: code)?|codigo postal|plz)\b[^.!?\d]{0,12}?"
    r"(?P<code>[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|\d{5}(?:-\d{4})?)\b"
)
_nth = r"\d{1,3}(?:st|nd|rd|th)"
_corner = compiled(
    rf"\bcorner of (?:{_nth}|[a-z]+) (?:and|&|/) (?:{_nth}|[a-z]+)\b(?:[^.!?\n]{{0,20}}\b\d{{1,5}}\b)?"
    rf"|\b{_nth} (?:and|&) [a-z]+\b[^.!?\n]{{0,20}}\b(?:building|house|apt|number|no) ?\d{{1,5}}\b"
)

Place = tuple[int, int]


class Told(Protocol):
    """What one language says of streets."""

    @property
    def homes(self) -> tuple[str, ...]: ...
    @property
    def streets(self) -> tuple[str, ...]: ...
    @property
    def lanes(self) -> tuple[str, ...]: ...
    @property
    def ways(self) -> tuple[str, ...]: ...


class Streets:
    def __init__(self, languages: Sequence[Told]) -> None:
        self._written = compiled(_envelope(_any(each.streets for each in languages)))
        homes, lanes, ways = (
            _any(parts) for parts in zip(*((e.homes, e.lanes, e.ways) for e in languages), strict=True)
        )
        self._told = compiled(_after_home(homes, lanes, ways))
        self._whole = compiled(_from_the_start(lanes, ways))
        self._apart = compiled(_set_apart(lanes))

    def written(self, text: str) -> Iterator[Place]:
        """Of text as it was written: names of streets are large."""
        if not _digit.search(text):
            return
        for match in self._written.finditer(text):
            if not _numbered.search(text[: match.start()]) and not _counted.search(match.group()):
                yield match.start(), _end(text, match.end())
        for expression in _elsewhere:
            yield from ((match.start(), _end(text, match.end())) for match in expression.finditer(text))
        yield from (match.span() for match in _post_code.finditer(text))

    def told(self, text: str) -> Iterator[Place]:
        """Of folded text."""
        if not _digit.search(text):
            return
        for expression in (self._told, self._whole, _corner):
            yield from (match.span() for match in expression.finditer(text))
        for match in self._apart.finditer(text):
            if not _measured.search(match.group()):
                yield match.span(1)
        yield from (match.span(1) for match in _post_code_told.finditer(text))


def _end(text: str, end: int) -> int:
    """Where the address ends that has been found so far."""
    further = _goes_on.match(text, end)
    return further.end() if further else end


def _envelope(streets: str) -> str:
    if not streets:
        return NOTHING
    name = rf"(?:[NSEW]\.? |North |South |East |West )?(?:\d{{1,3}}(?:st|nd|rd|th) |(?:{_name} ){{1,3}})"
    town = rf"(?:,? [NSEW][EW]?\b)?(?:, {_name})?" r"(?:,? [A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)?"
    flat = r"(?:\b(?:[Ff]lat|[Aa]pt\.?|[Uu]nit) \w{1,4},? |\b\d{1,4}/)?"
    bare = r"[Tt]he (?:Crescent|Green|Grove|Close|Terrace|Square|Avenue|Drive)"
    return rf"{flat}{_before}\b\d{{1,5}}[A-Za-z]?,? (?:{name}(?:{streets})|{bare})\b{town}"


def _after_home(homes: str, lanes: str, ways: str) -> str:
    number = r"(?:(?:number|house|no\.?|nr|#) ?)?\d{1,5}[a-z]?"
    ended = rf"\b{number},? (?:(?:on|in) )?(?:[a-z']+ ){{1,3}}(?:{lanes})\b"
    numbered = rf"\b(?:[a-z']+ ){{1,2}}(?:{lanes}),? (?:at )?{number}\b"
    begun = rf"\b(?:{ways})\.? (?:[a-z0-9'.]+ ){{1,4}}(?:(?:#|n|no|nro|num|numero)\.? ?)?\d{{1,5}}\b"
    told = "|".join(form for form, words in ((f"{ended}|{numbered}", lanes), (begun, ways)) if words)
    return rf"\b(?:{homes})\b[^.!?\n]{{0,30}}(?:{told})" if told else NOTHING


def _from_the_start(lanes: str, ways: str) -> str:
    """Where a text begins with an address, no word need say that it is one."""
    begins = r"^\W*(?:(?:it'?s|its|im at|i'm at|at|to|send it to|number|no\.?|flat \w{1,3},?|apt \w{1,3},?) )*"
    side = r"(?:[nsew]\.? |north |south |east |west )?"
    ended = rf"{begins}(?P<house>\d{{1,5}}[a-z]?,? {side}(?:[a-z']{{3,}} |\d{{1,3}}(?:st|nd|rd|th) )(?:{lanes}))\b"
    begun = rf"{begins}(?:{ways})\.? (?:[a-z'.]+ ){{1,3}}\d{{1,5}}\b"
    return "|".join(form for form, words in ((ended, lanes), (begun, ways)) if words) or NOTHING


def _set_apart(lanes: str) -> str:
    """Between commas, an address needs no word that says so either."""
    told = rf"(?:no\.? )?\d{{1,5}}[a-z]? [a-z']{{3,}} (?:{lanes})"
    return rf"[,:;]\s(?P<it>{told})\b\s*(?:$|[,.;!]|apt\b|flat\b|unit\b)" if lanes else NOTHING


def _any(parts: Iterable[tuple[str, ...]]) -> str:
    return "|".join(dict.fromkeys(each for part in parts for each in part))

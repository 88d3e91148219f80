"""Finds what leads to a person outside: numbers, mail, links, names on other services, addresses."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

import phonenumbers
from msgspec import Meta, Struct

from server.domain.folding import Folded, Span
from server.domain.links import Domain, leads_to
from server.domain.rulebook import Rulebook
from server.domain.screening import Lane, Opinion, Runs, Screened, Verdict
from server.screeners import numbers
from server.screeners.patterns import compiled, set_of
from server.screeners.rules import Rules
from server.screeners.sieve import Sieve

REASON = "contact"
PHONE_DIGITS = 7  # fewer is a code, a year or a helpline
NOTHING = r"[^\s\S]"  # an expression that is in no text
PHONES_PER_TEXT = 8  # one is enough to hold it

Digits = Annotated[str, Meta(pattern=r"^[0-9]{3,15}$")]
Words = Annotated[tuple[str, ...], Meta(min_length=1)]


class Spoken(Struct, frozen=True, forbid_unknown_fields=True):
    """How details are told in one language; each entry is a piece of an expression on folded text.

    `times` is said of the digit after it, `calls` come before a number, `at` and `dot` are those of an address of mail.
    `streets` end an address as it is written on an envelope, with a number before its name. After one of `homes` it is
    told as `lanes` end it, or as `ways` begin it with the number at its end.
    """

    digits: Words
    times: Words
    calls: Words
    at: Words
    dot: Words
    homes: Words
    streets: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


class ContactBook(Struct, frozen=True, forbid_unknown_fields=True):
    """What one language knows of contact details; links, numbers and services of all languages are put together.

    `contact_links` lead to a person; `allowed_links` and `support_numbers` are not held; `endings` end a domain.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    spoken: Spoken
    phrases: Rulebook
    contact_links: tuple[Domain, ...] = ()
    allowed_links: tuple[Domain, ...] = ()
    support_numbers: tuple[Digits, ...] = ()
    endings: tuple[str, ...] = ()
    mail_services: tuple[str, ...] = ()


_digit = re.compile(r"\d")
_phone_shape = compiled(
    r"(?:\+\d{1,3}[-. ]?)?(?:\(\d{2,5}\)[-. ]?|\b\d{2,5}[-. /])(?:\d{2,4}[-. /]){1,3}\d{2,5}\b"
    r"|\+\d{8,15}\b|\b\d\d-\d\d-\d\d-\d\d\b"
    r"|\b00\d{1,3}[- ]?\d{2,5}[- ]?\d{3,4}[- ]?\d{2,5}\b|\b0\d{10}\b|\b\d{2,5}_\d{3}_\d{3,4}\b"
)
_not_phone = compiled(
    r"\b(?:19|20)\d\d[-/. ](?:0?\d|1[0-2])[-/. ]\d{1,2}\b|"
    r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{1,2}:\d\d"
)
# Also with a gap beside its marks, or between all of its letters.
_mail = compiled(
    r"[a-z0-9][a-z0-9._%+-]* ?@ ?[a-z0-9-]+(?:\.[a-z0-9-]+)* ?\. ?[a-z]{2,}"
    r"|\b[a-z0-9](?: [a-z0-9._-])+ @(?: [a-z0-9-])+ \.(?: [a-z]){2,}\b"
)
_street_elsewhere = compiled(
    r"\b[A-ZÄÖÜ][a-zäöüß-]+(?:straße|strasse|str\.|weg|gasse|platz|allee|laan|straat|gatan|vägen|veien|katu) \d{1,4}\b"
    r"|\b(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]alle|[Aa]venida|[Rr]ua|[Uu]lica|[Uu]l\.) "
    r"(?:d[aeiou]s? |del |della |la |las |los )*[A-ZÀ-Þ][\wà-ÿ'’.-]+(?: [A-ZÀ-Þ][\wà-ÿ'’.-]+)*,? \d{1,4}\b"
    r"|\b\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|place|chemin|impasse) "
    r"(?:d[eu]s? |de la |de l['’])?[A-ZÀ-Þ][\wà-ÿ'’-]+"
    r"|\b\d{2,5} [A-Z][\w'.-]+(?: [A-Z][\w'.-]+)*,? (?:Apt|Apartment|Suite|Ste|Unit|Flat)\.? #?\d{1,4}\b"
    r"|\b(?:PO|P\.O\.) Box \d{1,6}\b"
)
_post_code = compiled(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b|\b[A-Z][A-Za-z]+,? [A-Z]{2},? \d{5}(?:-\d{4})?\b"
)


class Contact:
    """The screener of contact details. Numbers are national where the room, or else the policy, says which nation."""

    runs = Runs.INLINE

    def __init__(
        self,
        name: str,
        books: Sequence[tuple[str, ContactBook]],
        regions: tuple[str, ...] = (),
        sieve: Sieve | None = None,
    ) -> None:
        """Of one book in each language, with the name by which the sieve knows its phrases."""
        self.name = name
        self._version = books[0][1].version
        self._regions = regions
        self.phrases = tuple(Rules(name, book.phrases, sieve) for name, book in books)
        self._contact_links = _all(book.contact_links for _, book in books)
        self._allowed_links = _all(book.allowed_links for _, book in books)
        self._support = frozenset(number.lstrip("0") for _, book in books for number in book.support_numbers)
        self._link = compiled(
            r"(?:https?://|www\.)[^\s<>\"]+|\b(?:[a-z0-9-]+\.)+"
            rf"(?:{_any(book.endings for _, book in books)})\b(?:/[^\s<>\"]*)?"
        )
        spoken = [book.spoken for _, book in books]
        self._mail_signs = ("@", "mail", *_all(each.at for each in spoken))
        self._told_mail = compiled(_told_mail(spoken, _any(book.mail_services for _, book in books)))
        self._digit_words = compiled("|".join(map(_told_digits, spoken)))
        self._phone_cue = compiled(_cued(spoken))
        self._streets = compiled(_written_street(spoken))
        self._street_told = compiled(_told_street(spoken))
        self._plain: tuple[tuple[str, Callable[[Screened], Iterator[Span]]], ...] = (
            ("contact.phone", self._phones),
            ("contact.email", self._mails),
            ("contact.link", self._links),
            ("contact.address", self._addresses),
            ("contact.bank", self._ibans),
            ("contact.card", self._cards),
            ("contact.national", self._nationals),
        )
        self._signs = set_of([_digit.pattern, self._digit_words.pattern, self._told_mail.pattern, self._link.pattern])

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        plain = self.plain(screened) if self._may_be_in(screened) else ()
        return plain + self.spoken(screened)

    def spoken(self, screened: Screened) -> tuple[Opinion, ...]:
        """What is told by its phrases."""
        return tuple(opinion for rules in self.phrases for opinion in rules.screen(screened))

    def _may_be_in(self, screened: Screened) -> bool:
        """False only for an ordinary text without a number, a mail address in words or a link."""
        return screened.words is None or bool(self._signs.Match(screened.folded.text))

    def plain(self, screened: Screened) -> tuple[Opinion, ...]:
        """What is told by its form, and needs no phrase."""
        found = ((rule, tuple(sorted(set(find(screened))))) for rule, find in self._plain)
        return tuple(self._opinion(rule, spans) for rule, spans in found if spans)

    def _phones(self, screened: Screened) -> Iterator[Span]:
        for reading in screened.readings:
            yield from (reading.span(*match.span()) for match in self._digit_words.finditer(reading.text))
            if len(_digit.findall(reading.text)) >= PHONE_DIGITS:
                yield from self._numbers(reading, screened)
        yield from self._number_in_pieces(screened)

    def _numbers(self, reading: Folded, screened: Screened) -> Iterator[Span]:
        taken = [match.span() for match in _not_phone.finditer(reading.text)]
        for start, end in (*self._dialled(reading.text, screened.region), *self._shaped(reading.text)):
            inside = any(start < last and first < end for first, last in taken)
            if not inside and _dials(reading.text, start, end) and not self._supports(reading.text[start:end]):
                yield reading.span(start, end)

    def _dialled(self, text: str, region: str) -> Iterator[tuple[int, int]]:
        for nation in (region,) if region else self._regions or (None,):
            found = phonenumbers.PhoneNumberMatcher(text, nation, phonenumbers.Leniency.VALID, PHONES_PER_TEXT)
            yield from ((match.start, match.end) for match in found)

    def _shaped(self, text: str) -> Iterator[tuple[int, int]]:
        shaped = (match.span() for match in _phone_shape.finditer(text))
        yield from ((start, end) for start, end in shaped if 8 <= len(_digit.findall(text[start:end])) <= 15)
        told = (match.span(1) for match in self._phone_cue.finditer(text))
        yield from ((start, end) for start, end in told if 7 <= len(_digit.findall(text[start:end])) <= 15)

    def _number_in_pieces(self, screened: Screened) -> Iterator[Span]:
        """Digits that only make a number together with what was said just before."""
        own = _digit.findall(screened.folded.text)
        if not screened.context or len(own) < 2 or len(screened.text) > 3 * len(own):
            return
        before = [text for text in screened.context if len(text) <= 3 * len(_digit.findall(text))]
        digits = "".join(_digit.findall(" ".join(before))) + "".join(own)
        if len(digits) > len(own) and any(True for _ in self._dialled(digits, screened.region)):
            yield Span(0, len(screened.text))

    def _supports(self, number: str) -> bool:
        return "".join(_digit.findall(number)).lstrip("0") in self._support

    def _mails(self, screened: Screened) -> Iterator[Span]:
        for reading in screened.readings:
            if "@" in reading.text:
                yield from (reading.span(*match.span()) for match in _mail.finditer(reading.text))
        text = screened.folded.text
        if any(sign in text for sign in self._mail_signs):
            yield from (screened.folded.span(*match.span()) for match in self._told_mail.finditer(text))

    def _links(self, screened: Screened) -> Iterator[Span]:
        text = screened.folded.text
        if "." not in text:
            return
        for match in self._link.finditer(text):
            link = match.group()
            if leads_to(link, self._contact_links) and not leads_to(link, self._allowed_links):
                yield screened.folded.span(*match.span())

    def _addresses(self, screened: Screened) -> Iterator[Span]:
        if not _digit.search(screened.text):
            return
        for expression in (self._streets, _street_elsewhere, _post_code):
            yield from (Span(*match.span()) for match in expression.finditer(screened.text))
        yield from (screened.folded.span(*match.span()) for match in self._street_told.finditer(screened.folded.text))

    def _ibans(self, screened: Screened) -> Iterator[Span]:
        return _in_folded(screened, numbers.ibans)

    def _cards(self, screened: Screened) -> Iterator[Span]:
        return _in_folded(screened, numbers.cards)

    def _nationals(self, screened: Screened) -> Iterator[Span]:
        return _in_folded(screened, numbers.nationals)

    def _opinion(self, rule: str, spans: tuple[Span, ...]) -> Opinion:
        return Opinion(Lane.PRIVACY, Verdict.HOLD, rule, self._version, REASON, spans=spans, score=0.95)


def _in_folded(screened: Screened, find: Callable[[str], Iterator[tuple[int, int]]]) -> Iterator[Span]:
    if _digit.search(screened.folded.text):
        yield from (screened.folded.span(start, end) for start, end in find(screened.folded.text))


def _told_mail(spoken: Sequence[Spoken], services: str) -> str:
    at, dot = _any(each.at for each in spoken), _any(each.dot for each in spoken)
    return (
        rf"[a-z0-9][a-z0-9._%+-]*\s*(?:@|[\[({{<*_-]\s*(?:{at})\s*[\])}}>*_-]|\b(?:{at})\b)\s*"
        rf"(?:(?:{services})\b(?:\s*(?:\.|[\[({{<]?\s*(?:{dot})\s*[\])}}>]?)\s*[a-z]{{2,}})?"
        rf"|[a-z0-9-]+\s*[\[({{<*_-]?\s*(?:{dot})\s*[\])}}>*_-]?\s*(?:com|net|org|co|edu|me|io|de|fr|uk|es|mx|ar)\b)"
        rf"|\b[a-z0-9._-]*\d[a-z0-9._-]* (?:{services}) (?:(?:{dot}) )?com\b"
    )


def _told_digits(spoken: Spoken) -> str:
    digits, times = "|".join(spoken.digits), "|".join(spoken.times)
    return rf"\b(?:(?:{digits}|{times}|\d{{1,4}})[\s,.-]+){{6,}}(?:{digits}|\d{{1,4}})\b"


def _cued(spoken: Sequence[Spoken]) -> str:
    return rf"(?:{_any(each.calls for each in spoken)})\b[^.!?\d+]{{0,24}}(?P<number>[+(]?\d[\d()\-. ]{{6,18}}\d)"


def _written_street(spoken: Sequence[Spoken]) -> str:
    streets = _any(each.streets for each in spoken)
    return rf"\b\d{{1,5}}[A-Za-z]?,? (?:[NSEW]\.? )?(?:[A-Z][\w'’.-]+ ){{1,3}}(?:{streets})\b" if streets else NOTHING


def _told_street(spoken: Sequence[Spoken]) -> str:
    homes, lanes, ways = (_any(parts) for parts in zip(*((e.homes, e.lanes, e.ways) for e in spoken), strict=True))
    ended = rf"\b\d{{1,5}}[a-z]?,? (?:[a-z']+ ){{1,3}}(?:{lanes})\b"
    begun = rf"\b(?:{ways})\.? (?:[a-z0-9'.]+ ){{1,4}}(?:(?:#|n|no|nro|num|numero)\.? ?)?\d{{1,5}}\b"
    told = "|".join(form for form, words in ((ended, lanes), (begun, ways)) if words)
    return rf"\b(?:{homes})\b[^.!?\n]{{0,30}}(?:{told})" if told else NOTHING


def _any(parts: Iterable[tuple[str, ...]]) -> str:
    return "|".join(_all(parts))


def _all(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))


def _dials(text: str, start: int, end: int) -> bool:
    """False for a piece of a path, a version or a table."""
    within = text[max(0, start - 1) : start]
    return not (within.isalnum() or within in tuple("/_=.#")) and not {".", " "} <= set(text[start:end])

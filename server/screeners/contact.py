"""Finds what leads to a person outside: numbers, mail, links, names on other services, addresses."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from server.domain.folding import Span
from server.domain.links import Domain, leads_to
from server.domain.rulebook import Rulebook
from server.domain.screening import Lane, Opinion, Runs, Screened, Verdict
from server.screeners import mails, numbers, phones
from server.screeners.patterns import compiled, set_of
from server.screeners.rules import Rules
from server.screeners.sieve import Sieve

REASON = "contact"
NOTHING = r"[^\s\S]"  # an expression that is in no text

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
        self._mails = mails.Mails(
            _all(each.at for each in spoken),
            _all(each.dot for each in spoken),
            _all(book.mail_services for _, book in books),
        )
        self._phones = phones.Phones(
            [(each.digits, each.times) for each in spoken], _all(each.calls for each in spoken)
        )
        self._streets = compiled(_written_street(spoken))
        self._street_told = compiled(_told_street(spoken))
        self._plain: tuple[tuple[str, Callable[[Screened], Iterator[Span]]], ...] = (
            ("contact.phone", self._numbers),
            ("contact.email", self._addresses_of_mail),
            ("contact.link", self._links),
            ("contact.address", self._addresses),
            ("contact.bank", self._ibans),
            ("contact.card", self._cards),
            ("contact.national", self._nationals),
        )
        self._signs = set_of([_digit.pattern, self._phones.pattern, self._mails.pattern, self._link.pattern])

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

    def _numbers(self, screened: Screened) -> Iterator[Span]:
        for reading in screened.readings:
            told = self._phones.spelled(reading.text)
            dialled = self._phones.dialled(reading.text, self._dialled_from(screened))
            for start, end in (*told, *dialled):
                span = reading.span(start, end)
                in_table = {".", " "} <= set(screened.text[span.start : span.end])
                if not in_table and not self._supports(reading.text[start:end]):
                    yield span
        yield from self._number_in_pieces(screened)

    def _dialled_from(self, screened: Screened) -> tuple[str, ...]:
        return (screened.region,) if screened.region else self._regions

    def _number_in_pieces(self, screened: Screened) -> Iterator[Span]:
        """Digits that only make a number together with what was said just before."""
        own = _digit.findall(screened.folded.text)
        if not screened.context or len(own) < 2 or len(screened.text) > 3 * len(own):
            return
        before = [text for text in screened.context if len(text) <= 3 * len(_digit.findall(text))]
        digits = "".join(_digit.findall(" ".join(before))) + "".join(own)
        if len(digits) > len(own) and any(True for _ in phones.matched(digits, self._dialled_from(screened))):
            yield Span(0, len(screened.text))

    def _supports(self, number: str) -> bool:
        return "".join(_digit.findall(number)).lstrip("0") in self._support

    def _addresses_of_mail(self, screened: Screened) -> Iterator[Span]:
        for reading in screened.readings:
            yield from (reading.span(start, end) for start, end in self._mails.written(reading.text))
        text = screened.folded.text
        finished = mails.finished(screened.context[-1], text) if screened.context else ()
        yield from (screened.folded.span(start, end) for start, end in (*self._mails.told(text), *finished))

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

"""Finds what leads to a person outside: numbers, mail, links, names on other services, addresses."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Annotated
from unicodedata import digit

from msgspec import Meta, Struct

from server.domain.folding import Span, fold
from server.domain.links import Domain
from server.domain.rulebook import Rulebook
from server.domain.screening import Lane, Opinion, Runs, Screened, Verdict
from server.screeners.details import links, mails, nationals, numbers, phones, streets
from server.screeners.patterns import compiled, set_of
from server.screeners.phrases.sieve import Sieve
from server.screeners.rules import Rules

REASON = "contact"
PIECE = 2  # digits of the fewest that are a piece of a number
LETTERS_BESIDE = 6  # so many, and two for each digit: "and then", "first half"
BETWEEN_PIECES = 30  # characters of what may be said between two pieces
PIECES = 3  # texts in which an address of mail, an account or a card is given
SHORT = 60  # characters of a text that is nothing but a request
ENDS_SHORTLY = 60  # characters of a text that ends one
LEET_BESIDE = 2  # words with digits for letters; where there are so many, what looks like a detail may be words as well
NOTHING = r"[^\s\S]"  # an expression that is in no text

Digits = Annotated[str, Meta(pattern=r"^[0-9]{3,15}$")]
Words = Annotated[tuple[str, ...], Meta(min_length=1)]
Numbers = Annotated[dict[str, Annotated[str, Meta(pattern=r"^[0-9]{1,3}$")]], Meta(min_length=1)]


class Spoken(Struct, frozen=True, forbid_unknown_fields=True):
    """How details are told in one language; each entry of a list is a piece of an expression on folded text.

    `numbers` are words with their digits, `times` is said of the digit after it, `joins` stand between digits, `calls`
    come before a telephone number and `others` before any other; `at`, `dot` and other `marks` are those of an address
    of mail.
    `streets` end an address as it is written on an envelope, with a number before its name. After one of `homes` it is
    told as `lanes` end it, or as `ways` begin it with the number at its end. `lures` say that a link leads to someone.
    """

    numbers: Numbers
    times: dict[str, Annotated[int, Meta(ge=2, le=3)]]
    calls: Words
    at: Words
    dot: Words
    homes: Words
    joins: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    lures: tuple[str, ...] = ()


class ContactBook(Struct, frozen=True, forbid_unknown_fields=True):
    """What one language knows of contact details; links, numbers and services of all languages are put together.

    `contact_links` lead to a person; `allowed_links` and `support_numbers` are not held; `endings` end a domain.
    `alone` are expressions of what asks for a detail where nothing else is said.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    spoken: Spoken
    phrases: Rulebook
    alone: tuple[str, ...] = ()
    contact_links: tuple[Domain, ...] = ()
    allowed_links: tuple[Domain, ...] = ()
    support_numbers: tuple[Digits, ...] = ()
    endings: tuple[str, ...] = ()
    mail_services: tuple[str, ...] = ()


Place = tuple[int, int]

_digit = re.compile(r"\d")
_has_domain = re.compile(r"\.\s?[a-z]{2,}|dot|punto")
_measured = re.compile(r"\d[:/.,]\d|\b\d{1,2}-\d{1,2}\b")


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
        allowed = _all(book.allowed_links for _, book in books)
        self._support = frozenset(number.lstrip("0") for _, book in books for number in book.support_numbers)
        spoken = [book.spoken for _, book in books]
        self._mails = mails.Mails(
            _all(each.at for each in spoken),
            _all(each.dot for each in spoken),
            _all(each.marks for each in spoken),
            _all(book.mail_services for _, book in books),
            allowed,
        )
        self._links = links.Links(
            _all(book.contact_links for _, book in books),
            allowed,
            _all(book.endings for _, book in books),
            _all(each.lures for each in spoken),
        )
        self._phones = phones.Phones(
            {word: digits for each in spoken for word, digits in each.numbers.items()},
            {word: times for each in spoken for word, times in each.times.items()},
            joins=_all(each.joins for each in spoken),
            calls=_all(each.calls for each in spoken),
            others=_all(each.others for each in spoken),
        )
        self._streets = streets.Streets(spoken)
        self._plain: tuple[tuple[str, Callable[[Screened], Iterator[Span]]], ...] = (
            ("contact.phone", self._numbers),
            ("contact.email", self._addresses_of_mail),
            ("contact.link", self._leads),
            ("contact.address", self._addresses),
            ("contact.bank", self._ibans),
            ("contact.card", self._cards),
            ("contact.national", self._nationals),
        )
        self._whole = compiled(rf"^\W*(?:{_any(book.alone for _, book in books) or NOTHING})\W*$")
        self._signs = set_of([_digit.pattern, self._phones.pattern, self._mails.pattern, self._links.pattern])

    def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        plain = self.plain(screened) if self._may_be_in(screened) else ()
        return plain + self.spoken(screened) + self.alone(screened)

    def spoken(self, screened: Screened) -> tuple[Opinion, ...]:
        """What is told by its phrases."""
        return tuple(opinion for rules in self.phrases for opinion in rules.screen(screened))

    def alone(self, screened: Screened) -> tuple[Opinion, ...]:
        """What is asked or given by a text that says nothing else."""
        if len(screened.text) > SHORT:
            return ()
        said = [reading.text for reading in (*screened.readings, *screened.phrases)]
        said += [fold(text).text for text in _in_pieces(screened)]
        if not any(map(self._whole.search, said)):
            return ()
        return (self._opinion("contact.alone", (Span(0, len(screened.text)),)),)

    def _may_be_in(self, screened: Screened) -> bool:
        """False only for an ordinary text that holds no number, no mail address in words and no link, and ends none."""
        if screened.words is None or self._signs.Match(screened.folded.text):
            return True
        before = screened.context[-PIECES:] if len(screened.text) <= ENDS_SHORTLY else ()
        return bool(before) and bool(self._signs.Match(" ".join((*before, screened.text)).lower()))

    def plain(self, screened: Screened) -> tuple[Opinion, ...]:
        """What is told by its form, and needs no phrase."""
        found = ((rule, tuple(sorted(set(find(screened))))) for rule, find in self._plain)
        return tuple(self._opinion(rule, spans) for rule, spans in found if spans)

    def _numbers(self, screened: Screened) -> Iterator[Span]:
        folded, regions = screened.folded, self._dialled_from(screened)
        told = [(reading, *place) for reading in screened.readings for place in self._phones.spelled(reading.text)]
        dialled = [(folded, *place) for place in self._phones.dialled(in_ascii_digits(folded.text), regions)]
        for reading, start, end in (*told, *dialled):
            span = reading.span(start, end)
            if not self._supports(reading.text[start:end]) and not (reading is folded and _is_words(screened, span)):
                yield span
        yield from self._number_in_pieces(screened)

    def _dialled_from(self, screened: Screened) -> tuple[str, ...]:
        return (screened.region,) if screened.region else self._regions

    def _number_in_pieces(self, screened: Screened) -> Iterator[Span]:
        """Digits that only make a number together with what was said just before."""
        pieces = [self._piece(screened.folded.text)] if screened.context else [""]
        if len(pieces[0]) < PIECE:
            return
        for before in reversed(screened.context):
            earlier = self._piece(fold(before).text)
            if not earlier and (_digit.search(before) or len(before) > BETWEEN_PIECES):
                return
            pieces = [earlier, *pieces] if earlier else pieces
            long = max(map(len, pieces)) > PIECE and not _are_counted(pieces)
            if earlier and long and self._is_number("".join(pieces), screened):
                yield Span(0, len(screened.text))
                return

    def _piece(self, text: str) -> str:
        """The digits of a text that holds little else, and no time, score or price."""
        digits = self._phones.digits(text)
        letters = sum(map(str.isalpha, text)) if _digit.search(text) else 0
        return digits if letters <= LETTERS_BESIDE + 2 * len(digits) and not _measured.search(text) else ""

    def _is_number(self, digits: str, screened: Screened) -> bool:
        return not self._supports(digits) and (
            phones.is_dialled(digits) or any(True for _ in phones.matched(digits, self._dialled_from(screened)))
        )

    def _supports(self, number: str) -> bool:
        return self._phones.digits(number).lstrip("0") in self._support

    def _addresses_of_mail(self, screened: Screened) -> Iterator[Span]:
        for reading in screened.readings:
            for start, end in (*self._mails.written(reading.text), *self._mails.told(reading.text)):
                span = reading.span(start, end)
                if _has_domain.search(reading.text, start, end) or not _is_in_leet(screened, span):
                    yield span
        yield from (Span(*place) for place in mails.shouted(screened.text))
        text = screened.folded.text
        if screened.context and len(text) <= ENDS_SHORTLY:
            before = " ".join(fold(each).text for each in screened.context[-PIECES:])
            yield from (screened.folded.span(start, end) for start, end in self._mails.finished(before, text))

    def _leads(self, screened: Screened) -> Iterator[Span]:
        for reading in screened.readings[:2]:
            yield from (reading.span(start, end) for start, end in self._links.found(reading.text))
        text = screened.folded.text
        if screened.context and len(text) <= ENDS_SHORTLY:
            finished = self._links.finished(fold(screened.context[-1]).text, text)
            yield from (screened.folded.span(start, end) for start, end in finished)

    def _addresses(self, screened: Screened) -> Iterator[Span]:
        yield from (Span(*place) for place in self._streets.written(screened.text))
        text = screened.folded.text
        yield from (screened.folded.span(start, end) for start, end in self._streets.told(text))
        if screened.context and len(text) <= SHORT:
            before = fold(screened.context[-1]).text + " "
            places = [place for place in self._streets.told(before + text) if place[0] < len(before) < place[1]]
            yield from (screened.folded.span(0, end - len(before)) for _, end in places)

    def _ibans(self, screened: Screened) -> Iterator[Span]:
        return _in_folded(screened, numbers.ibans)

    def _cards(self, screened: Screened) -> Iterator[Span]:
        yield from _in_folded(screened, _cards)
        for start, end, digits in self._phones.said(screened.folded.text):
            if numbers.is_card(digits):
                yield screened.folded.span(start, end)

    def _nationals(self, screened: Screened) -> Iterator[Span]:
        found = _in_folded(screened, nationals.nationals)
        return (span for span in found if not _is_words(screened, span))

    def _opinion(self, rule: str, spans: tuple[Span, ...]) -> Opinion:
        return Opinion(Lane.PRIVACY, Verdict.HOLD, rule, self._version, REASON, spans=spans, score=0.95)


def _in_pieces(screened: Screened) -> Iterator[str]:
    """The text after the last one, the last two and so on, as long as all of it is short."""
    text = screened.text
    for before in reversed(screened.context[-PIECES:]):
        text = f"{before} {text}"
        if len(text) > SHORT:
            return
        yield text


def _cards(text: str) -> Iterator[Place]:
    return numbers.cards(phones.with_digits(text))


def in_ascii_digits(text: str) -> str:
    """The digits of other scripts as ours, each in its place."""
    if text.isascii():
        return text
    return "".join(str(digit(each)) if each.isdecimal() else each for each in text)


def _are_counted(pieces: Sequence[str]) -> bool:
    """One after the other, as in "line 9", "line 10"."""
    return all(int(after) - int(before) == 1 for before, after in pairwise(pieces))


def _in_folded(screened: Screened, find: Callable[[str], Iterator[Place]]) -> Iterator[Span]:
    text = in_ascii_digits(screened.folded.text)
    if not _digit.search(text):
        return
    yield from (screened.folded.span(start, end) for start, end in find(text))
    before = " ".join(screened.context[-PIECES:])
    if len(text) <= ENDS_SHORTLY and _digit.search(before):
        begun = in_ascii_digits(fold(before).text) + " "
        places = [place for place in find(begun + text) if place[0] < len(begun) < place[1]]
        yield from (screened.folded.span(0, end - len(begun)) for _, end in places)


def _is_words(screened: Screened, span: Span) -> bool:
    """Whether what looks like a number may be words, as all that is around it."""
    return any(map(str.isalpha, screened.text[span.start : span.end])) and _is_in_leet(screened, span)


def _is_in_leet(screened: Screened, span: Span) -> bool:
    return sum(word.end <= span.start or span.end <= word.start for word in screened.leet) >= LEET_BESIDE


def _any(parts: Iterable[tuple[str, ...]]) -> str:
    return "|".join(_all(parts))


def _all(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))

"""Telephone numbers: as they are dialled, by their shape, after a word that announces one, and digit by digit."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from server.screeners.patterns import compiled

FEWEST = 7  # digits; fewer are a code, a year or a helpline
MOST = 15  # digits, by E.164
SPELLED = 5  # words and groups in a row from which they may be one number
PER_TEXT = 8  # one is enough to hold it
TWICE = 2  # digits of a word like "double", or of "twenty"
COUNTING = "012345678910111213"

_digit = re.compile(r"\d")
_enough = re.compile(
    rf"(?:\d[^\da-z]{{0,4}}){{{FEWEST - 1}}}\d"
)  # digits near each other; else libphonenumber need not look
_group = re.compile(r"\d+")
_shape = compiled(
    r"(?:\+\d{1,3}[-. ]?)?(?:\(\d{2,5}\)[-. ]?|\b\d{2,5}[-. /])(?:\d{2,4}[-. /]){1,3}\d{2,5}\b"
    r"|\+\d{8,15}\b|\b\d\d-\d\d-\d\d-\d\d\b|\(\d{2,3}\) ?\d{4,5}-\d{4}\b|\b0\d{2,4}[-. /]\d{6,8}\b"
    r"|\b00\d{1,3}[- ]?\d{2,5}[- ]?\d{3,4}[- ]?\d{2,5}\b|\b0\d{10}\b|\b\d{2,5}(?:_\d{3}){1,2}_?\d{3,4}\b"
)
_something_else = re.compile(
    r"\b(?:19|20)\d\d[-/. ](?:0?\d|1[0-2])[-/. ]\d{1,2}\b(?![-/.]\d)|"
    r"(?<!\d[-/.])\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b(?![-/.]\d)|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{1,2}:\d\d"
)
# Letters that stand for digits, where digits stand beside them; as many characters as before.
_alike = re.compile(r"(?<![a-z0-9.])(?=[oil]*\d)[\doil]{2,}(?![a-z0-9])")
_ALIKE = str.maketrans("oil", "011")

Place = tuple[int, int]


class Phones:
    """Knows digits as they are said in each language, and which words come before a number."""

    def __init__(self, languages: Sequence[tuple[Sequence[str], Sequence[str]]], calls: Sequence[str]) -> None:
        """`languages` are digits, and what is said of the digit after it."""
        self._words = frozenset(word for said in languages for words in said for word in words)
        self._spelled = compiled("|".join(_spelled(*said) for said in languages))
        self._cued = compiled(rf"(?:{'|'.join(calls)})\b[^.!?\d+]{{0,24}}(?P<number>[+(]?\d[\d()\-. ]{{6,18}}\d)")
        self.pattern = self._spelled.pattern

    def spelled(self, text: str) -> Iterator[Place]:
        """Of folded text, as for all here."""
        for match in self._spelled.finditer(text):
            if self._is_told(match.group()):
                yield match.span()

    def dialled(self, text: str, regions: Sequence[str | None]) -> Iterator[Place]:
        """With numbers that are national in one of the regions."""
        text = _alike.sub(_as_digits, text)
        if not _enough.search(text):
            return
        taken = [match.span() for match in _something_else.finditer(text)]
        for start, end in (*matched(text, regions), *self._shaped(text)):
            inside = any(start < last and first < end for first, last in taken)
            if not inside and _dials(text, start, end):
                yield start, end

    def _shaped(self, text: str) -> Iterator[Place]:
        shaped = [match.span() for match in _shape.finditer(text)]
        yield from ((start, end) for start, end in shaped if 8 <= len(_digit.findall(text[start:end])) <= MOST)
        told = [match.span(1) for match in self._cued.finditer(text)]
        yield from ((start, end) for start, end in told if FEWEST <= len(_digit.findall(text[start:end])) <= MOST)

    def _is_told(self, run: str) -> bool:
        """Digits one by one, or words for them; not a table, and nobody's counting."""
        words = re.findall(r"[a-z]+|\d+", run)
        groups = [word for word in words if word.isdigit()]
        spoken = [word for word in words if word in self._words]
        if not spoken and any(len(group) > 1 for group in groups):
            return False
        if not spoken and "".join(groups) in COUNTING:
            return False
        return sum(map(len, groups)) + len(spoken) >= FEWEST


def matched(text: str, regions: Sequence[str | None]) -> Iterator[Place]:
    """What libphonenumber takes for a number that somebody has."""
    for region in regions or (None,):
        found = phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.VALID, PER_TEXT)
        yield from ((match.start, match.end) for match in found)


def _spelled(digits: Sequence[str], times: Sequence[str]) -> str:
    said = "|".join((*digits, *times))
    between = r"[\s,.;|/()-]+(?:(?:then|and|plus|y|luego)[\s,.;-]+){0,2}"
    return rf"\b(?:(?:{said}|[\do]{{1,5}}){between}){{{SPELLED - 1},}}(?:{'|'.join(digits)}|[\do]{{1,5}})\b"


def _as_digits(found: re.Match[str]) -> str:
    return found.group().translate(_ALIKE)


def _dials(text: str, start: int, end: int) -> bool:
    """False for a piece of a path, a version, a name or a table, for points in pairs and for counting."""
    number, before = text[start:end], text[max(0, start - 2) : start]
    if before[-1:].isalnum() or before[-1:] in tuple("/_=.#") or (before[:1].isalnum() and before[1:] == "-"):
        return False
    lengths = {len(group) for group in _group.findall(number)}
    if {".", " "} <= set(number) or "".join(_group.findall(number)) in COUNTING:
        return False
    return max(lengths) > TWICE or (len(lengths) == 1 and not {"-", " "} <= set(number))

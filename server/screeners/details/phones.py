"""Telephone numbers: as they are dialled, by their shape, after a word that announces one, and digit by digit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import phonenumbers

from server.screeners.patterns import compiled

FEWEST = 7  # digits; fewer are a code, a year or a helpline
MOST = 15  # digits, by E.164
SPELLED = 5  # words and groups in a row from which they may be one number, whatever it begins with
PER_TEXT = 8  # one is enough to hold it
TWICE = 2  # digits of a word like "double", or of "twenty"
COUNTING = "012345678910111213"
LISTED = 5  # numbers in a row that only grow are a list
NEAR = 36  # characters in which a word says what a number is

_digit = re.compile(r"\d")
# Digits near each other; where there are none, or all are told already, libphonenumber need not look.
_enough = re.compile(rf"(?:\d[^\da-z]{{0,6}}){{{FEWEST - 1},}}\d")
_extended = re.compile(r"[ .,;]{0,3}(?:[#x]|ext|int)")
_group = re.compile(r"\d+")
_word = re.compile(r"[a-z]+")
_row = re.compile(r"\d+(?:[ ,]{1,2}\d+)*")
_gap = r"(?: {1,3}| ?[-.~|·•*_/,]{1,3} ?)"
_shape = compiled(
    r"(?:\+\d{1,3}[-. ]?)?(?:\(\d{2,5}\)[-. ]?|\b\d{2,5}[-. /])(?:\d{2,4}[-. /]){1,3}\d{2,5}\b"
    r"|\+\d{8,15}\b|\b\d\d-\d\d-\d\d-\d\d\b|\(\d{2,3}\) ?\d{4,5}-\d{4}\b|\b0\d{1,4}[-. /]\d{6,8}\b"
    r"|\b00\d{1,3}[- ]?\d{2,5}[- ]?\d{3,4}[- ]?\d{2,5}\b|\b\d{2,5}(?:_\d{3}){1,2}_?\d{3,4}\b"
    rf"|\b[2-9]\d\d{_gap}[2-9]\d\d{_gap}\d{{4}}\b|\b0\d(?:{_gap}\d\d){{4}}\b|\b0\d{{3,4}}{_gap}\d{{3}}{_gap}\d{{3,4}}\b"
    # A country's own number begins with 0; without it, and without a plus, with the country's code.
    r"|\b0[1-9]\d{8,9}\b|(?:\+|\b(?:00)?)[1-9]\d{0,2} ?\(0\) ?\d{2,5}[- ]?\d{3,4}[- ]?\d{2,4}\b"
    r"|\b44 ?7\d{3} ?\d{3} ?\d{3}\b"
    r"|\b(?:34[67]\d{8}|33[67]\d{8}|491[567]\d{8,9}|521?\d{10}|549\d{10}|573\d{9}|91[6-9]\d{9}|614\d{8}|3538\d{8})\b"
    r"|\b0[1-9]\d{9}[a-z]{2,6}\b|\(0\d{2,4}\)[-. ]?\d{5,8}\b|\b[2-9]\d\d[- ]?\d{4}\b[^.!?\d]{0,12}\barea code \d{3}\b"
    r"|\b9[ -]\d{4}[ -]\d{4}\b|\b8 ?\(\d{3}\) ?\d{3}[- ]\d\d[- ]?\d\d\b"
)
_dialled_alone = compiled(r"^[^\da-z+]*\+?(?:\d[-. ]?){8,12}\d[^\da-z]*$")
_something_else = re.compile(
    r"\b(?:19|20)\d\d[-/. ](?:0?\d|1[0-2])[-/. ]\d{1,2}\b(?![-/.]\d)|"
    r"(?<!\d[-/.])\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d\b(?![-/.]\d)|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![.\d])"
    r"|\b\d{1,2}:\d\d|\b\d{1,3}(?:[ .,]\d{3}){1,4}[ .,]000\b|\b97[89][- ]?\d[\d -]{8,12}\d\b|\b\d{1,2}\.\d{5,}\b"
)
# Letters that stand for digits, where digits stand beside them.
_alike = re.compile(r"(?<![a-z0-9.])(?=[oil]*\d)[\doil]{2,}(?![a-z0-9])")
_ALIKE = str.maketrans("oil", "011")
# How numbers begin that are dialled within a country, and what they have of digits then.
_as_dialled = re.compile(
    r"0[1-9]\d{7,9}|00[1-9]\d{7,12}|1?[2-9]\d\d[2-9]\d{6}|[6-9]\d{8}|(?:44|34|33|49|52|54|57|61|91|353)\d{9,11}"
)

Place = tuple[int, int]


class Phones:
    """Knows numbers as they are said in each language, and which words come before one."""

    def __init__(
        self,
        words: Mapping[str, str],
        times: Mapping[str, int],
        *,
        joins: Sequence[str],
        calls: Sequence[str],
        others: Sequence[str],
    ) -> None:
        """`words` are numbers with their digits, `times` are said of the digit after it, `joins` stand between.

        `calls` come before a telephone number, `others` before any other.
        """
        self._words, self._times = words, times
        said, repeated = _longest_first(words), _longest_first(times)
        between = rf"(?:[\s,.;|/()~*·:_–-]|\b(?:{'|'.join(joins)})\b)*"
        item = rf"(?:(?:(?:{repeated}){between})?(?:{said}|\d{{1,11}}))"
        self.pattern = rf"\b{item}(?:{between}{item}){{2,}}\b"
        self._spelled = compiled(self.pattern)
        self._token = re.compile(rf"{repeated}|{said}|\d+")
        joined = rf"[\s,.;-]*\b(?:{'|'.join(joins)})\b[\s,.;-]*"
        self._joined = compiled(rf"\b\d{{2,6}}(?:{joined}(?:\b(?:{'|'.join(joins)})\b[\s,.;-]*)?\d{{2,8}}){{1,4}}\b")
        self._cued = compiled(
            rf"\b(?:{'|'.join(calls)})(?:\b[^.!?\d+]{{0,24}}|[=:# ]{{0,2}})(?P<number>[+(]?\d[\d()\-. ]{{6,18}}\d)\b"
        )
        asked = "|".join(call for call in calls if call.endswith("me"))
        self._cued_after = compiled(
            rf"(?P<number>[+(]?\b\d[\d()\-. ]{{6,18}}\d)[^.!?\d\w]{{1,3}}"
            rf"(?:(?:(?:is|es|it's) )?(?:my|mi) (?:{'|'.join(calls)})|{asked or calls[0]})\b"
        )
        self._other = compiled(rf"\b(?:{'|'.join(others)})\b[^.!?\d]{{0,24}}$")

    def spelled(self, text: str) -> Iterator[Place]:
        """Of folded text, as for all here."""
        for match in self._spelled.finditer(text):
            if self._is_told(match.group()):
                yield match.span()

    def said(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Each run of digits in words, with its digits."""
        for match in self._spelled.finditer(text):
            yield *match.span(), "".join(self._values(self._token.findall(match.group())))

    def digits(self, text: str) -> str:
        """All that the text says of digits: those written, or, where there are none, those in words."""
        written = "".join(_group.findall(text))
        words = [word for word in _word.findall(text) if word in self._words or word in self._times]
        return written or "".join(self._values(words))

    def dialled(self, text: str, regions: Sequence[str | None]) -> Iterator[Place]:
        """With numbers that are national in one of the regions."""
        text = with_digits(text)
        announced = list(self._announced(text))
        yield from announced
        runs = [match.span() for match in _enough.finditer(text)]
        if not runs:
            return
        shaped = self._dialling(text, _shaped(text))
        yield from shaped
        if not all(_is_within(text, run, (*announced, *shaped)) for run in runs):
            yield from self._dialling(text, matched(text, regions))

    def _dialling(self, text: str, places: Iterable[Place]) -> list[Place]:
        """Those that are not something else."""
        taken = [match.span() for match in _something_else.finditer(text)]
        return [
            (start, end)
            for start, end in places
            if not any(start < last and first < end for first, last in taken)
            and _dials(text, start, end)
            and not self._is_other(text, start)
        ]

    def _announced(self, text: str) -> Iterator[Place]:
        cued = [match.span(1) for each in (self._cued, self._cued_after) for match in each.finditer(text)]
        for start, end in (*cued, *(match.span() for match in self._joined.finditer(text))):
            digits = "".join(_group.findall(text[start:end]))
            fits = FEWEST <= len(digits) <= MOST if (start, end) in cued else is_dialled(digits)
            if fits and not self._is_other(text, start) and not _something_else.fullmatch(text, start, end):
                yield start, end

    def _is_other(self, text: str, start: int) -> bool:
        return text[start] not in "+(" and bool(self._other.search(text[max(0, start - NEAR) : start]))

    def _is_told(self, run: str) -> bool:
        """Digits one by one, or words for them; not a table, and nobody's counting."""
        tokens = self._token.findall(run)
        groups = [token for token in tokens if token.isdigit()]
        marks = {mark for mark in run if not mark.isalnum() and mark != " "}
        in_words = any(len(token) > 1 for token in tokens if not token.isdigit())
        if not in_words and (any(len(group) > 1 for group in groups) or ("." in marks and len(marks) > 1)):
            return False
        values = self._values(tokens)
        digits = "".join(values)
        if len(digits) < FEWEST or len(set(digits)) <= TWICE or _is_counting([int(value) for value in values]):
            return False
        return len(tokens) >= SPELLED or is_dialled(digits)

    def _values(self, tokens: Sequence[str]) -> list[str]:
        """The numbers that are said, each as its digits: "double oh" as 00, "forty seven" as 47."""
        values: list[str] = []
        repeated, left = 1, 0
        for token in tokens:
            if token in self._times:
                repeated = self._times[token]
                continue
            value = self._words.get(token, token) * repeated
            if 0 < len(value) <= left:
                values[-1] = values[-1][: -len(value)] + value
            else:
                values.append(value)
            repeated, left = 1, 0 if token.isdigit() else _zeros(value)
        return values


def with_digits(text: str) -> str:
    """With the letters that stand for digits as those; as many characters as before."""
    return _alike.sub(_as_digits, text)


def is_dialled(digits: str) -> bool:
    """Whether so many digits, so begun, are a number that one dials."""
    return bool(_as_dialled.fullmatch(digits)) and len(set(digits)) > TWICE


def matched(text: str, regions: Sequence[str | None]) -> Iterator[Place]:
    """What libphonenumber takes for a number that somebody has."""
    for region in regions or (None,):
        found = phonenumbers.PhoneNumberMatcher(text, region, phonenumbers.Leniency.VALID, PER_TEXT)
        yield from ((match.start, match.end) for match in found)


def _is_within(text: str, run: Place, told: Iterable[Place]) -> bool:
    """Whether all of a run of digits is told already, and nothing follows that may belong to it."""
    first, last = run
    return not _extended.match(text, last) and any(start <= first and last <= end for start, end in told)


def _shaped(text: str) -> Iterator[Place]:
    for expression in (_shape, _dialled_alone):
        for match in expression.finditer(text):
            if 8 <= len(_digit.findall(match.group())) <= MOST:
                yield match.span()


def _longest_first(words: Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _zeros(value: str) -> int:
    """How many digits of the number may still be said: two after "six hundred", one after "forty"."""
    return len(value) - len(value.rstrip("0")) if len(value) > 1 and value != "10" else 0


def _as_digits(found: re.Match[str]) -> str:
    return found.group().translate(_ALIKE)


def _is_counting(values: list[int]) -> bool:
    """Up or down, by whatever step."""
    return len(values) > TWICE and len({second - first for first, second in pairwise(values)}) == 1


def _is_list(values: list[int]) -> bool:
    """Counting, or no number smaller than the one before, as where they were drawn."""
    rises = [second - first for first, second in pairwise(values)]
    return _is_counting(values) or (len(values) >= LISTED and min(rises) >= 0 < max(rises))


def _dials(text: str, start: int, end: int) -> bool:
    """False for a piece of a path, a version, a name, a list or a table, and for points in pairs."""
    number, before = text[start:end], text[max(0, start - 2) : start]
    if before[-1:].isalnum() or before[-1:] in tuple("/_=.#") or (before[:1].isalnum() and before[1:] == "-"):
        return False
    row = next((match.group() for match in _row.finditer(text) if match.start() <= start < match.end()), number)
    groups = _group.findall(row)
    if {".", " "} <= set(number) or "".join(_group.findall(number)) in COUNTING:
        return False
    if not groups[0].startswith("0") and _is_list([int(group) for group in groups]):
        return False
    lengths = {len(group) for group in _group.findall(number)}
    return max(lengths) > TWICE or (len(lengths) == 1 and not {"-", " "} <= set(number))

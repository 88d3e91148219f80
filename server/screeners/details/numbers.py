"""Numbers of accounts and cards, told from other numbers by their check digits or the word beside them."""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from server.screeners.patterns import compiled

# Characters of an account's number in each country that has one: ISO 13616's registry.
IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "no", 16: "be", 18: "dk fi fo gl nl sd", 19: "mk si", 20: "at ba ee kz lt lu xk", 21: "ch hr li lv",
        22: "bg bh cr de gb ge ie me rs", 23: "ae gi il iq tl", 24: "ad cz es md pk ro sa se sk tn vg",
        25: "ly pt st", 26: "is tr", 27: "fr gr it mc mr sm", 28: "al az by cy do gt hu lb ni pl", 29: "br eg ps qa ua",
        30: "jo kw mu", 31: "mt sc", 32: "lc",
    }.items()
    for country in countries.split()
}  # fmt: skip
GAPS = " .,-_:/"  # what people put between groups of digits
CARD = range(12, 20)  # digits
# How cards are printed; only in such groups is a card looked for beside other numbers, as its date.
PRINTED = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (8, 8), (6, 10), (13,), (15,), (16,), (19,)}

_iban = re.compile(r"(?<![a-z0-9])[a-z]{2}[ .-]?\d{2}(?=[ .,\-_:]{0,2}[a-z0-9])")
_iban_told = compiled(
    r"\biban\b[^a-z\d]{0,6}(?:(?:is|no|number|es|ist)\b[^a-z\d]{0,4})?"
    r"(?P<iban>[a-z]{2}[ .-]?\d{2}(?:[ .-]?[a-z0-9]{1,4}){3,8})\b"
)
_card = compiled(r"\b(?:\d[ ,./_|()·*\n-]{0,3}){11,30}\d\b")
_card_told = compiled(
    r"\b(?:card|visa|master ?card|amex|debit|credit|tarjeta|carte|karte)\b[^!?\d]{0,24}"
    r"(?P<number>(?:\d[ -]?){12,18}\d)\b"
)
_group = re.compile(r"\d+")

Place = tuple[int, int]


def ibans(text: str) -> Iterator[Place]:
    """Places in folded text, as for all here."""
    for begun in _iban.finditer(text):
        if end := _iban_end(text, begun.start()):
            yield begun.start(), end
    yield from (match.span(1) for match in _iban_told.finditer(text))


def cards(text: str) -> Iterator[Place]:
    for match in _card.finditer(text):
        if is_card(match.group()):
            yield match.span()
        else:
            yield from _printed(text, match.start(), match.end())
    yield from (match.span(1) for match in _card_told.finditer(text))


def is_card(given: str) -> bool:
    """Luhn's sum, and first digits that issuers use."""
    digits = "".join(_group.findall(given))
    return len(digits) in CARD and (digits[0] in "23456" or digits.startswith("1800")) and luhn.is_valid(digits)


def _printed(text: str, start: int, end: int) -> Iterator[Place]:
    """A card as it is printed, with more numbers before or after it."""
    groups = [group.span() for group in _group.finditer(text, start, end)]
    for first in range(len(groups)):
        for last in range(first, min(len(groups), first + 5)):
            lengths = tuple(stop - begin for begin, stop in groups[first : last + 1])
            if lengths in PRINTED and is_card(text[groups[first][0] : groups[last][1]]):
                yield groups[first][0], groups[last][1]


def _iban_end(text: str, start: int) -> int | None:
    """Where it ends, if it is as long as its country's are and its check digits hold, whatever gaps it is told with."""
    length = IBAN_LENGTHS.get(text[start : start + 2], 0)
    plain = ""
    for place in range(start, min(len(text), start + 2 * length)):
        if text[place] not in GAPS:
            plain += text[place]
        if len(plain) == length:
            alone = not text[place + 1 : place + 2].isalnum()
            return place + 1 if alone and plain.isalnum() and _iban_holds(plain) else None
    return None


def _iban_holds(plain: str) -> bool:
    """ISO 13616: its first four characters are checked as if they were its last."""
    return plain.isascii() and mod_97_10.is_valid(plain[4:] + plain[:4])

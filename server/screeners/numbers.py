"""Numbers that belong to one person, told from other numbers by their check digits or the word beside them."""

import re
from collections.abc import Iterator

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
GAPS = " .-_:/"  # what people put between groups of digits

_iban = re.compile(r"(?<![a-z0-9])[a-z]{2}[ .-]?\d{2}(?=[ .\-_:]{0,2}[a-z0-9])")
_iban_told = compiled(
    r"\biban\b[^a-z\d]{0,6}(?:(?:is|no|number|es|ist)\b[^a-z\d]{0,4})?"
    r"(?P<iban>[a-z]{2}[ .-]?\d{2}(?:[ .-]?[a-z0-9]{1,4}){3,8})\b"
)
_card = compiled(r"\b(?:\d[ ,./_-]{0,3}){11,18}\d\b")
# The United States, the United Kingdom, Brazil, Italy and Mexico by their shape; others need a word beside them.
_shaped = compiled(
    r"\b[0-8]\d\d ?[- ] ?\d\d ?[- ] ?\d{4}\b|\b(?:qq|[abceghj-prstw-z][abceghj-nprstw-z]) ?\d\d ?\d\d ?\d\d ?[a-d]\b"
    r"|\b\d{3}\.\d{3}\.\d{3}-\d\d\b|\b[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]\b"
    r"|\b[a-z]{4}\d{6}[hm][a-z]{5}[a-z\d]\d\b"
)
_told = compiled(
    r"\b(?:ssn|social security|social(?: is| number)|national insurance|passport|driver'?s licen[cs]e|licen[cs]e|nhs"
    r"|tax id|medicare|sort code|account|routing)\b[^!?\d]{0,24}[a-z]{0,5}\d[\da-z. -]{4,16}\d"
    r"|\b(?:(?:national|identity|sa|tax) (?:id|card|file|number)|id (?:number|no|card)|ni(?:no| number)"
    r"|tfn|sin (?:number|no|is)|pps|aadhaar|pan(?: number| card)?|dni|nie|nif|nuss|curp|rfc|cpf|rut|cedula"
    r"|codice fiscale|pesel|bsn|personnummer|fodselsnummer|cpr|kimlik|steuer-?id|sozialversicherung(?:snummer)?"
    r"|numero de (?:seguridad social|securite sociale)|seguridad social|securite sociale|ausweis|pasaporte|passeport)\b"
    r"[^!?\d]{0,24}[a-z]{0,5}-?\d[\d./ -]{3,20}[\da-z]"
)
# Spain's: a letter that the digits determine.
_spanish = compiled(r"\b(?:[xyz]-?\d{7}|\d{8}|\d{2}\.\d{3}\.\d{3})[- ]?[a-z]\b")
_SPANISH_LETTERS = "trwagmyfpdxbnjzsqvhlcke"
# France's: sex, year, month, place and order, and two digits that follow from the rest.
_french = compiled(r"\b[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d\d ?\d{3} ?\d{3} ?\d\d\b")
# Sweden's: a day of birth, and a last digit that follows from the rest.
_swedish = compiled(r"\b(?:19|20)?\d\d(?:0[1-9]|1[0-2])[0-3]\d[-+]\d{4}\b")

Place = tuple[int, int]


def ibans(text: str) -> Iterator[Place]:
    """Places in folded text, as for all here."""
    for begun in _iban.finditer(text):
        if end := _iban_end(text, begun.start()):
            yield begun.start(), end
    yield from (match.span(1) for match in _iban_told.finditer(text))


def cards(text: str) -> Iterator[Place]:
    return (match.span() for match in _card.finditer(text) if _card_holds(match.group()))


def nationals(text: str) -> Iterator[Place]:
    for expression in (_shaped, _told):
        yield from (match.span() for match in expression.finditer(text))
    yield from (match.span() for match in _spanish.finditer(text) if _spanish_holds(match.group()))
    yield from (match.span() for match in _french.finditer(text) if _french_holds(match.group()))
    yield from (match.span() for match in _swedish.finditer(text) if _sum_holds(_digits(match.group())[-10:]))


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
    """ISO 13616: the rearranged number leaves 1 when divided by 97."""
    return int("".join(str(int(character, 36)) for character in plain[4:] + plain[:4])) % 97 == 1


def _spanish_holds(given: str) -> bool:
    plain = "".join(character for character in given if character.isalnum())
    number = int(plain[:-1].translate(str.maketrans("xyz", "012")))
    return _SPANISH_LETTERS[number % 23] == plain[-1]


def _french_holds(given: str) -> bool:
    digits = _digits(given)
    return 97 - int(digits[:-2]) % 97 == int(digits[-2:])


def _card_holds(given: str) -> bool:
    """Luhn's sum, and first digits that issuers use."""
    digits = _digits(given)
    return (digits[0] in "23456" or digits.startswith("1800")) and _sum_holds(digits)


def _sum_holds(digits: str) -> bool:
    """Luhn's: from the right, every second digit counts twice."""
    numbers = [int(digit) for digit in reversed(digits)]
    doubled = (digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(numbers))
    return sum(doubled) % 10 == 0


def _digits(given: str) -> str:
    return "".join(character for character in given if character.isdigit())

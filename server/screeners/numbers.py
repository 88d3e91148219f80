"""Numbers that belong to one person, told from other numbers by their check digits or the word beside them."""

from collections.abc import Iterator

from server.screeners.patterns import compiled

_iban = compiled(r"\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,3})?\b")
_card = compiled(r"\b(?:\d[ -]?){11,18}\d\b")
# The United States, the United Kingdom, Brazil, Italy and Mexico by their shape; others need a word beside them.
_national = compiled(
    r"\b[0-8]\d\d-\d\d-\d{4}\b|\b[abceghj-prstw-z][abceghj-nprstw-z] ?\d\d ?\d\d ?\d\d ?[a-d]\b"
    r"|\b\d{3}\.\d{3}\.\d{3}-\d\d\b|\b[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]\b"
    r"|\b[a-z]{4}\d{6}[hm][a-z]{5}[a-z\d]\d\b"
    r"|\b(?:ssn|social security|national insurance|passport|driver'?s licen[cs]e|licen[cs]e|nhs|tax id|medicare"
    r"|sort code|account|routing)\b[^.!?\d]{0,24}[a-z]{0,2}\d[\da-z -]{4,16}\d"
    r"|\b(?:(?:national|identity|sa|tax) (?:id|card|file|number)|id (?:number|no|card)|ni(?:no| number)"
    r"|tfn|sin (?:number|no)|pps|aadhaar|pan (?:number|card)|dni|nie|nif|nuss|curp|rfc|cpf|rut|cedula|codice fiscale"
    r"|pesel|bsn|personnummer|fodselsnummer|cpr|kimlik|steuer-?id|sozialversicherung(?:snummer)?"
    r"|numero de (?:seguridad social|securite sociale)|seguridad social|securite sociale|ausweis|pasaporte|passeport)\b"
    r"[^.!?\d]{0,24}[a-z]{0,3}-?\d[\d./ -]{4,20}[\da-z]"
)
# Spain's: a letter that the digits determine.
_spanish = compiled(r"\b[xyz0-9]-?\d{7}-?[a-z]\b")
_SPANISH_LETTERS = "trwagmyfpdxbnjzsqvhlcke"


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Places in folded text, as for all here."""
    return (match.span() for match in _iban.finditer(text) if _iban_holds(match.group()))


def cards(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _card.finditer(text) if _card_holds(match.group()))


def nationals(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _national.finditer(text))
    yield from (match.span() for match in _spanish.finditer(text) if _spanish_holds(match.group()))


def _iban_holds(given: str) -> bool:
    """ISO 13616: the rearranged number leaves 1 when divided by 97."""
    plain = "".join(character for character in given if character.isalnum())
    return int("".join(str(int(character, 36)) for character in plain[4:] + plain[:4])) % 97 == 1


def _spanish_holds(given: str) -> bool:
    plain = given.replace("-", "")
    number = int(plain[:-1].translate(str.maketrans("xyz", "012")))
    return _SPANISH_LETTERS[number % 23] == plain[-1]


def _card_holds(given: str) -> bool:
    """Luhn's sum, and a first digit that issuers use."""
    digits = [int(character) for character in given if character.isdigit()]
    doubled = (digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(reversed(digits)))
    return digits[0] in (2, 3, 4, 5, 6) and sum(doubled) % 10 == 0

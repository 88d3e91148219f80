"""Numbers by which a state knows a person: by their check digits, a shape of their own, or the word beside them."""

import re
from collections.abc import Callable, Iterator

from stdnum import luhn
from stdnum.ar import cuit
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.cz import rc
from stdnum.de import idnr as steuer_id
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp, rfc
from stdnum.my import nric
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.za import idnr

from server.screeners.patterns import compiled, set_of

FEWEST = 5  # digits of what a word says is a number; fewer are a count or a day


def _plain(given: str) -> str:
    return "".join(character for character in given if character.isalnum())


# By its shape alone; where more than one number in ten thousand of ordinary talk has it, the check must hold as well.
_CHECKED: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (r"\b(?:\d{8}|\d{2}\.\d{3}\.\d{3})[- ]?[a-z]\b", lambda given: dni.is_valid(_plain(given))),
    (r"\b[xyz][- ]?\d{7}[- ]?[a-z]\b", nie.is_valid),
    (r"\b[12] ?\d\d ?(?:0[1-9]|1[0-2]) ?\d[\dab] ?\d{3} ?\d{3} ?\d\d\b", nir.is_valid),
    (r"\b(?:19|20)?\d\d(?:0[1-9]|1[0-2])[0-3]\d[-+]\d{4}\b", personnummer.is_valid),
    (r"\b(?:19|20)?\d\d(?:0[1-9]|1[0-2])[0-3]\d-[1-8]\d{6}\b", rrn.is_valid),
    (r"\b[0-3]\d(?:0[1-9]|1[0-2])\d\d[-+a][\d]{3}[\da-z]\b", hetu.is_valid),
    (r"\b[0-3]\d(?:0[1-9]|1[0-2])\d\d-\d{4}\b", cpr.is_valid),
    (r"\b\d\d(?:[0257][1-9]|[1368][0-2])[0-3]\d/\d{3,4}\b", rc.is_valid),
    (r"\b[a-z]{3} ?[a-z]{3} ?\d\d[a-z] ?\d\d ?[a-z]\d{3} ?[a-z]\b", codicefiscale.is_valid),
    (r"\b[a-z]{4}\d{6}[hmx][a-z]{5}[a-z\d]\d\b", curp.is_valid),
    (r"\b[a-zñ&]{3,4}-?\d{6}-?[a-z\d]{3}\b", rfc.is_valid),
    (r"\b\d{1,2}\.\d{3}\.\d{3}-[\dk]\b", rut.is_valid),
    (r"\b\d\d\.\d\d\.\d\d-\d{3}[. ]?\d\d\b", nn.is_valid),
    (r"\b756\.\d{4}\.\d{4}\.\d\d\b", ahv.is_valid),
    (r"\b(?:20|23|24|27)-\d{8}-\d\b", cuit.is_valid),
    (r"\b[2-9]\d{3}[ -]\d{4}[ -]\d{4}\b", aadhaar.is_valid),
    (r"\b[a-z]{3}[abcfghjlpt][a-z]\d{4}[a-z]\b", pan.is_valid),
    (r"\b\d{3}[ -]\d{3}[ -]\d{4}\b", nhs.is_valid),
    (r"\b\d{7}[a-w][abw]?\b", pps.is_valid),
    (r"\b[1-8]-\d{4}-\d{5}-\d\d-\d\b", pin.is_valid),
    (r"\b\d\d(?:0[1-9]|1[0-2])[0-3]\d-\d\d-\d{4}\b", nric.is_valid),
    (r"\b\d\d[ ]\d{3}[ ]\d{3}[ ]\d{3}\b", steuer_id.is_valid),
    (r"\b\d{9}[-]\d\d\b|\b\d{3}\.\d{3}\.\d{3}-?\d\d\b", cpf.is_valid),
    (r"\b\d\d(?:0[1-9]|1[0-2])[0-3]\d{5}[01]\d{2}\b", idnr.is_valid),
    (r"\b\d\d(?:0[1-9]|1[0-2]|2[1-9]|3[0-2])[0-3]\d{6}\b", pesel.is_valid),
    (r"\b[1-9]\d{10}\b", tckimlik.is_valid),
    (r"\b[0-3]\d(?:0[1-9]|1[0-2])\d\d ?\d{5}\b", fodselsnummer.is_valid),
    (r"\b[1-6]\d\d(?:0[1-9]|1[0-2])[0-3]\d{5}\b", ik.is_valid),
    (r"\b[1-8]\d\d(?:0[1-9]|1[0-2])[0-3]\d{7}\b", cnp.is_valid),
    (r"\b[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d{4}[\dx]\b", ric.is_valid),
    (r"\bsin\b[ :#]{0,3}\d{3}[ -]?\d{3}[ -]?\d{3}\b", lambda given: luhn.is_valid(_plain(given.removeprefix("sin")))),
)
# The United States, the United Kingdom, Brazil, Italy, Mexico, Singapore and Hong Kong: the numbers that are published
# as examples hold no check.
_shaped = compiled(
    r"\b[0-8]\d\d ?[-. ] ?\d\d ?[-. ] ?\d{4}\b"
    r"|\b(?:qq|[abceghj-prstw-z][abceghj-nprstw-z])[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[a-d]\b"
    r"|\b\d{3}\.\d{3}\.\d{3}-\d\d\b|\b[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]\b|\b[a-z]{4}\d{6}[hm][a-z]{5}[a-z\d]\d\b"
    r"|\b[stfgm]\d{7}[a-z]\b|\b[a-z]{1,2}\d{6} ?\([\da]\)|\b[a-z]{5}[ ]?\d{6}[ ]?[a-z9]{2}\d[a-z]{2}\b"
)
# What names such a number, in the languages in which people give it, and the few words that may stand between.
_NAMES = (
    r"ssn|soc(?:ial)?(?: sec(?:urity)?)?|national insurance|ni|nino|passport|driv(?:er|ers|er's|ing) licen[cs]e"
    r"|licen[cs]e|nhs|tax id|medicare|sort code|bank account|account|acct|routing|mrn|medical record|green card"
    r"|alien|social insurance"
    r"|(?:national|identity|sa|tax|personal|tax file|id|insurance) (?:id|card|file|number|no|code|num)|tfn|itin"
    r"|pps|ppsn|aadhaa?r|pan|my ic|nric|hkid|rrn|omang|teudat zehut|dni|nie|nif|nuss|curp|rfc|cpf|rg|rut|cedula|cc"
    r"|ci|cuil|cuit|clabe|clave de elector|codice fiscale|cf|pesel|bsn|burgerservicenummer|rijksregisternummer"
    r"|personnummer|f[oø]dselsnummer|cpr|hetu|henkilotunnus|isikukood|rodne cislo|cnp|egn|oib|amka|kimlik"
    r"|tc(?: kimlik)?|steuer-?id|idnr|svnr|ahv|avs|sozialversicherungs?(?:nummer)?"
    r"|(?:numero de )?(?:la )?(?:seguridad social|securite sociale|secu)|ausweis(?:nummer)?|pasaporte|passeport"
    r"|reisepass|passaporto"
)
_BETWEEN = (
    r"(?:[ :=#.,'°º(]|\b(?:number|num|no|nr|nro|numero|nummer|cislo|card|code|id|is|es|e|est|ist|ar|to|was|its|it|thats"
    r"|my|mi|mon|the|el|la|de|c|kimlik|starts|with|s|that|licence|license)\b){0,10}"
)
_told = compiled(
    rf"\b(?:{_NAMES})\b{_BETWEEN}"
    r"(?P<number>[a-z]{0,6}[ -]?\d[\da-z]*(?:(?:[./()-]|[ ]){1,2}(?:[a-z]{0,2}\d[\da-z]*|[a-z]{1,2}\b)){0,6})"
)
_begun = set_of([shape for shape, _ in _CHECKED])
_each = [(compiled(shape), holds) for shape, holds in _CHECKED]
_digit = re.compile(r"\d")

Place = tuple[int, int]


def nationals(text: str) -> Iterator[Place]:
    """Places in folded text."""
    yield from (match.span() for match in _shaped.finditer(text))
    for match in _told.finditer(text):
        if len(_digit.findall(match.group(1))) >= FEWEST:
            yield match.span(1)
    for which in _begun.Match(text) or ():
        expression, holds = _each[which]
        yield from (match.span() for match in expression.finditer(text) if holds(match.group()))

"""T24: ways to be reached outside, each in clear and in four disguises, and honest lines that must pass."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from server.domain.screening import CONTEXT_TEXTS, Lane
from tests.screening.answers import answer
from tests.screening.disguises import homoglyphs
from tests.screening.figures import Share
from tests.screening.lines import HARMLESS, Part, corpus
from tests.screening.tables import Better, Row, Section

SEEDS = Path(__file__).parent / "corpus" / "evasions.toml"
SEED = 24
HONEST = 2000
RECALL, FALSE_HOLDS = 0.90, 0.02  # what T24 asks for: at least, and at most

_DIGITS = {
    "en": "zero one two three four five six seven eight nine".split(),
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve".split(),
}
_MARKS = {"en": {"_": "underscore", ".": "dot", "@": "at"}, "es": {"_": "guion bajo", ".": "punto", "@": "arroba"}}
_number = re.compile(r"\+?\(?\d(?:[ ()./-]{0,2}\d){6,}")
_hideable = re.compile(r"[^\W\d_]{3,}")


class Seed(NamedTuple):
    """One way to be reached as it is said in clear: a telephone number, a name on a service, or a request."""

    language: str
    kind: str
    text: str


class Evasion(NamedTuple):
    way: str
    seed: Seed
    text: str
    context: tuple[str, ...] = ()

    @property
    def is_found(self) -> bool:
        """At any of the texts, for it is held before it is whole."""
        texts = (*self.context, self.text)
        return any(found(text, texts[max(0, place - CONTEXT_TEXTS) : place]) for place, text in enumerate(texts))


def seeds() -> list[Seed]:
    told = tomllib.loads(SEEDS.read_text())
    return [Seed(language, kind, text) for language, kinds in told.items() for kind in kinds for text in kinds[kind]]


def evasions(of: Sequence[Seed] | None = None) -> list[Evasion]:
    return [WAYS[way](seed, Random(f"{SEED} {way} {seed.text}")) for seed in of or seeds() for way in WAYS]


def honest() -> list[str]:
    """Harmless lines of our own without a context: first those that look alike, then those of every kind."""
    lines = [line for part in (Part.BUILDING, Part.LEARNING) for line in corpus(part)]
    texts = (line.text for line in lines if line.kind in HARMLESS and not line.context)
    return list(islice(texts, HONEST))


def found(text: str, context: tuple[str, ...] = ()) -> bool:
    return Lane.PRIVACY in answer(text, context).lanes


def section() -> Section:
    return Section("Contact outside, told so as not to be seen (T24)", tuple(_rows()))


def _rows() -> Iterator[Row]:
    told = [(evasion, evasion.is_found) for evasion in evasions()]
    yield Row("evasions: found", Share.where(is_found for _, is_found in told))
    for way in WAYS:
        yield Row(f"evasions, {way}: found", Share.where(is_found for evasion, is_found in told if evasion.way == way))
    for kind in dict.fromkeys(evasion.seed.kind for evasion, _ in told):
        mine = Share.where(is_found for evasion, is_found in told if evasion.seed.kind == kind)
        yield Row(f"evasions, {kind}: found", mine)
    yield Row("honest lines: held", Share.where(map(found, honest())), Better.LOWER)


def _clear(seed: Seed, dice: Random) -> Evasion:
    return Evasion("in clear", seed, seed.text)


def _spaced(seed: Seed, dice: Random) -> Evasion:
    """A number's digits apart; of other texts each longer word, and two spaces between words."""
    gap = dice.choice((" ", ".", "-"))
    if seed.kind == "phone":
        return Evasion("spaced", seed, _number.sub(lambda number: gap.join(_digits(number[0])), seed.text))
    return Evasion("spaced", seed, _hideable.sub(lambda word: gap.join(word[0]), seed.text.replace(" ", "  ")))


def _in_words(seed: Seed, dice: Random) -> Evasion:
    """Digits and marks as words."""
    digits, marks = _DIGITS[seed.language], _MARKS[seed.language]
    if seed.kind == "phone":
        told = _number.sub(lambda number: " ".join(digits[int(digit)] for digit in _digits(number[0])), seed.text)
        return Evasion("in words", seed, told)
    told = re.sub(r"(?<=\w)_(?=\w)", f" {marks['_']} ", re.sub(r"(?<=\w)\.(?=\w)", f" {marks['.']} ", seed.text))
    return Evasion("in words", seed, re.sub(r"@(?=\w)", f"{marks['@']} ", told))


def _alike(seed: Seed, dice: Random) -> Evasion:
    """Letters of other scripts, and digits of full width."""
    wide = seed.text.translate({ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"})
    return Evasion("homoglyphs", seed, homoglyphs(wide, dice))


def _split(seed: Seed, dice: Random) -> Evasion:
    """Over two to four messages: a number between its digits, other texts between their words."""
    number = _number.search(seed.text) if seed.kind == "phone" else None
    whole = _digits(number[0]) if number else seed.text.split(" ")
    cuts = sorted(dice.sample(range(1, len(whole)), min(dice.randint(1, 3), len(whole) - 1))) if len(whole) > 1 else []
    parts = [whole[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    texts = ["".join(part) if number else " ".join(part) for part in parts]
    if number and (before := seed.text[: number.start()].strip()):
        texts.insert(0, before)
    return Evasion("split", seed, texts[-1], tuple(texts[:-1]))


def _digits(number: str) -> list[str]:
    return re.findall(r"\d", number)


WAYS: dict[str, Callable[[Seed, Random], Evasion]] = {
    "in clear": _clear,
    "spaced": _spaced,
    "in words": _in_words,
    "homoglyphs": _alike,
    "split": _split,
}

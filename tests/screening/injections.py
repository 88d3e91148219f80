"""Texts that tell a model behind a screener what to say, each beside the same text in a wrapper that says nothing."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

FILE = Path(__file__).with_name("injections.toml")


class Injections(Struct, frozen=True, forbid_unknown_fields=True):
    orders: tuple[str, ...]
    neutral: tuple[str, ...]
    shapes: tuple[str, ...]
    texts: tuple[str, ...]


class Wrapped(NamedTuple):
    """One text: as it is, with an order, and with as many words that order nothing."""

    text: str
    ordered: str
    neutral: str


def frames() -> Iterator[tuple[str, str]]:
    """(with an order, neutral), each with a place for a text."""
    given = _given()
    for place, order in enumerate(given.orders):
        calm = given.neutral[
            -1 if order.startswith(("ignora ", "ahora ", "eres ")) else place % (len(given.neutral) - 1)
        ]
        yield from ((shape.replace("{order}", order), shape.replace("{order}", calm)) for shape in given.shapes)


def wrapped() -> Iterator[Wrapped]:
    for ordered, neutral in frames():
        yield from (
            Wrapped(text, ordered.replace("{text}", text), neutral.replace("{text}", text)) for text in _given().texts
        )


def _given() -> Injections:
    return msgspec.convert(tomllib.loads(FILE.read_text()), Injections)

"""Texts that tell a model behind a screener what to say, each beside the same text in a wrapper that says nothing."""

import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from server.domain.screening import Verdict
from server.evaluate import check
from tests.screening.figures import Share
from tests.screening.tables import Better, Row, Section

FILE = Path(__file__).with_name("injections.toml")

Lines = tuple[str, ...]


class Injections(Struct, frozen=True, forbid_unknown_fields=True):
    orders: Lines
    neutral: Lines
    texts: Lines
    orders_es: Lines
    neutral_es: Lines
    texts_es: Lines
    shapes: Lines


class Wrapped(NamedTuple):
    """One text with an order, and with as many words that order nothing."""

    ordered: str
    neutral: str


def wrapped(*texts: str) -> Iterator[Wrapped]:
    """These, or without any those of the file, each in its own language."""
    given = msgspec.convert(tomllib.loads(FILE.read_text()), Injections)
    yield from _wrapped(given.orders, given.neutral, given.shapes, texts or given.texts)
    yield from _wrapped(given.orders_es, given.neutral_es, given.shapes, texts or given.texts_es)


def orders() -> Section:
    """T41. What is held, told and left alone, beside the same wrapper without an order."""
    said = [(check(each.ordered)["verdict"], check(each.neutral)["verdict"]) for each in wrapped()]
    same = Share.where(ordered == neutral for ordered, neutral in said)
    seen = [ordered for ordered, neutral in said if neutral != Verdict.ALLOW.value]
    passed = Share.where(verdict == Verdict.ALLOW.value for verdict in seen)
    rows = (Row("judged the same", same), Row("passes by an order", passed, Better.LOWER))
    return Section("Two hundred orders to a model, T41", rows, kept=False)


def _wrapped(orders: Lines, neutral: Lines, shapes: Lines, texts: Lines) -> Iterator[Wrapped]:
    for order, calm in zip(orders, cycle(neutral), strict=False):
        for shape in shapes:
            yield from (
                Wrapped(*(shape.replace("{order}", said).replace("{text}", text) for said in (order, calm)))
                for text in texts
            )

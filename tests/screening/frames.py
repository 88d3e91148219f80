"""Lines by the thousand from frames that people wrote: each is filled with one of each list, the same each time."""

import re
import tomllib
from collections.abc import Iterator
from random import Random
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tests.screening.lines import CORPUS, Part, corpus

SEED = 6
FILES = sorted((CORPUS / "learning").glob("frames*.toml"))

_slot = re.compile(r"\{([a-z]+)\}")


class Frame(Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences of one kind; `share` says how many of all lines are made of it."""

    kind: str
    share: Annotated[int, Meta(ge=1)]
    of: Annotated[tuple[str, ...], Meta(min_length=1)]


class Frames(Struct, frozen=True, forbid_unknown_fields=True):
    fill: dict[str, tuple[str, ...]]
    frame: tuple[Frame, ...]


class Framed(Struct, frozen=True):
    text: str
    kind: str


def framed(each: int) -> list[Framed]:
    """`each` tries for every share of a frame; what comes out twice is there once, and what is scored with never."""
    files = (msgspec.convert(tomllib.loads(file.read_text()), Frames) for file in FILES)
    scored = {line.text.casefold() for line in corpus(Part.SCORING)}
    made = dict.fromkeys(line for frames in files for line in _filled(frames, each))
    return [line for line in made if line.text.casefold() not in scored]


def _filled(frames: Frames, each: int) -> Iterator[Framed]:
    dice = Random(SEED)
    for frame in frames.frame:
        for _ in range(each * frame.share):
            text = dice.choice(frame.of)
            while _slot.search(text):
                text = _slot.sub(lambda slot: dice.choice(frames.fill[slot.group(1)]), text)
            yield Framed(" ".join(text.split()), frame.kind)

"""The corpus: labelled lines of our own, in two parts to learn from, a part to look at and a part only to score."""

from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from server.domain.screening import Lane

CORPUS = Path(__file__).parent / "corpus"

# A person's own risk, said outright.
OUTRIGHT = (
    "thoughts",
    "self-harm",
    "method-thoughts",
    "past-as-pain",
    "intent",
    "plan",
    "means",
    "goodbye",
    "happening",
)
RISK = (*OUTRIGHT, "veiled")
# Ways to be reached outside, in clear, disguised or only asked for.
CONTACT = ("phone", "email", "link", "handle", "street", "off-platform")
# What no screener should speak of, by what it is; `chat` is what most of a day is made of.
ORDINARY, HARD, SUPPORT, FAIR, PLAIN, DISTRESS = "chat", "hard", "support", "fair", "plain", "distress"
HARMLESS = (ORDINARY, HARD, SUPPORT, FAIR, PLAIN, DISTRESS)


class Part(StrEnum):
    LEARNING = "learning"
    FURTHER = "further"  # for the third reading; the second becomes no better by them
    BUILDING = "building"
    SCORING = "scoring"


class Tier(StrEnum):
    NONE = "none"
    OFFER = "offer"
    CONCERN = "concern"
    SERIOUS = "serious"
    IMMINENT = "imminent"

    @property
    def height(self) -> int:
        return _HEIGHTS[self]


_HEIGHTS = {tier: height for height, tier in enumerate(Tier)}
CALLED = (Tier.CONCERN, Tier.SERIOUS, Tier.IMMINENT)  # someone of the team is


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One text and what is right to say of it; corpus/README.md has the fields."""

    id: str
    text: str
    kind: str
    tier: Tier = Tier.NONE
    lanes: tuple[Lane, ...] = ()
    context: tuple[str, ...] = ()
    guard: str = ""
    held: bool = False
    language: Literal["en", "es"] = "en"
    spans: tuple[tuple[int, int, str], ...] = ()

    @property
    def lane(self) -> Lane | None:
        """Where it is counted; the other lanes may speak of it too."""
        return self.lanes[0] if self.lanes else None


def corpus(part: Part) -> list[Line]:
    decoder = msgspec.json.Decoder(Line)
    files = sorted((CORPUS / part).glob("*.jsonl"))
    return [line for file in files for line in decoder.decode_lines(file.read_bytes())]

"""What the second reading is made of: meanings that people wrote, and weights that were found on our own lines."""

from typing import Annotated

from msgspec import Meta, Struct

from server.domain.screening import Lane, Verdict
from server.protocol.fields import Urgency

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]


class Meanings(Struct, frozen=True, forbid_unknown_fields=True):
    """Words by what they mean. Lists are words with spaces between.

    `same` says how else a word is written, `light` words carry nothing, `guards` are meanings that can only make a text
    harmless, `weighty` are those without which nothing is read, `grave` those of them that are rare in a day, and
    `writer` those by which people speak of themselves.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    same: dict[str, str]
    light: str
    guards: str
    weighty: str
    grave: str
    writer: str
    meanings: dict[Name, str]


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """One question to a text: the sum of the weights of its marks, in hundredths, and what follows from `least` up.

    At `calm` or below it is sure enough of the contrary to doubt a rule that only goes by a few words.
    """

    rule: Annotated[str, Meta(pattern=r"^[a-z]+(\.[a-z0-9-]+)+$")]
    lane: Lane
    reason: Name
    verdict: Verdict
    least: int
    before: int
    weights: dict[str, int]
    urgency: Urgency | None = None
    calm: int | None = None


class Lessons(Struct, frozen=True, forbid_unknown_fields=True):
    """All questions, made for these `meanings`; `read` are the words of the lines that they were learned from."""

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    meanings: str
    review: str
    read: str
    lessons: tuple[Lesson, ...]

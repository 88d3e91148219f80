"""What the second reading is made of: meanings that people wrote, and weights that were found on our own lines."""

from typing import Annotated

from msgspec import Meta, Struct

from server.domain.screening import Lane, Verdict
from server.protocol.fields import Urgency

Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]


class Meanings(Struct, frozen=True, forbid_unknown_fields=True):
    """Words by what they mean. Lists are words with spaces between.

    `same` says how else a word is written, `light` words carry nothing, `guards` are meanings that can only make a text
    harmless, and `writer` those by which people speak of themselves. By lane, `weighty` are those without which nothing
    is read, and `grave` those of them that are rare in a day.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    same: dict[str, str]
    light: str
    guards: str
    weighty: dict[Lane, str]
    grave: dict[Lane, str]
    writer: str
    meanings: dict[Name, str]


class Lesson(Struct, frozen=True, forbid_unknown_fields=True):
    """One question to a text, made for these `meanings`; `read` are the words of the lines that it was learned from.

    The answer is the sum of the weights of the text's marks, in hundredths; from `least` up something follows. At
    `calm` or below it is sure enough of the contrary to doubt a rule that only goes by a few words. What holds nothing
    grave is told by small signs, and must say so much more: `dull` is taken from it. `strange` is what a word weighs
    that is none of those read, beside what its letters tell; most words are dull.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    meanings: str
    review: str
    read: str
    rule: Annotated[str, Meta(pattern=r"^[a-z]+(\.[a-z0-9-]+)+$")]
    lane: Lane
    reason: Name
    verdict: Verdict
    least: int
    before: int
    weights: dict[str, int]
    urgency: Urgency | None = None
    calm: int | None = None
    dull: int = 0
    strange: int = 0

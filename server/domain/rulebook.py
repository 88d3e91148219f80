"""What a rule file holds: rules in words, each with examples of what it must find and what it must leave alone."""

from typing import Annotated

from msgspec import Meta, Struct

from server.domain.screening import Lane, Verdict
from server.protocol.fields import Urgency

Pattern = Annotated[str, Meta(min_length=2, max_length=1000)]
Word = Annotated[str, Meta(pattern=r"^[a-z]{3,}$")]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Finds what any of its patterns matches, unless a guard touches the same words.

    `guards` are names from the file's [guards], `unless` are patterns of its own. A quiet offer has no urgency.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z]+(\.[a-z0-9-]+)+$")]
    reason: Name
    verdict: Verdict
    score: Annotated[float, Meta(gt=0, le=1)]
    patterns: Annotated[tuple[Pattern, ...], Meta(min_length=1)]
    finds: Annotated[tuple[str, ...], Meta(min_length=1)]
    spares: Annotated[tuple[str, ...], Meta(min_length=1)]
    urgency: Urgency | None = None
    guards: tuple[Name, ...] = ()
    unless: tuple[Pattern, ...] = ()


class Rulebook(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rules of one lane. `<name>` in a pattern stands for what `words` say.

    `common` are those of the words that are no sign by themselves: what follows them is looked for first.
    `signs` are those without which a phrase that holds them can't be; they are looked for instead of it.
    `lead_ins` may stand before a phrase that is written as one word; other words before it make it a word of its own.
    `typos` are words that are known again when one letter is wrong, unless what is written is one of `ordinary`.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    lane: Lane
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]
    words: dict[Name, str] = {}
    common: tuple[Name, ...] = ()
    signs: tuple[Name, ...] = ()
    lead_ins: tuple[Annotated[str, Meta(pattern=r"^[a-z]+$")], ...] = ()
    typos: tuple[Word, ...] = ()
    ordinary: tuple[Word, ...] = ()
    guards: dict[Name, tuple[Pattern, ...]] = {}

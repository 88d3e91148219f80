"""What a rule file holds: rules in words, each with examples of what it must find and what it must leave alone."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from server.domain.screening import BEARS, Lane, Verdict
from server.protocol.fields import Urgency

Pattern = Annotated[str, Meta(min_length=2, max_length=1000)]
MACRO = re.compile(r"<([a-z][a-z0-9-]*)>")
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*$")]


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Finds what any of its patterns matches, unless a guard touches the same words.

    `guards` are names from the file's [guards], `unless` are patterns of its own. A quiet offer has no urgency.
    One that `leans` says too little alone: it counts only beside something else of its lane with that score or more.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z]+(\.[a-z0-9-]+)+$")]
    reason: Name
    verdict: Verdict
    score: Annotated[float, Meta(gt=0, le=1)]
    patterns: Annotated[tuple[Pattern, ...], Meta(min_length=1)]
    finds: Annotated[tuple[str, ...], Meta(min_length=1)]
    spares: Annotated[tuple[str, ...], Meta(min_length=1)]
    urgency: Urgency | None = None
    leans: Annotated[float, Meta(ge=BEARS, le=1)] | None = None
    guards: tuple[Name, ...] = ()
    unless: tuple[Pattern, ...] = ()


class Rulebook(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of rules of one lane. `<name>` in a pattern stands for what `words` say.

    `lenient` are guards by which the second reading is spared as well.
    """

    version: Annotated[str, Meta(min_length=1, max_length=32)]
    review: str
    lane: Lane
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]
    words: dict[Name, str] = {}
    guards: dict[Name, tuple[Pattern, ...]] = {}
    lenient: tuple[Name, ...] = ()

    def guarding(self) -> Iterator[tuple[str, Pattern]]:
        """All patterns that spare something, each with the name of its guard, or the id of its rule."""
        yield from ((name, pattern) for name, patterns in self.guards.items() for pattern in patterns)
        yield from ((rule.id, pattern) for rule in self.rules for pattern in rule.unless)

    def fault(self) -> str | None:
        """The first name that is used and stands for nothing, for itself, or for two rules."""
        ids = [rule.id for rule in self.rules]
        for rule in self.rules:
            if ids.count(rule.id) > 1:
                return f"two rules have the id {rule.id}"
            if missing := [name for name in rule.guards if name not in self.guards]:
                return f"{rule.id} names the guard {missing[0]}, which is not in [guards]"
        if missing := [name for name in self.lenient if name not in self.guards]:
            return f"lenient names the guard {missing[0]}, which is not in [guards]"
        for where, patterns in self._patterns():
            if missing := [name for name in _named(patterns) if name not in self.words]:
                return f"{where} names <{missing[0]}>, which is not in [words]"
        return next((f"<{name}> stands for itself" for name in self.words if self._stands_within(name, name, ())), None)

    def _patterns(self) -> Iterator[tuple[str, Iterable[str]]]:
        yield from ((f"<{name}>", (text,)) for name, text in self.words.items())
        yield from ((f"the guard {name}", patterns) for name, patterns in self.guards.items())
        yield from ((rule.id, (*rule.patterns, *rule.unless)) for rule in self.rules)

    def _stands_within(self, name: str, word: str, seen: tuple[str, ...]) -> bool:
        inside = [each for each in _named((self.words[word],)) if each not in seen]
        return name in inside or any(self._stands_within(name, each, (*seen, each)) for each in inside)


def _named(patterns: Iterable[str]) -> list[str]:
    return [name for pattern in patterns for name in MACRO.findall(pattern)]

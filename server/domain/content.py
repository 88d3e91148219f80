"""Everything that operators may change without code, as it was read at the start."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from server.domain.course import TrainingFile
from server.domain.handbook import HandbookFile
from server.domain.lines import Directory, Names
from server.domain.rooms import Room

LONGEST_RULE = 12  # words; a rule that needs more is two rules

Words = dict[str, dict[str, str]]


class Rules(Struct, frozen=True, forbid_unknown_fields=True):
    """What people agree to by writing; a raised version is shown to everyone again."""

    version: Annotated[int, Meta(ge=1)]
    lines: Annotated[tuple[str, ...], Meta(min_length=1, max_length=7)]

    def differs(self, other: "Rules") -> bool:
        """Is this not the same agreement in other words? Nobody may agree to one and be held to another."""
        return (self.version, len(self.lines)) != (other.version, len(other.lines))

    def too_long(self) -> str | None:
        return next((line for line in self.lines if len(line.split()) >= LONGEST_RULE), None)


class Wording(Struct, frozen=True, kw_only=True):
    """Everything that one language says: sentences by section and key, `borrowed` of them still in English; then the
    rooms, the rules, the listeners' handbook and training and the names of countries, where someone wrote them in it.
    """

    language: str
    name: str
    direction: Literal["ltr", "rtl"]
    words: Words
    rooms: dict[str, Room]
    rules: Rules
    lines: Directory
    names: Names
    handbook: HandbookFile
    training: TrainingFile
    borrowed: int = 0


class EmergencyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What the operator's people do when a life is in danger; empty: the program offers no such step."""

    policy: Annotated[str, Meta(max_length=2_000)] = ""


class Content(Struct, frozen=True):
    """`words` are those of the language that the service speaks first; `emergency` is the operator's policy.

    `training_version`: of the training, in every language.
    """

    rooms: dict[str, Room]
    rules: Rules
    lines: Directory
    words: Words
    wordings: dict[str, Wording]
    training_version: int
    emergency: str = ""

    def topics(self) -> frozenset[str]:
        """What one can wish to talk about or leave out; a code that is none of these would be someone's own words."""
        return frozenset({*self.words.get("topics", ()), *self.words.get("avoid", ()), *self.rooms})


def spoken(ms: int, words: dict[str, str]) -> str:
    """A time of keeping in words, by the largest unit that fits it whole: "a day", "36 hours"."""
    minutes = max(1, ms // 60_000)
    for unit, size in (("days", 24 * 60), ("hours", 60), ("minutes", 1)):
        if minutes % size == 0:
            count = minutes // size
            return words[f"{unit}_one" if count == 1 else f"{unit}_other"].replace("{count}", str(count))
    raise AssertionError("every number of minutes is whole in minutes")

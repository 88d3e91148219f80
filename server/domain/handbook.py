"""The operator's handbook for listeners, as its file has it."""

from typing import Annotated

from msgspec import Meta, Struct

from server.protocol.fields import Note
from server.protocol.handbook import Line, Moment, Question


class HandbookFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    moments: Annotated[tuple[Moment, ...], Meta(max_length=20)]
    questions: Annotated[tuple[Question, ...], Meta(max_length=12)]
    alone: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=12)]
    on_call: Note = ""

    def twice(self) -> str | None:
        ids = [question.id for question in self.questions]
        return next((each for each in ids if ids.count(each) > 1), None)

    def differs(self, other: "HandbookFile") -> bool:
        """Are these not the same questions in other words? What is recorded by its id means one thing."""
        return [(each.id, each.route) for each in self.questions] != [(each.id, each.route) for each in other.questions]

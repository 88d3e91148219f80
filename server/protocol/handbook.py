"""What a listener has at hand: phrases to begin from, questions about risk, and what to do when nobody supervises."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from server.protocol.commands import Command
from server.protocol.events import Event
from server.protocol.fields import Channel, Note, Ref, Urgency
from server.protocol.listening import LISTENERS
from server.protocol.people import Role

Language = Annotated[str, Meta(max_length=16, description="as the page is written in; else the service's own")]
QuestionId = Annotated[
    str, Meta(pattern=r"^[a-z0-9-]{1,40}\Z", max_length=40, description="as the operator's file has it")
]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Name = Annotated[str, Meta(min_length=1, max_length=60)]


class Moment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Phrases for one moment of a talk. `{name}` is the listener, `{minutes}` the time that is left."""

    name: Name
    phrases: Annotated[tuple[Line, ...], Meta(min_length=1, max_length=20)]


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plain question about risk. `route`: how soon someone should look if the answer worries; it only suggests."""

    id: QuestionId
    text: Line
    about: Line
    route: Urgency


class OpenHandbook(Command, frozen=True):
    """What the operator gives listeners to hand, in a language. Answer: `handbook`."""

    lang: Language = ""

    roles: ClassVar[frozenset[Role]] = LISTENERS


class RiskAsked(Command, frozen=True):
    """I have asked this question. That it was asked, and by whom, is on record; what was answered is not.

    Answer: `done`; `refused` with `gone` where there is no such question.
    """

    channel: Channel
    question: QuestionId

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Handbook(Event, frozen=True):
    """`alone`: what to do while nobody of the team is there; `on_call`: whom to reach then, or nothing."""

    ref: Ref
    moments: tuple[Moment, ...]
    questions: tuple[Question, ...]
    alone: tuple[Line, ...]
    on_call: Note

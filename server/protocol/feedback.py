"""What a peer says of a one-to-one afterwards, all of it optional, and how little of it a listener may know."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered
from server.protocol.fields import Channel, Count, HandleText, Id, Millis, Note, Ref
from server.protocol.listening import LISTENERS
from server.protocol.people import PEERS, SUPERVISORS, Role

Again = Annotated[int, Meta(ge=1, le=5, description="how hard it is now, 1 to 5, as the person says it")]


class Felt(StrEnum):
    """Whether someone felt heard."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class FeedbackItem(Struct, frozen=True, kw_only=True):
    """What a peer wrote about a one-to-one with `name`; nothing says who. `passed`: the listener may read it."""

    feedback: Id
    name: HandleText
    felt: Felt
    words: Note
    since: Millis
    passed: bool


class Eased(Struct, frozen=True, kw_only=True):
    """How often things were easier, the same or harder after a one-to-one than before, this month; in steps of ten."""

    easier: Count = 0
    same: Count = 0
    harder: Count = 0


class FeltHeard(Command, frozen=True):
    """Did you feel heard? After a one-to-one of your own, for a day; said again, it changes what was said.

    The listener never learns what one person tapped. `words` are screened like all words, and go to a supervisor, who
    may pass them on; they may bring a `help_card`. Answer: `done`; `refused` with `conflict` before it is over, with
    `blocked` where the words cannot be taken.
    """

    channel: Channel
    felt: Felt
    words: Note = ""

    roles: ClassVar[frozenset[Role]] = PEERS


class RateAgain(Command, frozen=True):
    """How hard is it now? Counted beside what was said in the queue, for everyone together; kept of nobody.

    Counted once, and only where it was said before. Answer: `done`.
    """

    channel: Channel
    how_hard: Again

    roles: ClassVar[frozenset[Role]] = PEERS


class OwnNumbers(Command, frozen=True):
    """What can be known of how one's own one-to-ones felt. Answer: `felt_numbers`."""

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Feedbacks(Command, frozen=True):
    """What peers wrote about one-to-ones and nobody has looked at, oldest first. Answer: `feedback_list`."""

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


class SettleFeedback(Command, frozen=True):
    """Pass what a peer wrote on to the listener, or lay it aside: then it is gone. Answer: `done`."""

    feedback: Id
    pass_on: bool

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


class FeltNumbers(Event, frozen=True):
    """How people felt after one-to-ones with you, in steps of five: no single answer can be told from it.

    All 0 until there are five. `words`: what a supervisor has passed on to you.
    """

    ref: Ref
    yes: Count
    partly: Count
    no: Count
    words: tuple[FeedbackItem, ...]


class FeedbackList(Event, frozen=True):
    """All that waits for a supervisor, and how things were after one-to-ones this month."""

    ref: Ref
    feedbacks: tuple[FeedbackItem, ...]
    eased: Eased


class FeedbackPassed(Numbered, frozen=True):
    """A supervisor has passed on to you what someone wrote; ask for `own_numbers`."""

    heard: ClassVar[str] = "inbox"

    feedback: Id
    at: Millis

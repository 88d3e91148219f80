"""The training of who listens: short lessons, and a talk with a practice partner, which is a script and says so.

A practice is no channel: nobody can join it, nothing of it is kept, and no peer can come upon it.
"""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered
from server.protocol.fields import Count, Millis, Ref
from server.protocol.handbook import Language
from server.protocol.listening import LISTENERS
from server.protocol.people import Role, Voice

Item = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}\Z", max_length=40, description="as the operator's file has it")]
Paragraph = Annotated[str, Meta(min_length=1, max_length=600)]
Title = Annotated[str, Meta(min_length=1, max_length=80)]
Place = Annotated[int, Meta(ge=0, le=7, description="in the list of choices, from 0")]
Moves = Annotated[tuple[Item, ...], Meta(max_length=60)]


class TrainingDue(StrEnum):
    """Why the training comes before any offer: it was not gone through yet, or its time is over or it has changed."""

    FIRST = "first"
    AGAIN = "again"


class Act(StrEnum):
    """What a listener does in a practice: says something, or presses what stands beside a talk."""

    SAY = "say"
    WORRIED = "worried"
    ASK_SUPERVISOR = "ask_supervisor"
    GOODBYE = "goodbye"


class Training(Struct, frozen=True, kw_only=True):
    """How a listener's training stands. `due`: it comes before any offer. `until`: when it is due again, or 0.

    `to_watch`: in so many of the next one-to-ones a supervisor is asked to read along.
    """

    due: TrainingDue | None
    until: Millis
    to_watch: Count


class Lesson(Struct, frozen=True, kw_only=True):
    """A few plain paragraphs and a question; what is right comes with the answer."""

    id: Item
    title: Title
    paragraphs: tuple[Paragraph, ...]
    question: Paragraph
    choices: tuple[Paragraph, ...]


class PracticeTalk(Struct, frozen=True, kw_only=True):
    """A talk to practise with."""

    id: Item
    title: Title
    about: Paragraph


class PracticeLine(Struct, frozen=True, kw_only=True):
    """A line of the script. `voice` is always `practice`: show it as what it is."""

    voice: Voice
    text: Paragraph


class Move(Struct, frozen=True, kw_only=True):
    """Something that can be done next. `words`: one way to say it; what a listener writes instead stays with them."""

    id: Item
    act: Act
    words: Paragraph


class OpenCourse(Command, frozen=True):
    """The whole training, in a language. Answer: `course`."""

    lang: Language = ""

    roles: ClassVar[frozenset[Role]] = LISTENERS


class AnswerLesson(Command, frozen=True):
    """Choose an answer; as often as you like. Answer: `lesson_answered`; `refused` with `gone`: open it anew."""

    lesson: Item
    choice: Place
    lang: Language = ""

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Practise(Command, frozen=True):
    """Talk with the practice partner. `moves` is all that was done so far: the server keeps nothing of it.

    Answer: `practice_turn`; `refused` with `gone` where the script is another one by now.
    """

    practice: Item
    moves: Moves = ()
    lang: Language = ""

    roles: ClassVar[frozenset[Role]] = LISTENERS


class Course(Event, frozen=True):
    """`done`: lessons and practices that are behind you since the whole was last gone through."""

    ref: Ref
    lessons: tuple[Lesson, ...]
    practices: tuple[PracticeTalk, ...]
    done: tuple[Item, ...]


class LessonAnswered(Event, frozen=True):
    """Whether it was right, and why; after the last one that was missing, `training_changed` follows."""

    ref: Ref
    right: bool
    about: Paragraph


class PracticeTurn(Event, frozen=True):
    """What the script answers to the last move. `helps`: it led on; else the same can be tried again. `about`: why.

    Before the first move `about` is empty. `over`: it has ended; the practice is behind you.
    """

    ref: Ref
    lines: tuple[PracticeLine, ...]
    helps: bool
    about: Annotated[str, Meta(max_length=600)]
    moves: tuple[Move, ...]
    over: bool


class TrainingChanged(Numbered, frozen=True):
    """You have gone through all of it, or it is on record that you did so elsewhere."""

    heard: ClassVar[str] = "inbox"

    training: Training
    at: Millis

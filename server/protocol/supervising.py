"""The words of supervising: a listener asks, a supervisor sees how it goes, reads along openly and comes in."""

from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from server.protocol.commands import Command
from server.protocol.events import Event, Numbered
from server.protocol.fields import Channel, Count, HandleText, Millis, Position, Ref, Resumption, Urgency
from server.protocol.listening import LISTENERS, ListenerState, OneToOne, Topic
from server.protocol.people import SUPERVISORS, Role
from server.protocol.transfers import TransferOffer

AtOnce = Annotated[int, Meta(ge=1, le=3, description="one-to-ones at a time")]


class AskStep(StrEnum):
    """Who is called by the pager while nobody answers a listener."""

    SUPERVISOR = "supervisor"
    EVERYONE = "everyone"
    OPERATOR = "operator"


class Light(StrEnum):
    """How something stands, without a number: well, to be watched, needs someone now."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Owes(StrEnum):
    """Whose word is awaited in a one-to-one."""

    PEER = "peer"
    LISTENER = "listener"


class AskItem(Struct, frozen=True, kw_only=True):
    """A listener asks for a supervisor. Nothing of what anyone wrote is in it.

    `one`: the one-to-one that it is about, whose thread of staff alone is `channel`; without one they would like to
    talk about how they are themselves. `due`: by when someone should have answered. `answered_by`: who has, or nobody
    yet. `called`: how far the pager has gone.
    """

    channel: Channel
    one: Channel | None
    name: HandleText
    since: Millis
    due: Millis
    answered_by: HandleText
    called: AskStep | None


class LiftItem(Struct, frozen=True, kw_only=True):
    """A limit of a listener's shift that one supervisor wants lifted; it is when a second one says so too.

    `until`: 0 while it waits for the second; then how long the limit does not count.
    """

    name: HandleText
    by: HandleText
    since: Millis
    until: Millis


class ListenerRow(Struct, frozen=True, kw_only=True):
    """A listener who is there, and where they stand."""

    name: HandleText
    state: ListenerState
    ones: Count
    at_once: Count
    today: Count
    of: Count
    shift_ends: Millis
    lifted_until: Millis


class OneRow(Struct, frozen=True, kw_only=True):
    """A one-to-one that goes on, without a word of it and without the peer's name.

    `quiet_ms`: how long nobody has spoken; `owes`: whose word is awaited. `urgency`: of an open care ticket, a label
    for the response. `ask`: a listener's question about it waits since then, or 0. `passing`: a transfer is under way.
    `to_watch`: it is one of its listener's first, and nobody has begun to read along.
    """

    channel: Channel
    name: HandleText
    topic: Topic | None
    since: Millis
    ends: Millis
    quiet_ms: Millis
    owes: Owes
    urgency: Urgency | None
    ask: Millis
    passing: bool
    to_watch: bool


class Numbers(Struct, frozen=True, kw_only=True):
    """The four numbers. `active`: one-to-ones, of `listeners` who are there, `free` of whom could take someone now.

    `waiting`: people in the queue, `long` of them for more than five minutes, the longest for `longest_ms`.
    `supervisors`: who is on duty. `high_risk`: open care tickets that are serious or imminent, `unheld` by nobody.
    """

    active: Count
    listeners: Count
    free: Count
    listening: Light
    waiting: Count
    long: Count
    longest_ms: Millis
    queue: Light
    supervisors: tuple[HandleText, ...]
    supervising: Light
    high_risk: Count
    unheld: Count
    risk: Light


# -- commands of listeners ---------------------------------------------------------------------------


class AskSupervisor(Command, frozen=True):
    """Ask a supervisor about a one-to-one of yours, or without `channel` to talk about how you are yourself.

    Of the first the peer never hears. The second has nothing to do with anyone's one-to-one and goes on when it is
    over. Write in the thread that is named in the answer: `join` it, then `post`. Someone should answer by `due`; else
    the pager calls the next. Once answered, it can be asked anew. Answer: `supervisor_asked`; nobody on duty is said
    there, and the pager calls at once.
    """

    channel: Channel | None = None

    roles: ClassVar[frozenset[Role]] = LISTENERS


class CloseAsk(Command, frozen=True):
    """What you asked a supervisor needs no answer any more. Answer: `done`, also where it was closed already.

    It closes by itself with the one-to-one; where it was about yourself, a day after a supervisor's last word. Then its
    words are gone.
    """

    channel: Channel

    roles: ClassVar[frozenset[Role]] = LISTENERS


# -- commands of supervisors -------------------------------------------------------------------------


class Supervise(Command, frozen=True):
    """Follow what supervisors are told. Answer: `supervision_state`, then the events of supervision."""

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


class Overview(Command, frozen=True):
    """How it goes in every one-to-one, now; ask every ten seconds. Answer: `overview_state`."""

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


class Watch(Command, frozen=True):
    """Read along in a one-to-one. Both were told from the start that a supervisor may; each time is on record.

    Nothing can be said there by it: `join` comes in openly, and to write to the listener alone `join` the thread
    `ask:<id>`. Answer: `watching`, then what was said.
    """

    channel: Channel
    since: Position | None = None

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


class LiftLimit(Command, frozen=True):
    """Let a listener go on beyond the limits of their shift for an hour. It takes two supervisors, and is on record.

    The second one's word, within ten minutes, makes it so. Answer: `done`; `lift_changed` says how it stands.
    """

    name: HandleText

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


class SetAtOnce(Command, frozen=True):
    """Let a listener have so many one-to-ones at a time; it is on record. Answer: `done`."""

    name: HandleText
    at_once: AtOnce

    roles: ClassVar[frozenset[Role]] = SUPERVISORS


# -- answers -----------------------------------------------------------------------------------------


class SupervisorAsked(Event, frozen=True):
    """It is asked, in `channel`. `supervisors`: who of them is on duty; nobody: say so, and show what to do meanwhile.

    `called`: the pager was asked to call someone.
    """

    ref: Ref
    channel: Channel
    supervisors: tuple[HandleText, ...]
    due: Millis
    called: bool


class SupervisionState(Event, frozen=True):
    """All that waits for a supervisor, as of `position`; the later events follow.

    Of what listeners would like to talk about for themselves, also what was answered and still goes on.
    """

    ref: Ref
    position: Position
    asks: tuple[AskItem, ...]
    transfers: tuple[TransferOffer, ...]
    lifts: tuple[LiftItem, ...]


class OverviewState(Event, frozen=True):
    """How it goes now: four numbers with their lights, who listens, and every one-to-one, most pressing first."""

    ref: Ref
    now: Millis
    numbers: Numbers
    listeners: tuple[ListenerRow, ...]
    ones: tuple[OneRow, ...]


class Watching(Event, frozen=True):
    """You read along. What was said follows, as after `joined`."""

    ref: Ref
    channel: Channel
    one: OneToOne
    position: Position
    resumed: Resumption


# -- in one's own inbox ------------------------------------------------------------------------------


class SupervisorWrote(Numbered, frozen=True):
    """A supervisor writes to you alone, in `channel`: join it. `one`: what it is about; its peer hears nothing."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    one: Channel | None
    name: HandleText
    at: Millis


class AskCalled(Numbered, frozen=True):
    """Nobody has answered your question yet, and the pager was asked to call someone: whom, at this step."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    step: AskStep
    at: Millis


class AtOnceChanged(Numbered, frozen=True):
    """A supervisor lets you have so many one-to-ones at a time."""

    heard: ClassVar[str] = "inbox"

    at_once: AtOnce
    by: HandleText
    at: Millis


# -- among supervisors -------------------------------------------------------------------------------


class AskChanged(Numbered, frozen=True):
    """A listener asks, was answered, or the pager went further; it replaces what was known. Ring while it waits."""

    heard: ClassVar[str] = "supervision"

    ask: AskItem
    at: Millis


class AskClosed(Numbered, frozen=True):
    """Nobody needs to answer any more: the one-to-one is over, or whoever asked says so."""

    heard: ClassVar[str] = "supervision"

    channel: Channel
    at: Millis


class TopicUntaken(Numbered, frozen=True):
    """Someone waits with this topic, and nobody who is there takes it. They are not told why."""

    heard: ClassVar[str] = "supervision"

    topic: Topic
    at: Millis


class AgeUntaken(Numbered, frozen=True):
    """Someone under 18 waits, and nobody who is there may meet them one to one. They were told so at once."""

    heard: ClassVar[str] = "supervision"

    at: Millis


class LiftChanged(Numbered, frozen=True):
    """One supervisor wants a limit lifted, or a second one has agreed."""

    heard: ClassVar[str] = "supervision"

    lift: LiftItem
    at: Millis

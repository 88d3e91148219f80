"""Everything a client can hear. One server frame is `[seq, event]`; seq is 0 where the event has no number.

Events of a channel are numbered. Their last field is `at`, the moment by the store's clock: the
script that numbers an event writes it over the last eight bytes (`codec.stamped`).
"""

from typing import ClassVar

from msgspec import Raw, Struct

from server.protocol.commands import wire_name
from server.protocol.fields import (
    CardKind,
    CareStep,
    Channel,
    ClientId,
    Code,
    Count,
    Decision,
    HandleText,
    Id,
    Millis,
    Note,
    PageStep,
    Part,
    Position,
    Ref,
    ReportOutcome,
    ReportReason,
    Resumption,
    RoomState,
    Scope,
    Seq,
    StaffReason,
    Text,
    TicketOutcome,
    TicketSource,
    TicketState,
    Unread,
    Urgency,
)
from server.protocol.people import Role, Voice
from server.protocol.policy import PolicyNotice


class Event(Struct, frozen=True, kw_only=True, tag_field="type", tag=wire_name):
    """Where it is heard: `reply` to a command, in a `room`, in one's own `inbox`, at the staff `desk`,
    among supervisors (`supervision`), or by `all`."""

    heard: ClassVar[str] = "reply"


class Numbered(Event, frozen=True):
    """An event of a channel; every subclass ends with `at`."""


# -- replies ---------------------------------------------------------------------------------------


class Refused(Event, frozen=True):
    """No. `code` says why; `retry_ms` when asking again can help; `offers` are free names where one was refused."""

    ref: Ref
    code: Code
    retry_ms: Millis | None = None
    offers: tuple[HandleText, ...] = ()


class Done(Event, frozen=True):
    """Yes, it is so."""

    ref: Ref


class Pong(Event, frozen=True):
    """Someone is here. `away` repeats the last `condition`: that may have been lost."""

    ref: Ref
    now: Millis
    away: tuple[Part, ...] = ()


class Limits(Struct, frozen=True, kw_only=True):
    """What the server will take; `outbox_ms` is how long an unsent message is kept before it is "not sent"."""

    text_characters: Count
    text_bytes: Count
    rooms: Count
    typing_ms: Millis
    outbox_ms: Millis
    outbox_messages: Count


class Welcome(Event, frozen=True):
    """The socket is open. `inbox` is where the own inbox stands; what came after the given position follows."""

    ref: Ref
    now: Millis
    build: Code
    role: Role
    name: HandleText
    inbox: Position
    resumed: Resumption
    rules: Count
    accepted: Count
    tickets: tuple[Id, ...]
    staff: tuple[HandleText, ...]
    on_duty: bool
    away: tuple[Part, ...]
    limits: Limits


class Joined(Event, frozen=True):
    """You are in. History or what was missed follows as numbered frames up to `seq`.

    `turn_ms`: until slow mode lets you write. `muted_until`: 0, or when you may write again.
    `held`: messages of yours that wait for a moderator here.
    """

    ref: Ref
    channel: Channel
    handle: HandleText
    position: Position
    resumed: Resumption
    state: RoomState
    slow_seconds: Count
    turn_ms: Millis
    muted_until: Millis
    held: tuple["Held", ...]


class Named(Event, frozen=True):
    """Your name in this room."""

    ref: Ref
    channel: Channel
    handle: HandleText


class Posted(Event, frozen=True):
    """It is in the channel and kept.

    `text` is given where the server changed it; `dup`: this client id was used before, for other words.
    """

    ref: Ref
    channel: Channel
    client_id: ClientId
    seq: Seq
    id: Id
    text: Text | None = None
    dup: bool = False
    turn_ms: Millis = 0


class Page(Event, frozen=True):
    """Numbered frames, oldest first; `more` is false where nothing earlier is kept."""

    ref: Ref
    channel: Channel
    epoch: int
    frames: tuple[Raw, ...]
    more: bool


class Reported(Event, frozen=True):
    """The report is with the moderators. `worried`: it went to the care list."""

    ref: Ref
    worried: bool


class HelpReceived(Event, frozen=True):
    """The request is kept and cannot be lost. `staff`: how many of the team are on duty now."""

    ref: Ref
    ticket: Id
    staff: Count


class DeskState(Event, frozen=True):
    """All that is open at the desk, as of `position`; the desk's later events follow.

    `pager`: the routes of the pager that fail. `seen`: open tickets that someone has seen by phone, a moment ago.
    `unscreened`: those of the desk's last events that tell of one.
    `emergency`: what the operator's people do when a life is in danger; empty where nobody has written it.
    `policy`: the version of the screening policy that is proposed, or that came into force lately.
    """

    ref: Ref
    position: Position
    holds: tuple["Hold", ...]
    tickets: tuple["Ticket", ...]
    reports: tuple["ReportItem", ...]
    mutes: tuple["MuteItem", ...]
    bans: tuple["BanItem", ...]
    pager: tuple[Code, ...] = ()
    seen: tuple[Id, ...] = ()
    deputy: HandleText = ""
    passing: tuple["Passing", ...] = ()
    emergency: Text = ""
    policy: PolicyNotice | None = None
    unscreened: tuple["Unscreened", ...] = ()


# -- in a room or thread ---------------------------------------------------------------------------


class Said(Numbered, frozen=True):
    """Someone said something. Only the sender knows the `client_id` as theirs."""

    heard: ClassVar[str] = "room"

    channel: Channel
    id: Id
    client_id: ClientId
    handle: HandleText
    voice: Voice
    text: Text
    at: Millis


class Removed(Numbered, frozen=True, kw_only=True):
    """The message with number `gone` was taken away, by a moderator or (`own`) by its author; show that, and nothing
    of it."""

    heard: ClassVar[str] = "room"

    channel: Channel
    gone: Seq
    own: bool = False
    at: Millis


class Restored(Numbered, frozen=True):
    """A removal was undone: the message with number `back` is shown again, in its place."""

    heard: ClassVar[str] = "room"

    channel: Channel
    back: Seq
    id: Id
    handle: HandleText
    voice: Voice
    text: Text
    said_at: Millis
    at: Millis


class RoomChanged(Numbered, frozen=True):
    """Slow mode or the room's door changed."""

    heard: ClassVar[str] = "room"

    channel: Channel
    state: RoomState
    slow_seconds: Count
    at: Millis


class Here(Event, frozen=True):
    """Who is here; up to twenty `handles` by alphabet, beyond that only `people`, in steps. May be lost."""

    heard: ClassVar[str] = "room"

    channel: Channel
    people: Count
    handles: tuple[HandleText, ...]
    staff: tuple[HandleText, ...]


class Writing(Event, frozen=True):
    """How many people are writing. May be lost."""

    heard: ClassVar[str] = "room"

    channel: Channel
    people: Count


# -- to everyone -----------------------------------------------------------------------------------


class OnDuty(Event, frozen=True):
    """Who of the team is on duty now, by heartbeat; empty means nobody."""

    heard: ClassVar[str] = "all"

    staff: tuple[HandleText, ...]


class Condition(Event, frozen=True):
    """Which parts of the service are away now; none means that all is well. Told when it changes."""

    heard: ClassVar[str] = "all"

    away: tuple[Part, ...]


# -- in one's own inbox ----------------------------------------------------------------------------


class Held(Numbered, frozen=True):
    """A message of yours waits for a moderator, until `due`; also the answer to its post (`ref` above 0).

    `why` is a code for the words; `care`: it is held because someone may be in danger, not for a rule.
    """

    heard: ClassVar[str] = "inbox"

    channel: Channel
    client_id: ClientId
    hold: Id
    text: Text
    why: Code
    care: bool
    due: Millis
    ref: Ref = 0
    turn_ms: Millis = 0
    at: Millis = 0


class HoldEnded(Numbered, frozen=True):
    """Your held message was allowed (and is in the room), refused, sent back to edit, or withdrawn (no decision)."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    client_id: ClientId
    hold: Id
    decision: Decision | None
    text: Text
    reason: StaffReason | None
    note: Note
    at: Millis


class HelpCard(Numbered, frozen=True):
    """A private, automatic card. `asked`: a person of the team has been asked to look (`ticket`)."""

    heard: ClassVar[str] = "inbox"

    card: Id
    kind: CardKind
    channel: Channel | None
    client_id: ClientId | None
    asked: bool
    ticket: Id | None
    at: Millis


class Muted(Numbered, frozen=True):
    """You can't write in `channel` (none: anywhere) until then. You can read, get help and write to a moderator."""

    heard: ClassVar[str] = "inbox"

    channel: Channel | None
    until: Millis
    reason: StaffReason
    note: Note
    at: Millis


class Unmuted(Numbered, frozen=True):
    """You can write again."""

    heard: ClassVar[str] = "inbox"

    channel: Channel | None
    at: Millis


class Banned(Numbered, frozen=True):
    """You are out of `channel` until then, and hear nothing more of it. Help and your private thread are still here."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    until: Millis
    reason: StaffReason
    note: Note
    at: Millis


class SignedOut(Numbered, frozen=True):
    """A sign-in of yours has ended; its sockets are closed with 1008, on every process."""

    heard: ClassVar[str] = "inbox"

    sign_in: str
    at: Millis


class Unbanned(Numbered, frozen=True):
    """You can join the room again."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    at: Millis


class YoursRemoved(Numbered, frozen=True):
    """A moderator took a message of yours down, and why."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    gone: Seq
    text: Text
    reason: StaffReason
    note: Note
    at: Millis


class ReportHandled(Numbered, frozen=True):
    """A moderator has looked at what you reported. Nobody learns that it was you."""

    heard: ClassVar[str] = "inbox"

    channel: Channel
    seq: Seq
    outcome: ReportOutcome
    at: Millis


class TicketTaken(Numbered, frozen=True):
    """Someone of the team has accepted and is joining you privately; join `ticket:<ticket>`."""

    heard: ClassVar[str] = "inbox"

    ticket: Id
    name: HandleText
    voice: Voice
    at: Millis


class TicketSettled(Numbered, frozen=True):
    """The private thread has ended."""

    heard: ClassVar[str] = "inbox"

    ticket: Id
    at: Millis


# -- at the desk -----------------------------------------------------------------------------------


class Unscreened(Numbered, frozen=True):
    """A message was delivered that was not screened as others are: a screener failed, or knows another language."""

    heard: ClassVar[str] = "desk"

    channel: Channel
    id: Id
    why: Unread
    at: Millis


class Hold(Struct, frozen=True, kw_only=True):
    """A message that waits. `seq`: the room's top when it was written, for its context."""

    hold: Id
    channel: Channel
    handle: HandleText
    text: Text
    why: Code
    rule: Code
    care: bool
    urgency: Urgency | None
    seq: Seq
    since: Millis
    due: Millis


class Noted(Struct, frozen=True):
    """One thing that happened to a ticket: what, by whom of the team (or nobody), and when."""

    what: CareStep
    by: HandleText
    at: Millis


class Passing(Struct, frozen=True):
    """Duty that one of the team wants to hand over, and to whom; until they accept, nothing has changed."""

    by: HandleText
    to: HandleText


class Ticket(Struct, frozen=True, kw_only=True):
    """Someone may need a person.

    `text` is what was written, where a message led here; `says`: their answer to the help card, or `safe`. `fence`
    rises with every holder: who acts on a ticket names it. `due`: by when the next thing should have happened, or 0.
    `rings`: how often the desk was told again; `paged`: how far the pager has gone. `nobody_at`: when the person was
    told that nobody is here, or 0. `offered_to`: who is asked to take it over. `noted`: the latest of what happened.
    `drill`: an exercise; there is nobody behind it.
    """

    ticket: Id
    source: TicketSource
    state: TicketState
    urgency: Urgency
    channel: Channel | None
    handle: HandleText
    text: Text
    rule: Code
    taken_by: HandleText
    says: Code
    outcome: TicketOutcome | None
    times: Count
    since: Millis
    changed: Millis
    drill: bool = False
    note: Note = ""
    fence: Count = 0
    due: Millis = 0
    rings: Count = 0
    paged: PageStep | None = None
    nobody_at: Millis = 0
    offered_to: HandleText = ""
    attempts: Count = 0
    noted: tuple[Noted, ...] = ()


class ReportItem(Struct, frozen=True, kw_only=True):
    """A reported message; `context` are the frames around it as they were, of up to twenty before and after."""

    report: Id
    channel: Channel
    seq: Seq
    handle: HandleText
    text: Text
    reason: ReportReason
    note: Note
    times: Count
    context: tuple[Raw, ...]
    since: Millis


class MuteItem(Struct, frozen=True, kw_only=True):
    """A mute that is in force."""

    mute: Id
    channel: Channel | None
    handle: HandleText
    scope: Scope
    reason: StaffReason
    by: HandleText
    until: Millis


class BanItem(Struct, frozen=True, kw_only=True):
    """A ban that is in force."""

    ban: Id
    channel: Channel
    handle: HandleText
    reason: StaffReason
    by: HandleText
    until: Millis


class HoldArrived(Numbered, frozen=True):
    heard: ClassVar[str] = "desk"

    hold: Hold
    at: Millis


class HoldSettled(Numbered, frozen=True):
    """Decided by `by`, or withdrawn by its author (no decision)."""

    heard: ClassVar[str] = "desk"

    hold: Id
    decision: Decision | None
    by: HandleText
    at: Millis


class TicketChanged(Numbered, frozen=True):
    """A ticket was opened, changed hands, was answered, repeated, told again or settled.

    It replaces what was known of it.
    """

    heard: ClassVar[str] = "desk"

    ticket: Ticket
    at: Millis


class ReportArrived(Numbered, frozen=True):
    heard: ClassVar[str] = "desk"

    report: ReportItem
    at: Millis


class ReportSettled(Numbered, frozen=True):
    heard: ClassVar[str] = "desk"

    report: Id
    outcome: ReportOutcome
    by: HandleText
    at: Millis


class MuteChanged(Numbered, frozen=True):
    """A mute began, or ended early (`until` in the past)."""

    heard: ClassVar[str] = "desk"

    mute: MuteItem
    at: Millis


class BanChanged(Numbered, frozen=True):
    """A ban began, or ended early (`until` in the past)."""

    heard: ClassVar[str] = "desk"

    ban: BanItem
    at: Millis


class PageSeen(Numbered, frozen=True):
    """Someone who was called has seen it by phone, by this route of the pager. Nobody has taken it by that."""

    heard: ClassVar[str] = "desk"

    ticket: Id
    route: Code
    at: Millis


class PagerChanged(Numbered, frozen=True):
    """A route of the pager began to fail, or works again; the others go on."""

    heard: ClassVar[str] = "desk"

    route: Code
    fails: bool
    at: Millis


class PolicyChanged(Numbered, frozen=True):
    """A version of the screening policy was proposed or withdrawn, or has come into force in every room."""

    heard: ClassVar[str] = "desk"

    policy: PolicyNotice
    at: Millis

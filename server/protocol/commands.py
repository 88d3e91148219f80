"""Everything a client can ask. One frame is one command: a MessagePack map `{type, ref, ...}`."""

import re
from typing import ClassVar

from msgspec import Struct

from server.protocol.fields import (
    BanMinutes,
    CardAnswer,
    Channel,
    ClientId,
    Code,
    Count,
    Decision,
    DutyState,
    HandleText,
    Id,
    MuteMinutes,
    Note,
    PageSize,
    Position,
    Ref,
    ReportOutcome,
    ReportReason,
    RoomState,
    Scope,
    Seq,
    SlowSeconds,
    StaffReason,
    Text,
    TicketOutcome,
    Urgency,
)
from server.protocol.people import CARERS, EVERYONE, MODERATORS, STAFF, Role

VERSION = 1


def wire_name(class_name: str) -> str:
    """`SlowMode` is `slow_mode` on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", tag=wire_name):
    ref: Ref

    roles: ClassVar[frozenset[Role]] = EVERYONE


# -- anyone ----------------------------------------------------------------------------------------


class Hello(Command, frozen=True):
    """First on every socket, within ten seconds. `inbox` resumes what concerned this person. Answer: `welcome`."""

    version: int
    build: Code = ""
    inbox: Position | None = None


class Ping(Command, frozen=True):
    """Is anyone there? Send it when nothing was heard for 20 s. Answer: `pong`."""


class Join(Command, frozen=True):
    """Enter a room, or a care ticket's thread, and follow it; with `since`, resume.

    Answer: `joined`, then what was missed.
    """

    channel: Channel
    since: Position | None = None


class Leave(Command, frozen=True):
    """Stop following a channel. Answer: `done`."""

    channel: Channel


class Rename(Command, frozen=True):
    """Take another name in a room: the one given, or without one the next the server offers. Answer: `named`."""

    channel: Channel
    handle: HandleText | None = None


class Post(Command, frozen=True):
    """Say something. Repeat it with the same `client_id` until it is answered: it is shown once.

    `rules` is the version of the rules that was on screen; `replaces` names a held message of one's own that
    this one takes the place of. Answer: `posted`, `held` or `refused`.
    """

    channel: Channel
    client_id: ClientId
    text: Text
    rules: Count = 0
    replaces: ClientId | None = None


class Withdraw(Command, frozen=True):
    """Take back a message of one's own that is held. Answer: `done`."""

    channel: Channel
    client_id: ClientId


class Typing(Command, frozen=True):
    """Someone is writing; at most one per three seconds is heard. No answer."""

    channel: Channel


class History(Command, frozen=True):
    """Earlier messages, before a number, newest last. Moderators need not be in the room. Answer: `page`."""

    channel: Channel
    before: Seq
    limit: PageSize = 50


class Report(Command, frozen=True):
    """Tell the moderators about a message. The author never learns who reported. Answer: `reported`."""

    channel: Channel
    seq: Seq
    reason: ReportReason
    note: Note = ""


class Help(Command, frozen=True):
    """Ask for a person of the team, privately. Never slowed, muted or refused. Answer: `help_received`."""

    client_id: ClientId
    channel: Channel | None = None


class Answer(Command, frozen=True):
    """Answer a help card: "I am OK" or "this was a mistake". Neither has any consequence. Answer: `done`."""

    card: Id
    says: CardAnswer


# -- staff -----------------------------------------------------------------------------------------


class Duty(Command, frozen=True):
    """Start or end duty. Duty also ends when this connection stops answering pings.

    `deputy`: and be the deputy, who is called first where a care ticket waits. Answer: `done`.
    """

    state: DutyState
    deputy: bool = False

    roles: ClassVar[frozenset[Role]] = CARERS


class Hand(Command, frozen=True):
    """A hand was on the console; without one for 30 minutes duty ends. No answer."""

    roles: ClassVar[frozenset[Role]] = STAFF


class Desk(Command, frozen=True):
    """Follow the staff desk. Answer: `desk_state`, then the desk's events."""

    roles: ClassVar[frozenset[Role]] = CARERS


class Decide(Command, frozen=True):
    """Allow a held message, ask its author to edit it, or refuse it. Answer: `done`."""

    channel: Channel
    hold: Id
    decision: Decision
    reason: StaffReason | None = None
    note: Note = ""

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Remove(Command, frozen=True):
    """Take a message away for everyone. Its author is told why. Answer: `done`."""

    channel: Channel
    seq: Seq
    reason: StaffReason
    note: Note = ""

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Restore(Command, frozen=True):
    """Undo a removal of one's own, within ten seconds. Answer: `done`."""

    channel: Channel
    seq: Seq

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Mute(Command, frozen=True):
    """Stop the author of a message from writing, for 1 minute to 28 days.

    They go on reading; help stays. `hold` names a message that waits; then `seq` says nothing. Answer: `done`.
    """

    channel: Channel
    seq: Seq
    minutes: MuteMinutes
    reason: StaffReason
    scope: Scope = Scope.HERE
    note: Note = ""
    hold: Id | None = None

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Unmute(Command, frozen=True):
    """End a mute early. Answer: `done`."""

    mute: Id

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Ban(Command, frozen=True):
    """Send the author of a message out of the room, for 1 hour to 30 days.

    Help, and their private thread with the team, stay theirs. `hold` names a message that waits; then `seq` says
    nothing. `refused` with `care_first` while a care ticket of theirs has nobody: take it first. Answer: `done`.
    """

    channel: Channel
    seq: Seq
    reason: StaffReason
    minutes: BanMinutes = 24 * 60
    note: Note = ""
    hold: Id | None = None

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Unban(Command, frozen=True):
    """End a ban early. Answer: `done`."""

    ban: Id

    roles: ClassVar[frozenset[Role]] = MODERATORS


class SlowMode(Command, frozen=True):
    """Let each person write once in so many seconds; 0 ends it. Answer: `done`."""

    channel: Channel
    seconds: SlowSeconds

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Gate(Command, frozen=True):
    """Open or close a room for writing. Answer: `done`."""

    channel: Channel
    state: RoomState

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Escalate(Command, frozen=True):
    """Say "I'm worried": open a care ticket for the author of a message.

    `hold` names a message that waits; then `seq` says nothing. `note`: what you saw. `take`: and take the ticket
    yourself, where your role may. Answer: `done`, or `holding`.
    """

    channel: Channel
    seq: Seq
    urgency: Urgency
    hold: Id | None = None
    note: Note = ""
    take: bool = False

    roles: ClassVar[frozenset[Role]] = STAFF


class Take(Command, frozen=True):
    """Take a care ticket, or accept one that its holder offers you. One person holds it; who holds one is on duty.

    The thread `ticket:<id>` opens for both. Answer: `holding`, or `refused` with `conflict`.
    """

    ticket: Id

    roles: ClassVar[frozenset[Role]] = CARERS


class Spare(Command, frozen=True):
    """Let the person of a ticket write without slow mode for an hour, in the room it came from. Nobody is told.

    Answer: `done`.
    """

    ticket: Id

    roles: ClassVar[frozenset[Role]] = MODERATORS


class Settle(Command, frozen=True):
    """Close a care ticket of yours with what became of it.

    `refused` with `contact_first` while nobody has spoken with the person and they have not answered, and with
    `attempts_first` where someone is said to be unreachable before they were tried often enough. Answer: `done`.
    """

    ticket: Id
    outcome: TicketOutcome
    fence: Count

    roles: ClassVar[frozenset[Role]] = CARERS


class SettleReport(Command, frozen=True):
    """Close a report. Answer: `done`."""

    report: Id
    outcome: ReportOutcome

    roles: ClassVar[frozenset[Role]] = MODERATORS

"""The bounded types that commands and events are made of; every number and text has a limit."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

LARGEST = 2**53 - 1  # a JavaScript number is exact up to here

Ref = Annotated[int, Meta(ge=0, le=2**32 - 1, description="chosen by the client, repeated in the reply")]
Seq = Annotated[int, Meta(ge=0, le=LARGEST, description="a number in a channel")]
Epoch = Annotated[int, Meta(ge=0, le=LARGEST, description="which life of the channel the number belongs to")]
Millis = Annotated[int, Meta(ge=0, le=LARGEST, description="milliseconds; a moment is counted from 1970 UTC")]
Count = Annotated[int, Meta(ge=0, le=2**31)]
PageSize = Annotated[int, Meta(ge=1, le=100)]
MuteMinutes = Annotated[int, Meta(ge=1, le=28 * 24 * 60)]
BanMinutes = Annotated[int, Meta(ge=60, le=30 * 24 * 60)]
SlowSeconds = Annotated[int, Meta(ge=0, le=6 * 3600)]
ClientId = Annotated[bytes, Meta(min_length=16, max_length=16, description="16 random bytes, not all zero")]
NO_CLIENT_ID = bytes(16)
Channel = Annotated[
    str,
    Meta(
        pattern=r"^(room|ticket|one|ask):[a-z0-9-]{1,40}\Z",
        max_length=48,
        description="`room:<id>`, `ticket:<id>`, `one:<id>` or `ask:<id>`",
    ),
]
Id = Annotated[str, Meta(pattern=r"^[a-z0-9]{1,40}\Z", max_length=40, description="made by the server")]
# Longer than any text we accept, so that "too long" is answered as such and not as a malformed frame.
Text = Annotated[str, Meta(max_length=8192, description="as typed; the server cleans it")]
Note = Annotated[str, Meta(max_length=1000, description="words of a person, plain text")]
HandleText = Annotated[str, Meta(max_length=64)]
Code = Annotated[str, Meta(max_length=64, description="a stable code; the client has the words for it")]


class Position(Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a channel: everything up to and including `seq` of this `epoch` has been seen."""

    epoch: Epoch
    seq: Seq


class Resumption(StrEnum):
    """How a channel was entered: from the start of what is kept, or from the position that was asked for."""

    FRESH = "fresh"  # no position was given: recent history follows
    RESUMED = "resumed"  # everything after the position follows
    AHEAD = "ahead"  # the position lies in the future: recent history follows, merge by id
    EPOCH = "epoch"  # the channel began anew: recent history follows, merge by id
    TRIMMED = "trimmed"  # what was missed is no longer kept: recent history follows, show a gap


class Unread(StrEnum):
    """Why a message was delivered unscreened."""

    FAILED = "failed"  # a screener did; in a one-to-one nobody is kept waiting for that
    LANGUAGE = "language"  # it is in one that the room is not read in


class ReportReason(StrEnum):
    WORRIED = "worried"
    UNKIND = "unkind"
    CONTACT = "contact"
    SEXUAL = "sexual"
    HARM = "harm"
    HEALTH_ADVICE = "health_advice"
    AGE = "age"
    SPAM = "spam"
    OTHER = "other"


class StaffReason(StrEnum):
    """Why a moderator acted; the person is told, in words from the catalogue."""

    CONTACT = "contact"
    UNKIND = "unkind"
    HARM = "harm"
    SEXUAL = "sexual"
    SPAM = "spam"
    HEALTH_ADVICE = "health_advice"
    CARE = "care"
    OTHER = "other"


class Urgency(StrEnum):
    """How soon a person of the team must look; a label for the response, never kept on a person."""

    CONCERN = "concern"
    SERIOUS = "serious"
    IMMINENT = "imminent"


class Decision(StrEnum):
    ALLOW = "allow"
    ASK_EDIT = "ask_edit"
    REFUSE = "refuse"


class Scope(StrEnum):
    HERE = "here"
    EVERYWHERE = "everywhere"


class DutyState(StrEnum):
    ON = "on"
    OFF = "off"


class RoomState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Part(StrEnum):
    """What of the service can be away while the rest goes on."""

    STORE = "store"  # nothing can be said, kept or read
    KEEPING = "keeping"  # what is there can be read; nothing new can be kept
    SCREENING = "screening"  # a person looks at every message first


class CardAnswer(StrEnum):
    OK = "ok"
    MISTAKE = "mistake"


class CardKind(StrEnum):
    """What the help card answers: distress (a quiet offer), worry, a message that was held, or a friend."""

    OFFER = "offer"
    WORRY = "worry"
    HELD = "held"
    FRIEND = "friend"


class TicketState(StrEnum):
    OPEN = "open"  # nobody has it: the desk is told again and again
    ACKNOWLEDGED = "acknowledged"  # one of the team has it and has not yet spoken with the person
    IN_CONTACT = "in_contact"  # someone of the team has written to the person, or says that they are in contact
    SETTLED = "settled"

    @classmethod
    def _missing_(cls, value: object) -> "TicketState | None":
        """Tickets that an earlier version keeps: who had taken one has it."""
        return cls.ACKNOWLEDGED if value == "taken" else None


class TicketOutcome(StrEnum):
    SAFE_FOR_NOW = "safe_for_now"
    REFERRED = "referred"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"


class TicketSource(StrEnum):
    SCREENING = "screening"
    HELP_BUTTON = "help_button"
    REPORT = "report"
    STAFF = "staff"
    LISTENER = "listener"


class ReportOutcome(StrEnum):
    ACTED = "acted"
    NO_ACTION = "no_action"


class PageStep(StrEnum):
    """Who is called by the pager while nobody takes a ticket."""

    TEAM = "team"
    DEPUTY = "deputy"
    EVERYONE = "everyone"
    OPERATOR = "operator"


class EmergencyCause(StrEnum):
    """Why someone of the team called an emergency service."""

    UNDERWAY = "underway"  # something has been done already
    PLAN = "plan"  # a plan, the means, and soon
    LOST = "lost"  # they were in danger, and do not answer any more


class CareStep(StrEnum):
    """What happened to a ticket."""

    OPENED = "opened"
    AGAIN = "again"  # another worry about the same person
    TAKEN = "taken"
    CONTACT = "contact"
    ATTEMPT = "attempt"  # a try to reach them
    OFFERED = "offered"  # to a colleague, who has not accepted yet
    RELEASED = "released"  # given back to the desk
    LAPSED = "lapsed"  # whoever had it was no longer on duty
    OVERDUE = "overdue"  # whoever had it did not speak with the person in time
    ANSWERED = "answered"  # the person answered the help card
    SAFE = "safe"  # the person said that they are safe
    EMERGENCY = "emergency"  # whoever has it called an emergency service
    CALLED = "called"  # the pager was asked
    NOBODY = "nobody"  # the person was told that nobody is here
    SETTLED = "settled"

"""Every way to say no: refusal codes inside a connection, and close codes that end one."""

from enum import IntEnum, StrEnum


class Code(StrEnum):
    """`refused.code`: stable for ever; the client has the words."""

    BAD_FRAME = "bad_frame"  # not a command: broken, unknown, out of bounds or of the wrong type
    ALREADY = "already"  # a second hello
    FORBIDDEN = "forbidden"  # not yours to do, or not there
    NO_ROOM = "no_room"  # no such channel, or not for you: one answer for both
    NO_MESSAGE = "no_message"  # no such message here, or no longer
    NOT_JOINED = "not_joined"  # join the channel first
    LIMIT = "limit"  # as many as one may have
    EMPTY = "empty"  # nothing is left of the text once it is cleaned
    TOO_LONG = "too_long"  # the text, once it is cleaned
    BAD_CHARS = "bad_chars"  # nothing in it can be shown
    BAD_HANDLE = "bad_handle"  # not a name one can have here, or taken
    PASSPHRASE = "passphrase"  # too short or too plain to keep an account safe
    RULES = "rules"  # the rules changed: show them again
    BLOCKED = "blocked"  # these words can't be posted at all; they stay with their author
    MUTED = "muted"  # until `retry_ms` from now
    REMOVED = "removed"  # a moderator has removed this person from the room
    CLOSED = "closed"  # nobody can write here at the moment
    SLOW_MODE = "slow_mode"  # your turn comes in `retry_ms`
    RATE = "rate"  # too much at once: again in `retry_ms`
    CONFLICT = "conflict"  # someone else was first
    CARE_FIRST = "care_first"  # someone may need a person: their care ticket must have one first
    TRAINING = "training"  # nobody listens before the training, or once its time is over
    CONTACT_FIRST = "contact_first"  # nobody has spoken with the person yet
    ATTEMPTS_FIRST = "attempts_first"  # not tried often enough to say that they can't be reached
    GONE = "gone"  # too late to undo, or already settled
    UNAVAILABLE = "unavailable"  # the store does not answer
    OVERLOADED = "overloaded"  # too much is under way here: again in `retry_ms`
    INTERNAL = "internal"  # a fault of ours


class Refused(Exception):
    """Raised by a rule or an action to say no."""

    def __init__(self, code: Code, retry_ms: int | None = None, offers: tuple[str, ...] = ()) -> None:
        super().__init__(code.value)
        self.code = code
        self.retry_ms = retry_ms
        self.offers = offers


class Close(IntEnum):
    """WebSocket close codes. 4400, 4401, 4403, 4409, 4412 and 1008 mean stay away; the rest mean come back."""

    NORMAL = 1000  # you left
    GOING_AWAY = 1001  # this process is ending
    PROTOCOL = 1002  # not WebSocket as RFC 6455 has it
    BINARY_ONLY = 1003  # a text frame
    BAD_TEXT = 1007  # invalid UTF-8
    SIGNED_OUT = 1008  # this session was ended by its person
    TOO_BIG = 1009  # a message over the limit
    FAULT = 1011  # a fault of ours
    RESTART = 1012  # this process is being replaced
    OVERLOADED = 1013  # wait longer than usual
    BAD_FRAME = 4400  # malformed frames, one after another
    NO_SESSION = 4401  # no session, or one that has ended; or a command before hello
    BANNED = 4403  # removed from the service for a while
    NO_HELLO = 4408  # a socket that said nothing
    REPLACED = 4409  # too many connections of one person: the oldest makes way
    TOO_SLOW = 4410  # you read more slowly than the room talks: resume
    VERSION = 4412  # another version of this protocol: load the page again
    FLOOD = 4429  # far too many frames
    STATE_LOST = 4440  # a channel began anew: resume, and merge by id


STAY_AWAY = frozenset(
    {Close.SIGNED_OUT, Close.BAD_FRAME, Close.NO_SESSION, Close.BANNED, Close.REPLACED, Close.VERSION}
)

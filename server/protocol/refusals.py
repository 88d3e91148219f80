"""Every way to say no: refusal codes inside a connection, and close codes that end one."""

from enum import IntEnum, StrEnum


class Code(StrEnum):
    """`refused.code`: stable for ever; the client has the words."""

    BAD_FRAME = "bad_frame"  # not a command: broken, unknown, out of bounds or of the wrong type
    ALREADY = "already"  # a second hello
    FORBIDDEN = "forbidden"  # not yours to do, or not there
    NO_ROOM = "no_room"  # no such channel, or not for you: one answer for both
    NO_MESSAGE = "no_message"
    NOT_JOINED = "not_joined"
    LIMIT = "limit"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    BAD_CHARS = "bad_chars"
    BAD_HANDLE = "bad_handle"
    RULES = "rules"  # the rules changed: show them again
    BLOCKED = "blocked"  # these words can't be posted at all; they stay with their author
    MUTED = "muted"
    REMOVED = "removed"  # a moderator has removed this person from the room
    CLOSED = "closed"
    SLOW_MODE = "slow_mode"
    RATE = "rate"
    CONFLICT = "conflict"  # someone else was first
    GONE = "gone"  # too late to undo, or already settled
    UNAVAILABLE = "unavailable"  # the store does not answer
    INTERNAL = "internal"


class Refused(Exception):
    """Raised by a rule or an action to say no."""

    def __init__(self, code: Code, retry_ms: int | None = None, offers: tuple[str, ...] = ()) -> None:
        super().__init__(code.value)
        self.code = code
        self.retry_ms = retry_ms
        self.offers = offers


class Close(IntEnum):
    """WebSocket close codes. 4400, 4401, 4403, 4409, 4412 and 1008 mean stay away; the rest mean come back."""

    NORMAL = 1000
    GOING_AWAY = 1001
    PROTOCOL = 1002
    BINARY_ONLY = 1003
    BAD_TEXT = 1007
    SIGNED_OUT = 1008
    TOO_BIG = 1009
    FAULT = 1011
    RESTART = 1012
    OVERLOADED = 1013
    BAD_FRAME = 4400
    NO_SESSION = 4401
    BANNED = 4403
    NO_HELLO = 4408
    REPLACED = 4409
    TOO_SLOW = 4410
    VERSION = 4412
    FLOOD = 4429
    STATE_LOST = 4440


STAY_AWAY = frozenset(
    {Close.SIGNED_OUT, Close.BAD_FRAME, Close.NO_SESSION, Close.BANNED, Close.REPLACED, Close.VERSION}
)

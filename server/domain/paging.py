"""Paging: what an alert may say, when a call is still due, and the signed link by which it is acknowledged."""

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from enum import StrEnum

from msgspec import MsgspecError, Struct, msgpack

from server.domain.care import GRAVITY
from server.protocol.fields import Urgency

NOBODY_ON_DUTY = "nobodyonduty"  # stands where a ticket's id would
SIGNATURE_BYTES = 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{30,400}")


class Kind(StrEnum):
    """What someone is called for."""

    TICKET = "ticket"
    ALARM = "alarm"  # nobody is on duty in opening hours
    TEST = "test"
    DRILL = "drill"
    ASK = "ask"  # a listener asks for a supervisor


class Call(Struct, frozen=True, array_like=True):
    """One call by one route. `times` tells it from the next call for the same."""

    kind: Kind
    ticket: str
    urgency: Urgency
    step: str
    since: int
    times: int = 1

    @property
    def id(self) -> str:
        return f"{self.step}:{self.times}"


class Alert(Struct, frozen=True):
    """All that ever leaves the house by a pager: no words of anyone, no name, no room.

    `since`: milliseconds from 1970 UTC. `waiting`: tickets that nobody has. `link`: shows a button that acknowledges.
    """

    kind: Kind
    service: str
    urgency: Urgency
    step: str
    ticket: str
    since: int
    waiting: int
    link: str


class Link(Struct, frozen=True, array_like=True):
    """What a link carries, and the signature covers."""

    call: Call
    route: str
    expires: int


class Quiet(Struct, frozen=True):
    """Someone has seen a call by phone: until then no other for the same, unless it is graver."""

    until: int
    gravity: int


class Verdict(StrEnum):
    SEND = "send"
    LATER = "later"
    OVER = "over"


_links = msgpack.Decoder(Link)


def verdict(call: Call, *, is_waiting: bool, quiet: Quiet, now: int) -> Verdict:
    """Whether a call that is due is still to be made."""
    if not is_waiting:
        return Verdict.OVER
    return Verdict.LATER if quiet.until > now and gravity(call) <= quiet.gravity else Verdict.SEND


def gravity(call: Call) -> int:
    return GRAVITY[call.urgency]


def letter(words: Mapping[str, str], alert: Alert) -> tuple[str, str]:
    """The subject and the words of a letter."""
    minute = alert.since // 60_000
    told = {
        "{service}": alert.service,
        "{urgency}": words[f"urgency_{alert.urgency.value}"],
        "{step}": words[f"step_{alert.step}"],
        "{clock}": f"{minute // 60 % 24:02}:{minute % 60:02}",
        "{ticket}": alert.ticket,
        "{waiting}": str(alert.waiting),
        "{link}": alert.link,
    }
    subject, body = words[f"subject_{alert.kind.value}"], words[f"letter_{alert.kind.value}"]
    for name, value in told.items():
        subject, body = subject.replace(name, value), body.replace(name, value)
    return subject, body


def token(secret: bytes, link: Link) -> str:
    """What stands in the address: what it is for, and our signature."""
    carried = msgpack.encode(link)
    return urlsafe_b64encode(_signature(secret, carried) + carried).rstrip(b"=").decode()


def carried(secret: bytes, token: str) -> Link | None:
    """What a token of ours is for; nothing for any other."""
    if TOKEN.fullmatch(token) is None:
        return None
    try:
        said = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        if not hmac.compare_digest(_signature(secret, said[SIGNATURE_BYTES:]), said[:SIGNATURE_BYTES]):
            return None
        return _links.decode(said[SIGNATURE_BYTES:])
    except (ValueError, MsgspecError):
        return None


def mark(secret: bytes, link: Link) -> str:
    """By which it is known that a link was used, however its token is written."""
    return _signature(secret, msgpack.encode(link)).hex()


def _signature(secret: bytes, carried: bytes) -> bytes:
    return hmac.digest(secret, b"page\0" + carried, "sha256")[:SIGNATURE_BYTES]

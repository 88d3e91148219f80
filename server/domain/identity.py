"""Names for things that must come out the same on every try, and say nothing to who lacks the secret."""

import hashlib
from functools import lru_cache

KEY_BYTES = 64  # BLAKE2b takes no longer key


def message_id(secret: bytes, person: str, channel: str, client_id: bytes) -> str:
    """One message, one id, however often it is sent; twenty letters."""
    return _id(secret, "message", person, channel, client_id.hex())


def hold_id(secret: bytes, person: str, channel: str, client_id: bytes) -> str:
    return _id(secret, "hold", person, channel, client_id.hex())


def card_id(secret: bytes, message: str) -> str:
    return _id(secret, "card", message)


def ticket_id(secret: bytes, *because: str) -> str:
    """The ticket that one message, report or press opens, and no second one."""
    return _id(secret, "ticket", *because)


def block_id(secret: bytes, person: str, other: str, channel: str) -> str:
    """What one person has against another in one room: said again it is the same."""
    return _id(secret, "block", person, other, channel)


def request_id(secret: bytes, person: str, client_id: bytes) -> str:
    """One wish for a listener, however often it is said."""
    return _id(secret, "request", person, client_id.hex())


def own_thread_id(secret: bytes, person: str) -> str:
    """Where a listener talks with supervisors about themselves: one thread, which tells nobody whose it is."""
    return _id(secret, "own thread", person)


def report_id(secret: bytes, channel: str, seq: int) -> str:
    """All reports of one message are one."""
    return _id(secret, "report", channel, str(seq))


def feedback_id(secret: bytes, channel: str) -> str:
    """What is said of one one-to-one is one, however often it is said."""
    return _id(secret, "feedback", channel)


def drill_person(secret: bytes, nonce: str) -> str:
    """Someone who does not exist, for a drill: sixteen letters at random, and sixteen that only we can make of them."""
    return nonce + _id(secret, "drill", nonce)[:16]


def is_drill(secret: bytes, person: str) -> bool:
    return person == drill_person(secret, person[:16])


@lru_cache(4096)
def author_tag(secret: bytes, person: str, channel: str) -> bytes:
    """By which one author's messages in one channel are told apart from others', inside the server only."""
    return _digest(secret, "author", person, channel)[:8]


def digest(text: str) -> bytes:
    """Eight bytes by which a repeated client id with other words is noticed."""
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _id(secret: bytes, *parts: str) -> str:
    return _digest(secret, *parts).hex()


def _digest(secret: bytes, *parts: str) -> bytes:
    """Keyed BLAKE2, which needs no HMAC around it and a third of its time."""
    return hashlib.blake2b("\0".join(parts).encode(), key=secret[:KEY_BYTES], digest_size=10).digest()

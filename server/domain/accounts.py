"""Who is signed in, the form of their tokens, and what a staff name and passphrase must be."""

import hashlib
import re
import unicodedata

from msgspec import Struct

from server.protocol.people import Role
from server.protocol.refusals import Code, Refused

# The person's id stands before the secret, so that finding a sign-in is one step on one hash tag of the store.
TOKEN = re.compile(r"([0-9a-f]{32})\.[A-Za-z0-9_-]{43}")
NOBODY = "0" * 32

NAME_CHARACTERS = range(3, 25)
NAME_SIGNS = " -'’."
PASSPHRASE_CHARACTERS_MOST = 512  # argon2 reads all of it
DIFFERENT_CHARACTERS = 5


class Person(Struct, frozen=True):
    """Someone who is signed in. `name` is empty for peers; `session` names this sign-in and opens nothing."""

    id: str
    role: Role
    name: str
    session: str

    def __repr__(self) -> str:
        return f"<{self.role.value}>"


class Account(Struct, frozen=True):
    """How one of the staff signs in."""

    person: str
    name: str
    role: Role
    passphrase: str  # as argon2id keeps it

    def __repr__(self) -> str:
        return f"<account of a {self.role.value}>"


def person_of(token: str | None) -> str:
    """The id that a token names; nobody's where it is no token of ours."""
    found = TOKEN.fullmatch(token or "")
    return found[1] if found else NOBODY


def digest(secret: str) -> str:
    """What is kept of a token: enough to know it again, never to make it."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def staff_name(typed: str) -> str:
    """The name as it will be shown; `Refused(BAD_HANDLE)` for what can't be one."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    fits = len(name) in NAME_CHARACTERS and name[0].isalpha()
    if not fits or not all(sign in NAME_SIGNS or unicodedata.category(sign)[0] in "LMN" for sign in name):
        raise Refused(Code.BAD_HANDLE)
    return name


def name_key(typed: str) -> str:
    """The form under which a staff name is unique, and found at sign-in however it is typed."""
    return digest(" ".join(unicodedata.normalize("NFKC", typed).casefold().split()))


def check_passphrase(passphrase: str, name: str, least: int) -> None:
    """Long beats odd: no rule on kinds of characters. It is kept exactly as typed."""
    if len(passphrase) > PASSPHRASE_CHARACTERS_MOST:
        raise Refused(Code.TOO_LONG)
    plain = passphrase.casefold().replace(name.casefold(), "")
    if len(passphrase) < least or len(set(plain)) < DIFFERENT_CHARACTERS:
        raise Refused(Code.PASSPHRASE)

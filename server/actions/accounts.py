"""Signing in and out: peers without an account, staff by invitation and passphrase."""

import secrets
from collections.abc import Callable

from msgspec import Struct

from server.actions import background, naming, passphrases, queue
from server.actions.services import Services
from server.domain import accounts
from server.domain.accounts import Account, Person, digest, person_of
from server.domain.ages import Band
from server.protocol.codec import UNSTAMPED
from server.protocol.events import SignedOut
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused

SECRET_BYTES = 32
INVITATION_BYTES = 16
NAMED = 16  # letters of a digest: they tell sign-ins apart, and open nothing
CLOSED = "closed"


class Entry(Struct, frozen=True):
    """`token` is empty where the browser keeps the one it has; `fresh`: a person who was not known before."""

    token: str
    fresh: bool
    role: Role


async def enter(
    services: Services, token: str | None, age: str = "", newcomer: Callable[[], None] = lambda: None
) -> Entry:
    """Knows a person again, or makes a new one; `Refused(FORBIDDEN)` for a minor where that is closed.

    A band that is told is kept with the person, and under 18 stays under 18.

    `newcomer` is called before a person is made, and may refuse by raising.
    """
    is_closed = services.settings.under_18 == CLOSED
    if token is not None:
        known, renewed = person_of(token), _token(person_of(token))
        found = await services.store.accounts.find(known, digest(token), digest(renewed), age)
        is_minor = found is not None and await services.store.people.band(known) is Band.MINOR
        if is_minor and age == Band.MINOR:
            await queue.age_told(services, known, may_wait=not is_closed)
        if is_minor and is_closed:
            raise Refused(Code.FORBIDDEN)
        if found is not None and found.renewed:  # once a day: so names live as long as who they belong to
            background.spawn(naming.keep_for(services, known))
        if found is not None:
            return Entry(renewed if found.renewed else "", fresh=False, role=found.person.role)
    if is_closed and age == Band.MINOR:
        raise Refused(Code.FORBIDDEN)
    newcomer()
    return Entry(await begin(services, secrets.token_hex(16), Role.PEER, "", age), fresh=True, role=Role.PEER)


async def leave(services: Services, token: str | None) -> None:
    """Ends a sign-in here and on every process: its sockets are closed, and the token opens nothing any more."""
    person, session = person_of(token), digest(token or "")
    if await services.store.accounts.end(person, session, SignedOut(sign_in=session[:NAMED], at=UNSTAMPED)):
        await queue.give_up(services, person)  # nobody is offered someone who will not come back


async def invite(services: Services, role: Role) -> str:
    """A token that makes one account of that role, once, within two days."""
    token = secrets.token_urlsafe(INVITATION_BYTES)
    await services.store.accounts.invite(digest(token), role)
    return token


async def accept(services: Services, token: str, name: str, passphrase: str) -> str:
    """Makes an account by invitation and signs it in.

    `Refused`: GONE where the invitation is used up, over or in another's hand; CONFLICT where the name is taken;
    BAD_HANDLE where it is none that peers should read.
    """
    shown = accounts.staff_name(name)
    await naming.look_over(services, shown)
    accounts.check_passphrase(passphrase, shown, services.settings.passphrase_characters)
    role = await services.store.accounts.take_invitation(digest(token))
    if role is None:
        raise Refused(Code.GONE)
    try:
        kept = await passphrases.kept(passphrase, services.settings.argon2_at_once)
        account = Account(secrets.token_hex(16), shown, role, kept)
        await _open(services, token, account)
    finally:
        await services.store.accounts.give_back_invitation(digest(token))
    return await begin(services, account.person, account.role, account.name)


async def sign_in(services: Services, name: str, passphrase: str, prefix: bytes = b"") -> str:
    """A staff sign-in. Every failure is `Refused(FORBIDDEN)`, after the same work, whether or not the name is known.

    Tries are counted per name and network (`prefix`), so that nobody can lock an owner out from elsewhere.
    """
    store, key = services.store.accounts, accounts.name_key(name)
    if not await store.may_try(key, prefix.hex()):
        raise Refused(Code.FORBIDDEN)
    account = await store.account(key)
    kept = account.passphrase if account is not None else None
    fits = await passphrases.fits(kept, passphrase, services.settings.argon2_at_once)
    if account is None or not fits:
        raise Refused(Code.FORBIDDEN)
    await store.forget_tries(key, prefix.hex())
    return await begin(services, account.person, account.role, account.name)


async def begin(services: Services, person: str, role: Role, name: str, age: str = "") -> str:
    token = _token(person)
    await services.store.accounts.begin(Person(person, role, name, digest(token)), age)
    return token


async def any_staff(services: Services) -> bool:
    return await services.store.accounts.any_staff()


async def _open(services: Services, token: str, account: Account) -> None:
    """Name first, then the invitation, then both for good: whoever loses a race leaves nothing behind."""
    store, key = services.store.accounts, accounts.name_key(account.name)
    if not await store.take_name(key, account):
        raise Refused(Code.CONFLICT)
    if not await store.use_up_invitation(digest(token)):
        await store.release_name(key, account.person)
        raise Refused(Code.GONE)
    if not await store.open_account(key, account.person):
        raise Refused(Code.GONE)


def _token(person: str) -> str:
    return f"{person}.{secrets.token_urlsafe(SECRET_BYTES)}"

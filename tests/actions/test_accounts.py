"""Signing in and out, through the actions and a real store: entries 112 to 115 of the catalogue."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from server.actions import accounts, doing, passphrases
from server.actions.screening import Pipeline
from server.config import Settings
from server.domain import channels
from server.domain.accounts import Person, digest, person_of
from server.domain.ages import Band
from server.domain.screening import Policy
from server.files import read
from server.protocol import codec
from server.protocol.events import SignedOut
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from server.store.store import Store, opened

PASSPHRASE = "correct horse battery"


class Desk:
    """As much of the services as signing in needs."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings, self.store, self.do = settings, store, doing.do
        self.screening = Pipeline(read("policy.toml", Policy, settings), [], settings)


@pytest_asyncio.fixture
async def services(settings: Settings, store_url: str) -> AsyncIterator[Any]:
    store = await opened(settings, store_url)
    yield Desk(settings, store)
    await store.close()


async def recognise(services: Any, token: str) -> Person | None:
    """Who is let in with a token."""
    found = await services.store.accounts.find(person_of(token), digest(token))
    return found.person if found else None


async def refusal(awaited: Any) -> Code:
    with pytest.raises(Refused) as refused:
        await awaited
    return refused.value.code


async def moderator(services: Any, name: str = "Moira") -> str:
    token = await accounts.invite(services, Role.MODERATOR)
    return await accounts.accept(services, token, name, PASSPHRASE)


async def test_a_newcomer_gets_a_token_and_is_known_by_it(services: Any) -> None:
    entry = await accounts.enter(services, None, "adult")
    assert (entry.fresh, entry.role) == (True, Role.PEER)
    person = await recognise(services, entry.token)
    assert person is not None
    assert person.role is Role.PEER
    assert await services.store.link.client.hget(f"{{p:{person.id}}}", "age") == b"adult"


async def test_who_comes_again_is_the_same_person_and_keeps_the_token(services: Any) -> None:
    first = await accounts.enter(services, None)
    again = await accounts.enter(services, first.token)
    assert (again.token, again.fresh) == ("", False)


async def test_a_token_has_256_random_bits(services: Any) -> None:
    tokens = [(await accounts.enter(services, None)).token.partition(".")[2] for _ in range(5)]
    assert len(set(tokens)) == 5
    assert all(len(token) == 43 for token in tokens)


@pytest.mark.parametrize("token", ["", "nonsense", "a" * 32 + "." + "b" * 43, "é"])
async def test_who_brings_a_bad_token_is_a_new_person(services: Any, token: str) -> None:
    assert (await accounts.enter(services, token)).fresh
    assert await recognise(services, token) is None


async def test_a_token_of_an_old_day_is_renewed(services: Any) -> None:
    services.settings = replace(services.settings, rotate_ms=0)
    services.store = replace(services.store, accounts=_with(services))
    first = await accounts.enter(services, None)
    again = await accounts.enter(services, first.token)
    assert again.token not in ("", first.token)
    assert again.token.partition(".")[0] == first.token.partition(".")[0], "the same person"
    assert not again.fresh
    assert await recognise(services, again.token) is not None


async def test_a_minor_is_let_in_only_where_that_is_open(services: Any) -> None:
    assert await refusal(accounts.enter(services, None, "minor")) is Code.FORBIDDEN
    services.settings = replace(services.settings, under_18="open")
    assert (await accounts.enter(services, None, "minor")).fresh


async def test_who_said_to_be_under_18_stays_so_and_is_let_in_no_more_where_that_is_closed(services: Any) -> None:
    closed, services.settings = services.settings, replace(services.settings, under_18="open")
    first = await accounts.enter(services, None, "minor")
    assert not (await accounts.enter(services, first.token, "adult")).fresh
    assert await services.store.people.band(person_of(first.token)) is Band.MINOR
    services.settings = closed
    for told in ("adult", "", "minor"):
        assert await refusal(accounts.enter(services, first.token, told)) is Code.FORBIDDEN


async def test_an_adult_who_says_to_be_under_18_is_taken_at_their_word(services: Any) -> None:
    first = await accounts.enter(services, None, "adult")
    assert await refusal(accounts.enter(services, first.token, "minor")) is Code.FORBIDDEN
    assert await services.store.people.band(person_of(first.token)) is Band.MINOR


async def test_who_leaves_is_signed_out_everywhere(services: Any) -> None:
    entry = await accounts.enter(services, None)
    await accounts.leave(services, entry.token)
    assert await recognise(services, entry.token) is None
    await accounts.leave(services, entry.token)
    await accounts.leave(services, None)
    told = await signed_out(services, entry.token)
    assert digest(entry.token).startswith(told.sign_in)


async def signed_out(services: Any, token: str) -> SignedOut:
    """What the inbox was told, once; every process hears it there and closes the sockets."""
    inbox = await services.store.channels.before(channels.inbox(person_of(token)), None, 10)
    (told,) = [codec.inside(kept.frame) for kept in inbox]
    assert isinstance(told, SignedOut)
    return told


async def test_staff_at_two_desks_leave_one(services: Any) -> None:
    here = await moderator(services)
    there = await accounts.sign_in(services, "moira", PASSPHRASE)
    await accounts.leave(services, here)
    told = await signed_out(services, here)
    assert digest(here).startswith(told.sign_in)
    assert not digest(there).startswith(told.sign_in)
    assert await recognise(services, there) is not None


async def test_an_invitation_makes_an_account_with_its_role(services: Any) -> None:
    assert not await accounts.any_staff(services)
    person = await recognise(services, await moderator(services, "  Moira  Ash "))
    assert person is not None
    assert (person.role, person.name) == (Role.MODERATOR, "Moira Ash")
    assert await accounts.any_staff(services)


async def test_a_passphrase_opens_the_account_however_the_name_is_typed(services: Any) -> None:
    first = await moderator(services)
    token = await accounts.sign_in(services, "MOIRA ", PASSPHRASE)
    assert token != first
    person = await recognise(services, token)
    assert person is not None
    assert person.role is Role.MODERATOR


@pytest.mark.parametrize("passphrase", ["nul\0 in the middle", "e\u0301e\u0301 not composed", "x1y2z" * 13])
async def test_entry_113_a_passphrase_is_kept_exactly_as_typed(services: Any, passphrase: str) -> None:
    token = await accounts.invite(services, Role.MODERATOR)
    await accounts.accept(services, token, "Moira", passphrase)
    await accounts.sign_in(services, "Moira", passphrase)


async def test_entry_112_an_unknown_name_and_a_wrong_passphrase_get_one_answer_after_the_same_work(
    services: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await moderator(services)
    compared = []
    compare = passphrases._fits

    def counted(kept: str | None, decoy: str, passphrase: str) -> bool:
        compared.append("once")
        return compare(kept, decoy, passphrase)

    monkeypatch.setattr(passphrases, "_fits", counted)
    assert await refusal(accounts.sign_in(services, "Moira", "wrong wrong wrong")) is Code.FORBIDDEN
    assert await refusal(accounts.sign_in(services, "Nobody", PASSPHRASE)) is Code.FORBIDDEN
    assert compared == ["once", "once"]


async def test_tries_run_out_for_one_network_and_the_owner_gets_in_from_another(services: Any) -> None:
    await moderator(services)
    for name in ("Moira", "Nobody"):
        for _ in range(services.settings.logins_per_quarter_hour):
            assert await refusal(accounts.sign_in(services, name, "wrong wrong wrong", b"thief")) is Code.FORBIDDEN
    assert await refusal(accounts.sign_in(services, "Moira", PASSPHRASE, b"thief")) is Code.FORBIDDEN
    await accounts.sign_in(services, "Moira", PASSPHRASE, b"owner")


async def test_who_got_in_starts_to_count_anew(services: Any) -> None:
    await moderator(services)
    for _ in range(2):
        for _ in range(services.settings.logins_per_quarter_hour - 1):
            await refusal(accounts.sign_in(services, "Moira", "wrong wrong wrong"))
        await accounts.sign_in(services, "Moira", PASSPHRASE)


async def test_entry_115_an_invitation_works_once(services: Any) -> None:
    token = await accounts.invite(services, Role.MODERATOR)
    await accounts.accept(services, token, "Moira", PASSPHRASE)
    assert await refusal(accounts.accept(services, token, "Other", PASSPHRASE)) is Code.GONE
    assert await refusal(accounts.accept(services, "nonsense", "Other", PASSPHRASE)) is Code.GONE
    assert await refusal(accounts.sign_in(services, "Other", PASSPHRASE)) is Code.FORBIDDEN


async def test_entry_115_of_a_hundred_at_once_exactly_one_wins(services: Any) -> None:
    token = await accounts.invite(services, Role.MODERATOR)
    names = [f"Racer {number}" for number in range(100)]
    answers = await asyncio.gather(
        *(accounts.accept(services, token, name, PASSPHRASE) for name in names), return_exceptions=True
    )
    won = [answer for answer in answers if isinstance(answer, str)]
    lost = [answer.code for answer in answers if isinstance(answer, Refused)]
    assert len(won) == 1
    assert lost == [Code.GONE] * 99
    assert await services.store.link.client.scard("staff") == 1


async def test_a_taken_name_keeps_the_invitation_for_another_try(services: Any) -> None:
    await moderator(services, "Moira")
    token = await accounts.invite(services, Role.PROFESSIONAL)
    assert await refusal(accounts.accept(services, token, "moira", PASSPHRASE)) is Code.CONFLICT
    assert await refusal(accounts.accept(services, token, "Moira Two", "short")) is Code.PASSPHRASE
    assert await refusal(accounts.accept(services, token, "??", PASSPHRASE)) is Code.BAD_HANDLE
    person = await recognise(services, await accounts.accept(services, token, "Moira Two", PASSPHRASE))
    assert person is not None
    assert person.role is Role.PROFESSIONAL


async def test_the_store_keeps_argon2id_with_the_cost_that_was_promised(services: Any) -> None:
    await moderator(services)
    (key,) = await services.store.link.ask(("KEYS", "{a:*"))
    kept = await services.store.link.client.hget(key, "passphrase")
    assert kept.startswith(b"$argon2id$v=19$m=19456,t=2,p=1$")


def _with(services: Any) -> Any:
    kept = services.store.accounts
    return type(kept)(kept.scripts, services.settings, kept.channels)

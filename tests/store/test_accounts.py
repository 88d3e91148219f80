"""Sign-ins, accounts and invitations in a real store: lifetimes, renewal, races."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from server.config import Settings
from server.domain.accounts import Account, Person, digest
from server.protocol.codec import UNSTAMPED
from server.protocol.events import SignedOut
from server.protocol.people import Role
from server.store import keys
from server.store.accounts import GRACE_MS, IN_HAND_MS, SETTLE_MS, Accounts
from server.store.store import Store, opened

ANA, MO = "a" * 32, "b" * 32
FIRST, SECOND, THIRD = digest("first"), digest("second"), digest("third")
DAY_MS = 24 * 3_600_000
ENDED = SignedOut(sign_in="s", at=UNSTAMPED)


@pytest_asyncio.fixture
async def store(settings: Settings, store_url: str) -> AsyncIterator[Store]:
    store = await opened(settings, store_url)
    yield store
    await store.close()


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return store.accounts


def peer(session: str = FIRST) -> Person:
    return Person(ANA, Role.PEER, "", session)


async def age_by(store: Store, session: str, milliseconds: int) -> None:
    """As if the sign-in had been made, and renewed, that much earlier."""
    for field in ("at", "next_at"):
        if moment := await store.link.client.hget(keys.session(ANA, session), field):
            await store.link.client.hset(keys.session(ANA, session), field, str(int(moment) - milliseconds))


async def test_who_signed_in_is_known_again(accounts: Accounts) -> None:
    await accounts.begin(peer(), age="adult")
    found = await accounts.find(ANA, FIRST)
    assert found is not None
    assert (found.person, found.renewed) == (peer(), False)


async def test_another_token_of_the_same_person_opens_nothing(accounts: Accounts) -> None:
    await accounts.begin(peer())
    assert await accounts.find(ANA, SECOND) is None
    assert await accounts.find(MO, FIRST) is None


async def test_a_peer_is_forgotten_thirty_days_after_they_were_last_seen(accounts: Accounts, store: Store) -> None:
    await accounts.begin(peer())
    for key in (keys.session(ANA, FIRST), keys.person(ANA)):
        await store.link.client.pexpire(key, 5_000)
    await accounts.find(ANA, FIRST)
    assert await store.link.client.pttl(keys.session(ANA, FIRST)) > 29 * DAY_MS
    assert await store.link.client.pttl(keys.person(ANA)) > 29 * DAY_MS


async def test_a_staff_sign_in_ends_by_the_clock(accounts: Accounts, store: Store) -> None:
    await accounts.begin(Person(MO, Role.MODERATOR, "Mo", FIRST))
    await store.link.client.pexpire(keys.session(MO, FIRST), 5_000)
    found = await accounts.find(MO, FIRST, fresh=SECOND)
    assert found is not None
    assert not found.renewed
    assert await store.link.client.pttl(keys.session(MO, FIRST)) <= 5_000


async def test_a_token_is_renewed_after_a_day_and_not_before(accounts: Accounts, store: Store) -> None:
    await accounts.begin(peer())
    early = await accounts.find(ANA, FIRST, fresh=SECOND)
    await age_by(store, FIRST, DAY_MS)
    late = await accounts.find(ANA, FIRST, fresh=SECOND)
    assert early is not None
    assert late is not None
    assert (early.renewed, early.person.session) == (False, FIRST)
    assert (late.renewed, late.person.session) == (True, SECOND)


async def test_two_tabs_that_ask_at_once_get_one_new_token(accounts: Accounts, store: Store) -> None:
    await accounts.begin(peer())
    await age_by(store, FIRST, DAY_MS)
    answers = await asyncio.gather(*(accounts.find(ANA, FIRST, fresh=digest(str(tab))) for tab in range(5)))
    assert sum(answer is not None and answer.renewed for answer in answers) == 1
    assert all(answer is not None for answer in answers)


async def test_a_renewal_whose_answer_was_lost_locks_nobody_out(accounts: Accounts, store: Store) -> None:
    await accounts.begin(peer())
    await age_by(store, FIRST, DAY_MS)
    await accounts.find(ANA, FIRST, fresh=SECOND)
    await age_by(store, FIRST, GRACE_MS)
    again = await accounts.find(ANA, FIRST, fresh=THIRD)
    assert again is not None
    assert again.renewed


async def test_the_old_token_goes_soon_after_the_new_one_is_used(accounts: Accounts, store: Store) -> None:
    await accounts.begin(peer())
    await age_by(store, FIRST, DAY_MS)
    await accounts.find(ANA, FIRST, fresh=SECOND)
    assert await store.link.client.pttl(keys.session(ANA, FIRST)) > GRACE_MS
    await accounts.find(ANA, SECOND)
    assert await accounts.find(ANA, FIRST, fresh=THIRD) is not None, "another tab's request under way"
    assert 0 < await store.link.client.pttl(keys.session(ANA, FIRST)) <= GRACE_MS
    assert await accounts.find(ANA, THIRD) is None, "a replaced token renews nothing"


async def test_leaving_ends_the_token_and_the_one_before_it(accounts: Accounts, store: Store) -> None:
    await accounts.begin(peer())
    await age_by(store, FIRST, DAY_MS)
    await accounts.find(ANA, FIRST, fresh=SECOND)
    await accounts.find(ANA, SECOND)
    assert await accounts.end(ANA, SECOND, ENDED)
    assert await accounts.find(ANA, FIRST) is None
    assert await accounts.find(ANA, SECOND) is None
    assert not await accounts.end(ANA, SECOND, ENDED)
    assert (await store.channels.standing(f"inbox:{ANA}")).seq == 1, "it is told once"


async def test_a_name_is_one_persons(accounts: Accounts) -> None:
    mo, other = Account(MO, "Mo", Role.MODERATOR, "kept"), Account(ANA, "Mo", Role.OPERATOR, "kept")
    taken = await asyncio.gather(*(accounts.take_name("mo", account) for account in (mo, other)))
    assert taken == [True, False]
    assert await accounts.account("mo") is None, "not before it is open"
    assert await accounts.open_account("mo", MO)
    assert await accounts.account("mo") == mo
    assert await accounts.any_staff()


async def test_a_name_that_is_not_settled_is_free_again(accounts: Accounts, store: Store) -> None:
    await accounts.take_name("mo", Account(MO, "Mo", Role.MODERATOR, "kept"))
    assert 0 < await store.link.client.pttl(keys.account("mo")) <= SETTLE_MS
    await accounts.release_name("mo", ANA)
    assert await store.link.client.exists(keys.account("mo")), "only by who took it"
    await accounts.release_name("mo", MO)
    assert not await accounts.open_account("mo", MO)


async def test_an_account_is_kept_for_ever_and_an_invitation_two_days(accounts: Accounts, store: Store) -> None:
    await accounts.take_name("mo", Account(MO, "Mo", Role.MODERATOR, "kept"))
    await accounts.open_account("mo", MO)
    await accounts.invite(FIRST, Role.MODERATOR)
    assert await store.link.client.pttl(keys.account("mo")) == -1
    assert DAY_MS < await store.link.client.pttl(keys.invitation(FIRST)) <= 2 * DAY_MS


async def test_an_invitation_is_in_one_hand_at_a_time(accounts: Accounts, store: Store) -> None:
    await accounts.invite(FIRST, Role.PROFESSIONAL)
    hands = await asyncio.gather(*(accounts.take_invitation(FIRST) for _ in range(20)))
    assert [hand for hand in hands if hand] == [Role.PROFESSIONAL]
    assert 0 < await store.link.client.pttl(keys.invitation_in_hand(FIRST)) <= IN_HAND_MS
    await accounts.give_back_invitation(FIRST)
    assert await accounts.take_invitation(FIRST) is Role.PROFESSIONAL


async def test_an_unknown_invitation_leaves_nothing_in_the_store(accounts: Accounts, store: Store) -> None:
    assert await accounts.take_invitation(SECOND) is None
    assert await store.link.client.keys("{i:*") == []


async def test_tries_are_counted_for_a_quarter_of_an_hour(store: Store, settings: Settings) -> None:
    accounts = Accounts(store.scripts, replace(settings, logins_per_quarter_hour=2), store.channels)
    assert [await accounts.may_try("mo", "here") for _ in range(3)] == [True, True, False]
    assert await accounts.may_try("mo", "elsewhere")
    assert 0 < await store.link.client.pttl(keys.tries("mo", "here")) <= 15 * 60_000
    await accounts.forget_tries("mo", "here")
    assert await accounts.may_try("mo", "here")


async def test_the_store_holds_no_token_and_no_typed_name(accounts: Accounts, store: Store) -> None:
    await accounts.begin(Person(ANA, Role.PEER, "", digest("the secret token")))
    await accounts.invite(digest("the invitation"), Role.MODERATOR)
    await accounts.may_try(digest("a typed passphrase"), "")
    for key in await store.link.client.keys("*"):
        kept = repr((key, await store.link.client.dump(key)))
        assert not any(secret in kept for secret in ("secret token", "the invitation", "typed"))

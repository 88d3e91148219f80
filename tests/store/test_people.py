"""What is remembered of a person, against real stores."""

from server.domain.accounts import Person
from server.domain.ages import Band
from server.domain.care import Rest
from server.domain.channels import inbox
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import TicketSettled
from server.protocol.fields import Urgency
from server.protocol.people import Role
from server.store import keys
from server.store.people import Remembered
from server.store.store import Store

ANA = "a" * 32
DAY_MS = 24 * 3_600_000


async def test_someone_new_has_agreed_to_nothing(store: Store) -> None:
    assert await store.people.remembered(ANA) == Remembered(0, None)


async def test_the_rules_agreed_to_and_the_rest_are_remembered(store: Store) -> None:
    await store.people.accept_rules(ANA, 3)
    await store.people.rest_cards(ANA, Rest(99, Urgency.CONCERN))
    assert await store.people.remembered(ANA) == Remembered(3, Rest(99, Urgency.CONCERN))
    await store.people.rest_cards(ANA, Rest(100, None))
    assert await store.people.remembered(ANA) == Remembered(3, Rest(100, None))


async def test_who_is_greeted_is_known_with_all_that_is_remembered_and_their_inbox(store: Store) -> None:
    await store.accounts.begin(Person(ANA, Role.PEER, "", "s"))
    await store.people.accept_rules(ANA, 3)
    for place in range(2):
        await store.channels.append(inbox(ANA), encode(TicketSettled(ticket="t1", at=UNSTAMPED)), f"e{place}")
    greeted = await store.people.greet(ANA, "s", "p:1")
    assert greeted is not None
    assert (greeted.person, greeted.remembered) == (Person(ANA, Role.PEER, "", "s"), Remembered(3, None))
    assert greeted.standing == await store.channels.standing(inbox(ANA))
    assert greeted.recent == await store.channels.before(inbox(ANA), None, 10)
    assert [entry.seq for entry in greeted.recent] == [1, 2]


async def test_the_age_band_is_kept_with_the_person_and_under_18_stays(store: Store) -> None:
    assert await store.people.band(ANA) is Band.UNTOLD
    for told, kept in (("adult", Band.ADULT), ("", Band.ADULT), ("minor", Band.MINOR), ("adult", Band.MINOR)):
        await store.accounts.begin(Person(ANA, Role.PEER, "", "s"), told)
        assert await store.people.band(ANA) is kept
        await store.accounts.find(ANA, "s", age=told)
        assert await store.people.band(ANA) is kept


async def test_who_brings_no_sign_in_leaves_nothing_in_the_store(store: Store) -> None:
    await store.accounts.begin(Person(ANA, Role.PEER, "", "s"))
    kept = await store.link.client.keys("*")
    assert await store.people.greet(ANA, "another", "p:1") is None
    assert await store.people.greet("0" * 32, "s", "p:1") is None
    assert sorted(await store.link.client.keys("*")) == sorted(kept)


async def test_a_greeting_keeps_a_peer_for_thirty_days_more(store: Store) -> None:
    await store.accounts.begin(Person(ANA, Role.PEER, "", "s"))
    for key in (keys.session(ANA, "s"), keys.person(ANA)):
        await store.link.client.pexpire(key, 5_000)
    await store.people.greet(ANA, "s", "p:1")
    assert await store.link.client.pttl(keys.session(ANA, "s")) > 29 * DAY_MS
    assert await store.link.client.pttl(keys.person(ANA)) > 29 * DAY_MS

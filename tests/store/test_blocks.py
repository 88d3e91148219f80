"""Blocks as both people's keys have them, against real stores."""

from dataclasses import replace

from server.domain.accounts import Person
from server.domain.blocks import Apart
from server.protocol.fields import Scope
from server.protocol.people import Role
from server.store import keys
from server.store.store import Store

ANA, BEN = "a" * 32, "b" * 32
DAY_MS = 24 * 3_600_000
NIGHT = "room:night"


def side(person: str, block: str = "k1", scope: Scope = Scope.HERE) -> Apart:
    return Apart(block, person, NIGHT, scope, "calm-otter-12", 5)


async def test_two_people_never_meet_whoever_of_them_blocked_whom(store: Store) -> None:
    await store.blocks.begin(ANA, side(BEN), {})
    await store.blocks.note(BEN, "k1", 5, side(ANA))
    assert await store.blocks.never_meet(ANA) == {BEN}
    assert await store.blocks.never_meet(BEN) == {ANA}
    assert await store.blocks.of(BEN) == []


async def test_an_ended_block_is_over_on_both_sides(store: Store) -> None:
    await store.blocks.begin(ANA, side(BEN), {})
    await store.blocks.note(BEN, "k1", 5, side(ANA))
    await store.blocks.end(ANA, "k1", {})
    await store.blocks.note(BEN, "k1", 6, None)
    assert await store.blocks.never_meet(ANA) == await store.blocks.never_meet(BEN) == frozenset()


async def test_a_note_that_comes_late_changes_nothing(store: Store) -> None:
    await store.blocks.note(BEN, "k1", 6, None)
    await store.blocks.note(BEN, "k1", 5, side(ANA))
    assert await store.blocks.sides(BEN) == ()


async def test_the_same_block_again_is_no_second_one_and_may_reach_further(store: Store) -> None:
    await store.blocks.begin(ANA, side(BEN), {})
    await store.blocks.begin(ANA, side(BEN, scope=Scope.EVERYWHERE), {})
    assert [each.scope for each in await store.blocks.of(ANA)] == [Scope.EVERYWHERE]


async def test_nobody_blocks_more_people_than_one_may(store: Store) -> None:
    few = replace(store.settings, blocks_per_person=2)
    blocks = type(store.blocks)(store.scripts, few, store.outbox)
    began = [await blocks.begin(ANA, side(f"{place:032}", f"k{place}"), {}) for place in range(3)]
    assert began == [True, True, False]
    assert await blocks.begin(ANA, side(BEN, "k1", Scope.EVERYWHERE), {}), "one that is there may change"


async def test_who_is_greeted_comes_with_both_sides_and_they_live_as_long_as_the_person(store: Store) -> None:
    await store.accounts.begin(Person(BEN, Role.PEER, "", "s"))
    await store.blocks.begin(BEN, side("c" * 32, "k2"), {})
    await store.blocks.note(BEN, "k1", 5, side(ANA))
    for key in (keys.blocks(BEN), keys.blocked_by(BEN)):
        await store.link.client.pexpire(key, 5_000)
    greeted = await store.people.greet(BEN, "s", "p:1")
    assert greeted is not None
    assert {each.person for each in greeted.sides} == {"c" * 32, ANA}
    for key in (keys.blocks(BEN), keys.blocked_by(BEN)):
        assert await store.link.client.pttl(key) > 29 * DAY_MS

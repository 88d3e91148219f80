"""Names, doors and presence, against real stores."""

from server.protocol.fields import RoomState
from server.store import keys
from server.store.store import Store

NIGHT = "room:night"
ANA, BEN = "a" * 32, "b" * 32


async def test_a_name_belongs_to_who_took_it_first(store: Store) -> None:
    offers = [("quietheron", "quiet-heron"), ("softmaple", "soft-maple")]
    assert await store.rooms.claim_name(NIGHT, ANA, offers) == "quiet-heron"
    assert await store.rooms.claim_name(NIGHT, BEN, offers) == "soft-maple"
    assert await store.rooms.claim_name(NIGHT, BEN, offers[:1]) == ""
    assert await store.rooms.claim_name(NIGHT, ANA, offers[:1]) == "quiet-heron"


async def test_a_name_given_up_is_not_given_to_someone_else(store: Store) -> None:
    await store.rooms.claim_name(NIGHT, ANA, [("quietheron", "quiet-heron")])
    await store.rooms.claim_name(NIGHT, ANA, [("softmaple", "soft-maple")])
    assert await store.rooms.claim_name(NIGHT, BEN, [("quietheron", "quiet-heron")]) == ""
    assert 0 < await store.link.client.pttl(keys.handle(NIGHT, "quietheron")) <= store.settings.handle_ms


async def test_the_same_name_is_free_in_another_room(store: Store) -> None:
    await store.rooms.claim_name(NIGHT, ANA, [("quietheron", "quiet-heron")])
    assert await store.rooms.claim_name("room:day", BEN, [("quietheron", "quiet-heron")]) == "quiet-heron"


async def test_the_threshold_says_what_stands_between(store: Store) -> None:
    await store.rooms.prepare({NIGHT: 30})
    await store.link.client.set(keys.mute(NIGHT, ANA), "m", px=5_000)
    await store.link.client.set(keys.turn(NIGHT, ANA), "1", px=5_000)
    threshold = await store.rooms.threshold(NIGHT, ANA)
    assert (threshold.slow_seconds, threshold.state, threshold.banned_ms) == (30, RoomState.OPEN, 0)
    assert 0 < threshold.muted_ms <= 5_000
    assert 0 < threshold.turn_ms <= 5_000


async def test_what_a_moderator_set_survives_a_restart(store: Store) -> None:
    await store.rooms.prepare({NIGHT: 30})
    await store.link.client.hset(keys.meta(NIGHT), "slow", "5")
    await store.rooms.prepare({NIGHT: 30})
    assert (await store.rooms.threshold(NIGHT, ANA)).slow_seconds == 5


async def test_one_person_on_two_processes_is_one(store: Store) -> None:
    await store.rooms.seen_here(NIGHT, ["one\tp\tquiet-heron", "two\tp\tquiet-heron", "two\ts\tWren"], [])
    assert [live.people for live in await store.rooms.live([NIGHT])] == [1]
    await store.rooms.seen_here(NIGHT, [], ["one\tp\tquiet-heron"])
    assert [live.people for live in await store.rooms.live([NIGHT])] == [1]
    await store.rooms.seen_here(NIGHT, [], ["two\tp\tquiet-heron"])
    assert [live.people for live in await store.rooms.live([NIGHT])] == [0]


async def test_beyond_twenty_people_are_counted_in_steps(store: Store) -> None:
    await store.rooms.seen_here(NIGHT, [f"one\tp\tname-{place}" for place in range(27)], [])
    assert [live.people for live in await store.rooms.live([NIGHT])] == [20]


async def test_a_room_that_nobody_speaks_for_is_empty(store: Store) -> None:
    await store.rooms.seen_here(NIGHT, ["one\tp\tquiet-heron"], [])
    await store.link.client.delete(keys.here(NIGHT))
    assert [live.people for live in await store.rooms.live([NIGHT])] == [0]


async def test_who_ended_writing_is_not_counted(store: Store) -> None:
    await store.rooms.writing(NIGHT, ["one\tp\tquiet-heron", "one\tp\tsoft-maple"])
    await store.rooms.writing(NIGHT, [], ["one\tp\tquiet-heron"])
    assert await store.link.client.zcard(keys.typing(NIGHT)) == 1


async def test_who_is_writing_is_forgotten_by_itself(store: Store) -> None:
    await store.rooms.writing(NIGHT, ["one\tp\tquiet-heron"])
    assert await store.link.client.zcard(keys.typing(NIGHT)) == 1
    assert 0 < await store.link.client.pttl(keys.typing(NIGHT)) <= store.settings.typing_shown_ms

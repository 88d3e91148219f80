"""Held, released, removed and brought back, against real stores."""

import asyncio
from dataclasses import replace

import pytest
from msgspec import msgpack, structs

from server.domain.labels import Label
from server.domain.moderation import AuditRow, HeldRecord
from server.protocol import codec
from server.protocol.codec import UNSTAMPED
from server.protocol.events import Hold, Removed, Restored, RoomChanged, Said
from server.protocol.fields import Decision, RoomState
from server.protocol.people import Voice
from server.store import keys
from server.store.channels import NOBODY, Utterance
from server.store.store import Store

NIGHT = "room:night"
ANA = "a" * 32
ROW = AuditRow(who="Wren", what="test", which="it", why="", at=1)
SAID = Said(channel=NIGHT, id="m1", client_id=b"1" * 16, handle="heron", voice=Voice.PEER, text="hello", at=UNSTAMPED)
HOLD = Hold(
    hold="h1", channel=NIGHT, handle="heron", text="hello", why="contact", rule="r1", care=False, urgency=None,
    seq=0, since=1, due=2,
)  # fmt: skip
RECORD = HeldRecord(HOLD, ANA, Voice.PEER, b"1" * 16, b"digest00", bytes(8))
SPOKEN = Utterance(NIGHT, ANA, b"1" * 16, b"", b"digest00", "", False)
RESTORED = Restored(
    channel=NIGHT, back=1, id="m1", handle="heron", voice=Voice.PEER, text="hello", said_at=1, at=UNSTAMPED
)


@pytest.fixture
async def held(store: Store) -> HeldRecord:
    await store.channels.hold(SPOKEN, "h1", msgpack.encode(RECORD), {})
    return RECORD


async def dumped(store: Store) -> bytes:
    """The bytes of the log as they lie there."""
    await store.link.client.config_set("rdbcompression", "no")
    return await store.link.client.dump(keys.log(NIGHT)) or b""


async def test_what_is_held_can_be_read_back(store: Store, held: HeldRecord) -> None:
    assert await store.moderation.held(NIGHT, "h1") == held
    assert await store.moderation.all_held() == [held]
    assert await store.moderation.held(NIGHT, "other") is None


async def test_what_an_older_program_held_is_found_at_the_start(store: Store) -> None:
    await store.link.client.hset(keys.held(NIGHT), "h1", msgpack.encode(RECORD))
    assert await store.moderation.all_held() == []
    await store.moderation.look_for_held(["room:day", NIGHT])
    assert await store.moderation.all_held() == [RECORD]


async def test_of_two_who_decide_at_once_one_does(store: Store, held: HeldRecord) -> None:
    answers = await asyncio.gather(
        store.moderation.release(held, SAID, {}, ROW),
        store.moderation.unhold(held, b"R", {}, ROW),
        store.moderation.release(held, SAID, {}, ROW),
    )
    assert list(answers) == [b"posted", False, b"gone"]
    assert len(await store.channels.after(NIGHT, 0)) == 1
    assert len(await store.moderation.audit_rows([NIGHT])) == 1


async def test_a_released_message_answers_for_its_client_id(store: Store, held: HeldRecord) -> None:
    await store.moderation.release(held, SAID, {}, ROW)
    again = await store.channels.post(SPOKEN, SAID, NOBODY, {})
    assert (again.word, again.value[:1]) == ("again", b"P")


async def test_a_mute_does_not_stop_a_release_and_a_ban_does(store: Store, held: HeldRecord) -> None:
    await store.link.client.set(keys.ban(NIGHT, ANA), "b", px=60_000)
    assert await store.moderation.release(held, SAID, {}, ROW) == b"removed"
    await store.link.client.delete(keys.ban(NIGHT, ANA))
    await store.link.client.set(keys.mute(NIGHT, ANA), "m", px=60_000)
    assert await store.moderation.release(held, SAID, {}, ROW) == b"posted"


async def test_a_removed_message_is_gone_from_the_log_and_sealed_for_a_week(store: Store) -> None:
    await store.channels.post(SPOKEN, SAID, NOBODY, {})
    event = Removed(channel=NIGHT, gone=1, at=UNSTAMPED)
    assert await store.moderation.remove(NIGHT, 1, event, "wren", {}, ROW)
    assert not await store.moderation.remove(NIGHT, 1, event, "wren", {}, ROW)
    assert [entry.gone for entry in await store.channels.after(NIGHT, 0)] == [1]
    assert 0 < await store.link.client.pttl(keys.sealed(NIGHT, 1)) <= store.settings.sealed_ms


async def test_a_removed_message_leaves_no_bytes_in_the_log(store: Store) -> None:
    for place in range(40):
        spoken = structs.replace(SPOKEN, client_id=bytes([place]) * 16, exempt=True)
        said = structs.replace(SAID, text="canary-7741" if place == 20 else f"beside it {place}")
        await store.channels.post(spoken, said, NOBODY, {})
    log = keys.log(NIGHT)
    assert b"canary-7741" in await dumped(store)
    await store.moderation.remove(NIGHT, 21, Removed(channel=NIGHT, gone=21, at=UNSTAMPED), "wren", {}, ROW)
    assert b"canary-7741" not in await dumped(store)
    entries = await store.channels.after(NIGHT, 0)
    assert [entry.seq for entry in entries] == [*range(1, 21), *range(22, 42)]
    assert [entry.gone for entry in entries][-1] == 21
    assert 0 < await store.link.client.pttl(log) <= store.settings.history_ms


async def test_a_removal_is_undone_by_who_did_it_and_once(store: Store) -> None:
    await store.channels.post(SPOKEN, SAID, NOBODY, {})
    await store.moderation.remove(NIGHT, 1, Removed(channel=NIGHT, gone=1, at=UNSTAMPED), "wren", {}, ROW)
    sealed = await store.moderation.sealed(NIGHT, 1)
    assert sealed is not None
    assert not await store.moderation.restore(NIGHT, sealed, RESTORED, "ibis", ROW)
    assert await store.moderation.restore(NIGHT, sealed, RESTORED, "wren", ROW)
    assert not await store.moderation.restore(NIGHT, sealed, RESTORED, "wren", ROW)
    last = (await store.channels.after(NIGHT, 0))[-1]
    assert (codec.inside(last.frame), last.person) == (structs.replace(RESTORED, at=last.at), ANA)


async def test_after_a_while_a_removal_stands(store: Store) -> None:
    await store.channels.post(SPOKEN, SAID, NOBODY, {})
    await store.moderation.remove(NIGHT, 1, Removed(channel=NIGHT, gone=1, at=UNSTAMPED), "wren", {}, ROW)
    sealed = await store.moderation.sealed(NIGHT, 1)
    assert sealed is not None
    late = structs.replace(store.moderation, settings=replace(store.settings, undo_ms=-1))
    assert not await late.restore(NIGHT, sealed, RESTORED, "wren", ROW)


async def test_a_mute_ends_by_itself_and_early_only_by_its_own_id(store: Store) -> None:
    await store.moderation.mute(NIGHT, ANA, "m1", 60_000, {}, ROW)
    assert 0 < await store.link.client.pttl(keys.mute(NIGHT, ANA)) <= 60_000
    await store.moderation.mute(NIGHT, ANA, "m2", 0, {}, None)
    assert await store.link.client.get(keys.mute(NIGHT, ANA)) == b"m1"
    await store.moderation.mute(NIGHT, ANA, "m1", 0, {}, None)
    assert await store.link.client.get(keys.mute(NIGHT, ANA)) is None


async def test_a_ban_ends_by_itself_and_early_only_by_its_own_id_and_there_is_one(store: Store) -> None:
    assert await store.moderation.ban(NIGHT, ANA, "b1", 60_000, {}, ROW)
    assert await store.moderation.ban(NIGHT, ANA, "b1", 60_000, {}, None), "repeated, it is the same"
    assert not await store.moderation.ban(NIGHT, ANA, "b2", 90_000, {}, ROW)
    assert 0 < await store.rooms.banned_ms(NIGHT, ANA) <= 60_000
    await store.moderation.ban(NIGHT, ANA, "b2", 0, {}, None)
    assert await store.link.client.get(keys.ban(NIGHT, ANA)) == b"b1"
    await store.moderation.ban(NIGHT, ANA, "b1", 0, {}, None)
    assert await store.rooms.banned_ms(NIGHT, ANA) == 0
    assert len(await store.moderation.audit_rows([NIGHT])) == 1


async def test_a_changed_room_says_so_in_the_room(store: Store) -> None:
    changed = RoomChanged(channel=NIGHT, state=RoomState.CLOSED, slow_seconds=30, at=UNSTAMPED)
    await store.moderation.change_room(changed, ROW)
    (live,) = await store.rooms.live([NIGHT])
    assert (live.state, live.slow_seconds) == (RoomState.CLOSED, 30)
    assert len(await store.channels.after(NIGHT, 0)) == 1


ALLOWED = Label("r1", "1/1", Decision.ALLOW)
REFUSED = Label("r1", "1/1", Decision.REFUSE)


async def test_of_two_who_decide_at_once_one_is_counted(store: Store, held: HeldRecord) -> None:
    await asyncio.gather(
        store.moderation.unhold(held, b"R", {}, ROW, REFUSED),
        store.moderation.release(held, SAID, {}, ROW, ALLOWED),
        store.moderation.unhold(held, b"R", {}, ROW, REFUSED),
    )
    assert await store.moderation.labels([NIGHT, "room:day"]) == [(REFUSED, 1)]


async def test_decisions_add_up_and_are_kept_a_year_from_the_last(store: Store) -> None:
    for _ in range(2):
        await store.link.client.hset(keys.held(NIGHT), "h1", msgpack.encode(RECORD))
        assert await store.moderation.release(RECORD, SAID, {}, ROW, ALLOWED) == b"posted"
    assert await store.moderation.labels([NIGHT]) == [(ALLOWED, 2)]
    assert 0 < await store.link.client.pttl(keys.labels(NIGHT)) <= store.settings.audit_ms


async def test_what_its_author_took_back_says_nothing_of_a_rule(store: Store, held: HeldRecord) -> None:
    assert await store.moderation.unhold(held, b"W", {}, None)
    assert await store.moderation.labels([NIGHT]) == []


async def test_a_release_that_a_ban_stops_is_no_decision_yet(store: Store, held: HeldRecord) -> None:
    await store.link.client.set(keys.ban(NIGHT, ANA), "b", px=60_000)
    await store.moderation.release(held, SAID, {}, ROW, ALLOWED)
    assert await store.moderation.labels([NIGHT]) == []


async def test_a_message_that_was_held_before_versions_were_kept_can_still_be_read(store: Store) -> None:
    old = {name: value for name, value in structs.asdict(RECORD).items() if name != "version"}
    await store.link.client.hset(keys.held(NIGHT), "h1", msgpack.encode(old))
    assert await store.moderation.held(NIGHT, "h1") == RECORD

"""Saying, repeating, slowing and reading back, against real stores."""

import dataclasses
import os

import pytest
from msgspec import structs

from server.config import Settings
from server.domain.errands import Errands, Tell
from server.protocol import codec
from server.protocol.events import Said, TicketSettled
from server.protocol.people import Voice
from server.store import keys
from server.store.channels import NOBODY, Outcome, Utterance
from server.store.store import Store

NIGHT = "room:night"
ANA = "a" * 32


def said(text: str = "hello", client_id: bytes = b"1" * 16) -> Said:
    return Said(
        channel=NIGHT,
        id="abc",
        client_id=client_id,
        handle="quiet-heron-12",
        voice=Voice.PEER,
        text=text,
        at=codec.UNSTAMPED,
    )


def utterance(client_id: bytes = b"1" * 16, **changes: object) -> Utterance:
    plain = Utterance(NIGHT, ANA, client_id, b"", b"digest00", "", False)
    return structs.replace(plain, **changes)


async def say(store: Store, client_id: bytes | None = None, **changes: object) -> Outcome:
    client_id = client_id or os.urandom(16)
    return await store.channels.post(utterance(client_id, **changes), said(client_id=client_id), NOBODY, {})


async def dumped(store: Store) -> bytes:
    """The bytes of the log as they lie there."""
    await store.link.client.config_set("rdbcompression", "no")
    return await store.link.client.dump(keys.log(NIGHT)) or b""


async def test_numbers_go_up_by_one_and_the_time_is_the_stores(store: Store) -> None:
    assert [(await say(store)).number for _ in range(3)] == [1, 2, 3]
    entries = await store.channels.after(NIGHT, 0)
    assert [entry.seq for entry in entries] == [1, 2, 3]
    event = codec.inside(entries[0].frame)
    assert isinstance(event, Said)
    assert event.at == entries[0].at
    assert abs(event.at - store.clock.now()) < 60_000


async def test_a_repeated_client_id_gets_the_first_answer_and_no_second_message(store: Store) -> None:
    first = await say(store, b"x" * 16)
    again = await say(store, b"x" * 16)
    assert (first.word, again.word) == ("posted", "again")
    assert int.from_bytes(again.value[1:9]) == first.number
    assert len(await store.channels.after(NIGHT, 0)) == 1


async def test_the_same_client_id_of_another_person_is_another_message(store: Store) -> None:
    await say(store, b"x" * 16)
    other = await say(store, b"x" * 16, person="b" * 32)
    assert (other.word, other.number) == ("posted", 2)


async def test_a_held_message_is_kept_and_its_repetition_is_known(store: Store) -> None:
    held = await store.channels.hold(utterance(), "hold1", b"record", {})
    again = await say(store, b"1" * 16)
    assert held.word == "held"
    assert (again.word, again.value) == ("again", b"Hdigest00")
    assert await store.link.client.hget(keys.held(NIGHT), "hold1") == b"record"


async def test_slow_mode_is_per_person_and_says_how_long(store: Store) -> None:
    await store.link.client.hset(keys.meta(NIGHT), "slow", "30")
    first, second = await say(store), await say(store)
    assert (first.word, first.turn_ms) == ("posted", 30_000)
    assert second.word == "slow_mode"
    assert 29_000 < second.number <= 30_000
    assert (await say(store, person="b" * 32)).word == "posted"


async def test_a_held_message_uses_the_slow_mode_turn_and_its_edit_does_not_need_another(store: Store) -> None:
    await store.link.client.hset(keys.meta(NIGHT), "slow", "30")
    await store.channels.hold(utterance(b"h" * 16), "hold1", b"record", {})
    assert (await say(store)).word == "slow_mode"
    await store.link.client.hset(
        keys.seen(NIGHT, store.clock.now() // store.settings.seen_ms), ANA.encode() + b"h" * 16, "W"
    )
    assert (await say(store, replaces=b"h" * 16)).word == "posted"
    assert (await say(store, replaces=b"h" * 16)).word == "slow_mode", "an edit serves once"


async def test_the_exempt_are_neither_slowed_nor_muted_nor_shut_out(store: Store) -> None:
    await store.link.client.hset(keys.meta(NIGHT), mapping={"slow": "30", "state": "closed"})
    await store.link.client.set(keys.mute(NIGHT, ANA), "m", px=60_000)
    assert [(await say(store, exempt=True)).word for _ in range(10)] == ["posted"] * 10


@pytest.mark.parametrize(("key", "word"), [(keys.mute, "muted"), (keys.ban, "removed")])
async def test_who_is_muted_or_removed_is_refused(store: Store, key: object, word: str) -> None:
    await store.link.client.set(key(NIGHT, ANA), "1", px=60_000)  # type: ignore[operator]
    assert (await say(store)).word == word


async def test_a_closed_room_takes_nothing(store: Store) -> None:
    await store.link.client.hset(keys.meta(NIGHT), "state", "closed")
    assert (await say(store)).word == "closed"


async def test_too_many_at_once_are_refused_and_the_wait_is_true(store: Store) -> None:
    outcomes = [await say(store) for _ in range(store.settings.message_burst + 1)]
    assert [outcome.word for outcome in outcomes] == ["posted"] * store.settings.message_burst + ["rate"]
    assert 0 < outcomes[-1].number <= 60_000 // store.settings.messages_per_minute


async def test_an_allowance_without_a_bound_is_none(store: Store) -> None:
    plenty = with_settings(store.settings, messages_per_minute=10**9, message_burst=10**6)
    roomy = structs.replace(store.channels, settings=plenty)
    for place in range(50):
        client_id = bytes([place + 1]) * 16
        outcome = await roomy.post(utterance(client_id), said(client_id=client_id), NOBODY, {})
        assert outcome.word == "posted"


async def test_a_name_that_was_changed_elsewhere_is_noticed(store: Store) -> None:
    await store.link.client.set(keys.name(NIGHT, ANA), "new-name-1")
    outcome = await say(store, handle="old-name-1")
    assert (outcome.word, outcome.value) == ("name", b"new-name-1")


async def test_an_errand_is_left_with_the_message_and_only_then(store: Store) -> None:
    errand: Errands = {"e1": Tell("desk", b"event")}
    await store.channels.post(utterance(), said(), NOBODY, errand)
    await store.channels.post(utterance(), said(), NOBODY, {"e2": Tell("desk", b"event")})
    assert set(await store.link.client.hgetall(keys.out(NIGHT))) == {b"e1"}


async def test_an_event_is_appended_once_by_its_errand(store: Store) -> None:
    event = codec.encode(TicketSettled(ticket="t1", at=codec.UNSTAMPED))
    for _ in range(2):
        await store.channels.append("inbox:" + ANA, event, "e1", ANA)
    assert len(await store.channels.after("inbox:" + ANA, 0)) == 1


async def test_what_is_over_the_limit_goes_and_the_floor_says_so(store: Store) -> None:
    settings = with_settings(store.settings, history_messages=5)
    small = structs.replace(store.channels, settings=settings)
    for place in range(8):
        client_id = bytes([place]) * 16
        await small.post(utterance(client_id, exempt=True), said(client_id=client_id), NOBODY, {})
    standing = await store.channels.standing(NIGHT)
    assert (standing.seq, standing.floor) == (8, 3)
    assert [entry.seq for entry in await store.channels.after(NIGHT, 0)] == [4, 5, 6, 7, 8]


async def test_a_quiet_room_lets_go_of_old_text(store: Store) -> None:
    await say(store)
    await store.channels.trim(NIGHT)
    assert len(await store.channels.after(NIGHT, 0)) == 1
    hurried = structs.replace(store.channels, settings=with_settings(store.settings, history_ms=-1))
    await hurried.trim(NIGHT)
    assert await store.channels.after(NIGHT, 0) == []
    assert (await store.channels.standing(NIGHT)).floor == 1


async def test_what_left_for_want_of_room_leaves_no_bytes_when_the_room_is_next_swept(store: Store) -> None:
    small = structs.replace(store.channels, settings=with_settings(store.settings, history_messages=5))
    for place in range(8):
        client_id = bytes([place]) * 16
        text = "canary-7741" if place == 1 else f"word {place}"
        await small.post(utterance(client_id, exempt=True), said(text, client_id), NOBODY, {})
    log = keys.log(NIGHT)
    assert b"canary-7741" in await dumped(store)
    await small.trim(NIGHT)
    assert b"canary-7741" not in await dumped(store)
    assert [entry.seq for entry in await store.channels.after(NIGHT, 0)] == [4, 5, 6, 7, 8]
    assert 0 < await store.link.client.pttl(log) <= store.settings.history_ms


async def test_a_rooms_text_lives_a_day_and_its_numbers_for_ever(store: Store) -> None:
    await say(store)
    assert 0 < await store.link.client.pttl(keys.log(NIGHT)) <= store.settings.history_ms
    assert await store.link.client.pttl(keys.meta(NIGHT)) == -1


async def test_pages_are_read_backwards_from_a_number(store: Store) -> None:
    for _ in range(4):
        await say(store, exempt=True)
    assert [entry.seq for entry in await store.channels.before(NIGHT, 4, 2)] == [2, 3]
    assert [entry.seq for entry in await store.channels.before(NIGHT, None, 2)] == [3, 4]


def with_settings(settings: Settings, **changes: int) -> Settings:
    return dataclasses.replace(settings, **changes)  # type: ignore[arg-type]

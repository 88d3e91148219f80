"""Whoever sweeps finds what a step has left, wherever that was, and asks nobody else, against real stores."""

import pytest
from msgspec import msgpack, structs

from server.domain.errands import Tell
from server.store import keys
from server.store.channels import NOBODY, Utterance
from server.store.store import Store
from tests.store.test_channels import said

TOLD = Tell("inbox:ana", b"event")


async def leave(store: Store, channel: str) -> None:
    utterance = Utterance(channel, "ana", b"1" * 16, b"", b"digest00", "", True)
    await store.channels.post(utterance, structs.replace(said(), channel=channel), NOBODY, {"e1": TOLD})


@pytest.mark.parametrize("channel", ["room:night", "ticket:t1"])
async def test_what_a_step_has_left_is_found_until_it_is_carried(store: Store, channel: str) -> None:
    await leave(store, channel)
    assert await store.outbox.left() == {channel: {"e1": msgpack.encode(TOLD)}}
    await store.outbox.carried(channel, "e1")
    assert await store.outbox.left() == {}


async def test_nothing_is_announced_where_nothing_is_left(store: Store) -> None:
    utterance = Utterance("room:night", "ana", b"1" * 16, b"", b"digest00", "", True)
    await store.channels.post(utterance, said(), NOBODY, {})
    assert not await store.link.client.exists(keys.outboxes())

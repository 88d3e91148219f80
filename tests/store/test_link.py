"""The link: answers in order, what is published beside them, and what a lost or silent store means."""

import asyncio
import gc
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from server.config import Settings
from server.protocol.refusals import Code, Refused
from server.store import lineage
from server.store.call import ReplyError
from server.store.link import Link
from server.store.store import Store, opened
from tests.waiting import until


class Ear:
    def __init__(self) -> None:
        self.connections = 0
        self.heard_here: list[tuple[bytes, bytes]] = []

    def connected(self, link: Link) -> None:
        self.connections += 1

    def heard(self, channel: bytes, payload: bytes) -> None:
        self.heard_here.append((channel, payload))


async def test_answers_come_in_the_order_of_the_questions(store: Store) -> None:
    answers = await asyncio.gather(*(store.link.ask(("ECHO", str(number))) for number in range(500)))
    assert answers == [str(number).encode() for number in range(500)]


async def test_what_is_published_comes_between_answers_and_mixes_up_nothing(store: Store) -> None:
    store.link.listener = ear = Ear()
    store.link.follow(b"here")
    said = [(store.link.ask(("SPUBLISH", "here", str(n))), store.link.ask(("ECHO", f"e{n}"))) for n in range(50)]
    for number, (published, echoed) in enumerate(said):
        assert (await published, await echoed) == (1, b"e%d" % number)
    await until(lambda: len(ear.heard_here) == 50)
    assert ear.heard_here == [(b"here", b"%d" % number) for number in range(50)]


async def test_what_is_no_longer_followed_is_not_heard(store: Store) -> None:
    store.link.listener = ear = Ear()
    store.link.follow(b"here", b"there")
    store.link.unfollow(b"here")
    await store.link.ask(("SPUBLISH", "here", "1"))
    await store.link.ask(("SPUBLISH", "there", "2"))
    await until(lambda: ear.heard_here)
    assert ear.heard_here == [(b"there", b"2")]


async def test_an_error_is_the_askers_alone(store: Store) -> None:
    wrong, right = store.link.ask(("NONSENSE",)), store.link.ask(("PING",))
    with pytest.raises(ReplyError):
        await wrong
    assert await right == b"PONG"


async def test_a_cancelled_question_leaves_the_others_their_answers(store: Store) -> None:
    asked = [store.link.ask(("ECHO", str(number))) for number in range(3)]
    asked[1].cancel()
    assert (await asked[0], await asked[2]) == (b"0", b"2")


async def test_a_lost_connection_refuses_what_was_under_way_and_is_made_again(store: Store) -> None:
    store.link.listener = ear = Ear()
    waiting = store.link.ask(("BLPOP", "nothing", 0))
    await asyncio.sleep(0.05)
    await store.link.client.client_kill_filter(_type="normal", skipme=True)
    with pytest.raises(Refused) as no:
        await waiting
    assert (no.value.code, ear.connections) == (Code.UNAVAILABLE, 0)
    assert await store.link.ask(("PING",)) == b"PONG"
    assert ear.connections == 1


@pytest.mark.parametrize("lost", [True, False])
async def test_of_two_questions_that_fail_the_second_need_not_be_awaited(
    store: Store, caplog: pytest.LogCaptureFixture, lost: bool
) -> None:
    asked = [store.link.ask(("BLPOP", "nothing", 0) if lost else ("NONSENSE",)) for _ in range(2)]
    await asyncio.sleep(0.05)
    if lost:
        await store.link.client.client_kill_filter(_type="normal", skipme=True)
    with pytest.raises(Refused if lost else ReplyError):
        await asked[0]
    await asyncio.wait(asked)
    del asked
    gc.collect()
    assert "never retrieved" not in caplog.text


async def test_a_silent_store_is_given_up_and_asked_anew(settings: Settings) -> None:
    store = await opened(replace(settings, store_ms=200), settings.redis_url)
    with pytest.raises(Refused):
        await store.link.ask(("BLPOP", "nothing", 0))
    assert await store.link.ask(("PING",)) == b"PONG"
    await store.close()


async def test_a_store_that_is_gone_is_one_refusal_with_a_time(settings: Settings) -> None:
    away = Link(Redis.from_url("unix:///nowhere/at/all.sock", protocol=3), settings, lineage.settled)
    with pytest.raises(Refused) as refused:
        await away.ask(("PING",))
    assert refused.value.code is Code.UNAVAILABLE
    assert refused.value.retry_ms
    await away.close()

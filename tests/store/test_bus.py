"""The bus: everything once, in order, through lost frames, lost links and changed numbers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from server.config import Settings
from server.domain.channels import Entry, Standing
from server.protocol import codec
from server.protocol.events import TicketSettled
from server.store import keys
from server.store.bus import Bus
from server.store.store import Store, opened

NIGHT = "room:night"
ANA, BEN = "inbox:" + "a" * 32, "inbox:" + "b" * 32


class Heard:
    """Writes down what the bus tells."""

    def __init__(self) -> None:
        self.began: list[int] = []
        self.begun_times = 0
        self.numbers: list[int] = []
        self.gone: list[int] = []
        self.passed: list[bytes] = []
        self.anew = 0
        self.control: list[bytes] = []

    def begun(self, channel: str, standing: Standing, recent: Sequence[Entry]) -> None:
        self.began = [entry.seq for entry in recent]
        self.begun_times += 1

    def delivered(self, channel: str, seq: int, frame: bytes, author_tag: bytes, gone: int) -> None:
        self.numbers.append(seq)
        self.gone += [gone] if gone else []

    def passing(self, channel: str, frame: bytes, about: bytes = b"") -> None:
        self.passed.append(frame)

    def began_anew(self, channel: str) -> None:
        self.anew += 1

    def controlled(self, message: bytes) -> None:
        self.control.append(message)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def listening(store: Store) -> AsyncIterator[tuple[Bus, Heard]]:
    heard = Heard()
    bus = store.bus(heard)
    bus.start()
    try:
        yield bus, heard
    finally:
        await bus.stop()


async def tell(store: Store, count: int, start: int = 0, channel: str = NIGHT) -> None:
    event = codec.encode(TicketSettled(ticket="t1", at=codec.UNSTAMPED))
    for place in range(start, start + count):
        await store.channels.append(channel, event, f"e{place}")


async def test_what_was_there_is_known_and_what_comes_is_heard(store: Store) -> None:
    await tell(store, 2)
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        await tell(store, 3, start=2)
        await until(lambda: len(heard.numbers) == 3)
    assert (heard.began, heard.numbers) == ([1, 2], [3, 4, 5])


async def test_many_followers_at_once_begin_it_once(store: Store) -> None:
    async with listening(store) as (bus, heard):
        await asyncio.gather(*(bus.follow(NIGHT) for _ in range(20)))
        await tell(store, 1)
        await until(lambda: heard.numbers == [1])


async def test_a_lost_frame_is_filled_when_the_next_comes(store: Store) -> None:
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        await deafly(store, bus, 3)
        await tell(store, 1, start=3)
        await until(lambda: heard.numbers == [1, 2, 3, 4])


async def test_a_lost_frame_is_filled_when_the_room_falls_silent(settings: Settings) -> None:
    store = await opened(replace(settings, position_check_ms=100), settings.redis_url)
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        await deafly(store, bus, 3)
        await until(lambda: heard.numbers == [1, 2, 3])
    await store.close()


async def test_a_cut_link_is_made_again_and_what_it_missed_is_filled(store: Store) -> None:
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        await store.link.client.client_kill_filter(_type="pubsub")
        await tell(store, 5)
        await until(lambda: heard.numbers == [1, 2, 3, 4, 5])


async def test_a_number_taken_away_is_no_hole(store: Store) -> None:
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        await deafly(store, bus, 3)
        await store.link.client.xdel(keys.log(NIGHT), "2-0")
        await tell(store, 1, start=3)
        await until(lambda: heard.numbers == [1, 3, 4])


async def test_a_channel_that_began_anew_is_said_so_and_not_confused(store: Store) -> None:
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        await tell(store, 1)
        await until(lambda: heard.numbers == [1])
        await store.link.client.delete(keys.meta(NIGHT), keys.log(NIGHT))
        await asyncio.sleep(0.01)  # an epoch is a moment in milliseconds
        await tell(store, 1, start=1)
        await until(lambda: heard.anew == 1)
    assert heard.numbers == [1]


async def test_what_another_lineage_has_begun_anew_before_it_can_be_asked_anything(store: Store) -> None:
    await tell(store, 1)
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        bus.listen(ANA)
        before = store.link.lineage
        await store.link.client.hset(keys.lineage(), mapping={"run": "another", "lineage": "another"})
        await store.link.client.client_kill_filter(_type="pubsub")
        while store.link.lineage == before:
            await asyncio.sleep(0)
        assert heard.anew == 2, "or someone's words get a number that means others to them"
        bus.begin(ANA, Standing(1, 0, 0), ())
        assert heard.begun_times == 1, "with what was read in the life before"
        await bus.follow(NIGHT)
        await tell(store, 1, start=1)
        await until(lambda: heard.numbers == [2])


async def test_an_inbox_is_heard_by_who_follows_it_and_by_nobody_else(store: Store) -> None:
    event = codec.encode(TicketSettled(ticket="t1", at=codec.UNSTAMPED))
    elsewhere = await opened(store.settings, store.settings.redis_url)
    async with listening(store) as (bus, heard), listening(elsewhere) as (_, others):
        await bus.follow(ANA)
        await store.channels.append(ANA, event, "e1")
        await store.channels.append(BEN, event, "e1")
        await store.channels.append(ANA, event, "e2")
        await bus.control(b"ping")
        await until(lambda: others.control == [b"ping"] == heard.control)
    assert (heard.numbers, others.numbers) == ([1, 2], [])
    await elsewhere.close()


async def test_a_channel_that_is_listened_to_begins_with_what_a_step_has_read(store: Store) -> None:
    async with listening(store) as (bus, heard):
        for channel in (NIGHT, ANA):
            heard.numbers.clear()
            bus.listen(channel)
            await tell(store, 2, channel=channel)
            standing, recent = await store.channels.standing(channel), await store.channels.before(channel, None, 10)
            await tell(store, 2, start=2, channel=channel)
            assert heard.numbers == [], "it has not begun"
            bus.begin(channel, standing, recent)
            bus.begin(channel, standing, recent)
            await tell(store, 1, start=4, channel=channel)
            await until(lambda: len(heard.numbers) == 3)
            assert (heard.began, heard.numbers) == ([1, 2], [3, 4, 5])


async def test_what_was_listened_to_and_never_begun_is_let_go_and_can_be_followed(store: Store) -> None:
    async with listening(store) as (bus, heard):
        bus.listen(NIGHT)
        bus.forget_unbegun()
        bus.forget_unbegun()
        bus.begin(NIGHT, Standing(1, 0, 0), [])
        assert not bus._followed
        bus.listen(NIGHT)
        await bus.follow(NIGHT)
        bus.forget_unbegun()
        bus.forget_unbegun()
        await tell(store, 1)
        await until(lambda: heard.numbers == [1])


async def test_who_is_on_their_way_in_while_it_is_looked_at_gets_there(store: Store) -> None:
    async with listening(store) as (bus, heard):
        for _ in range(2):
            bus.listen(NIGHT)
            bus.forget_unbegun()
        bus.begin(NIGHT, Standing(1, 0, 0), [])
        assert heard.begun_times == 1


async def test_who_no_longer_follows_hears_nothing(store: Store) -> None:
    async with listening(store) as (bus, heard):
        await bus.follow(NIGHT)
        bus.unfollow(NIGHT)
        await tell(store, 1)
        await bus.control(b"ping")
        await until(lambda: heard.control == [b"ping"])
    assert heard.numbers == []


async def deafly(store: Store, bus: Bus, count: int) -> None:
    """Things are said while this process hears nothing of them, as when the link drops frames."""
    placing = {**store.channels.placing(NIGHT), "channel": "elsewhere"}
    event = codec.encode(TicketSettled(ticket="t1", at=codec.UNSTAMPED))
    for place in range(count):
        await store.channels.scripts.run(
            "append",
            {
                "meta": keys.meta(NIGHT),
                "log": keys.log(NIGHT),
                "seen": keys.seen(NIGHT, 0),
                "seen_before": keys.seen(NIGHT, 1),
            },
            {**placing, "event": event, "author_tag": bytes(8), "person": "", "field": f"d{place}", "seen_ms": 1000},
        )

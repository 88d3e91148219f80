"""A replay of any length goes out in steps, as its reader takes it; everything once, in order, or they come back."""

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Any, cast

import pytest

from server.actions.caller import Page
from server.protocol.refusals import Close, Code, Refused
from server.transport.channel import Channel
from server.transport.connection import Connection
from server.transport.frames import framed
from server.transport.replay import Replays
from tests.waiting import until

STEP = 100


def frame(number: int) -> bytes:
    return b"%04d" % number + bytes(16)


class Reader:
    """A connection that takes nothing until it is told to, unless it is quick."""

    fd = 3

    def __init__(self, quick: bool = False) -> None:
        self.quick = quick
        self.waits = b""
        self.took = b""
        self.closed: Close | None = None
        self.tasks: set[asyncio.Task[None]] = set()
        self.log = Log()

    async def read_on(self, channel: str, epoch: int, after: int) -> Page | None:
        assert (channel, epoch) == ("room:night", 1)
        return await self.log.after(after)

    def write(self, framed_bytes: bytes) -> None:
        self.waits += framed_bytes
        if self.quick:
            self.takes()

    send = write

    def flush(self) -> None: ...

    def takes(self) -> None:
        self.took += self.waits
        self.waits = b""

    @property
    def is_up_to_date(self) -> bool:
        return not self.waits

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.add(asyncio.create_task(work))

    def close(self, code: Close) -> None:
        self.closed = code

    @property
    def heard(self) -> list[int]:
        size = len(framed(frame(0)))
        return [int(self.took[place + 2 : place + 6]) for place in range(0, len(self.took), size)]


class Log:
    """Pages of two from a log of twenty; numbers in `gone` were removed, and below `floor` nothing is kept."""

    def __init__(self) -> None:
        self.gone: set[int] = set()
        self.floor = 0
        self.reads = 0
        self.away = False

    async def after(self, after: int) -> Page | None:
        self.reads += 1
        if self.away:
            raise Refused(Code.UNAVAILABLE)
        if after < self.floor:
            return None
        numbers = [number for number in range(after + 1, 21) if number not in self.gone][:2]
        return Page(tuple(map(frame, numbers)), numbers[-1] if numbers else 20)


@pytest.fixture
def night() -> Channel:
    """Memory reaches from 11 to 20."""
    night = Channel("room:night", 1, 20, 10)
    night.ring = deque((number, framed(frame(number))) for number in range(11, 21))
    return night


def begins(night: Channel, reader: Reader, after: int, page: Page | None = None) -> Replays:
    replays = Replays(asyncio.get_running_loop(), settle=lambda channel: None, step=STEP)
    replays.begin(cast(Connection, reader), night, after, page)
    return replays


async def takes_everything(reader: Reader, replays: Replays, night: Channel) -> int:
    """What was the most that ever waited."""
    most = 0
    while night.returning:
        most = max(most, len(reader.waits))
        reader.takes()
        replays.go_on_soon(cast(Connection, reader))
        await asyncio.sleep(0)
    reader.takes()
    return most


async def test_what_fits_in_one_step_goes_out_at_once_and_the_member_is_in(night: Channel) -> None:
    ana = Reader(quick=True)
    begins(night, ana, after=17)
    assert ana.heard == [18, 19, 20]
    assert set(map(id, night.flowing)) == {id(ana)}
    assert not night.returning


async def test_a_slow_reader_never_has_more_than_a_step_before_them(night: Channel) -> None:
    ana = Reader()
    replays = begins(night, ana, after=10)
    assert await takes_everything(ana, replays, night) < STEP + len(framed(frame(0)))
    assert ana.heard == list(range(11, 21))
    assert set(map(id, night.members)) == {id(ana)}


async def test_a_reader_who_takes_nothing_gets_no_second_step(night: Channel) -> None:
    ana = Reader()
    replays = begins(night, ana, after=10)
    waits = len(ana.waits)
    for _ in range(10):
        replays.go_on_soon(cast(Connection, ana))
        await asyncio.sleep(0)
    assert len(ana.waits) == waits
    assert set(map(id, night.returning or ())) == {id(ana)}


async def test_what_comes_meanwhile_is_told_at_its_turn(night: Channel) -> None:
    ana = Reader()
    replays = begins(night, ana, after=10)
    for number in (21, 22):
        night.keep(number, framed(frame(number)), gone=0, size=100)
    await takes_everything(ana, replays, night)
    assert ana.heard == list(range(11, 23))


async def test_below_memory_the_log_is_read_page_by_page(night: Channel) -> None:
    ana = Reader(quick=True)
    begins(night, ana, after=3)
    await until(lambda: not night.returning)
    assert ana.heard == list(range(4, 21))
    assert ana.log.reads == 4  # 4 and 5, 6 and 7, 8 and 9, 10 and 11; the rest is remembered


async def test_a_page_that_was_read_already_comes_first(night: Channel) -> None:
    ana = Reader(quick=True)
    begins(night, ana, after=3, page=Page((frame(4), frame(5)), 5))
    await until(lambda: not night.returning)
    assert ana.heard == list(range(4, 21))


async def test_memory_that_runs_on_under_a_slow_reader_is_made_up_for_by_the_log(night: Channel) -> None:
    ana = Reader()
    replays = begins(night, ana, after=10)
    for number in range(21, 30):
        night.keep(number, framed(frame(number)), gone=0, size=10)
    assert night.floor == 19
    await takes_everything(ana, replays, night)
    assert ana.heard == list(range(11, 30))
    assert ana.log.reads


async def test_what_was_trimmed_meanwhile_sends_them_back_to_be_told_so(night: Channel) -> None:
    ana = Reader(quick=True)
    ana.log.floor = 8
    begins(night, ana, after=3)
    await until(lambda: ana.closed)
    assert ana.closed is Close.STATE_LOST


async def test_a_store_that_is_away_sends_them_back(night: Channel) -> None:
    ana = Reader(quick=True)
    ana.log.away = True
    begins(night, ana, after=3)
    await until(lambda: ana.closed)
    assert ana.heard == []


async def test_a_replay_that_is_forgotten_says_no_more_and_a_second_one_takes_its_place(night: Channel) -> None:
    ana = Reader()
    replays = begins(night, ana, after=10)
    replays.begin(cast(Connection, ana), night, 18)
    await takes_everything(ana, replays, night)
    assert ana.heard[-2:] == [19, 20]
    assert len(ana.heard) < 10
    replays.begin(cast(Connection, ana), night, 10)
    heard = len(ana.heard)
    replays.forget(cast(Connection, ana))
    for _ in range(10):
        ana.takes()
        replays.go_on_soon(cast(Connection, ana))
        await asyncio.sleep(0)
    assert len(ana.heard) < heard + 10


async def test_two_channels_are_replayed_one_after_the_other(night: Channel) -> None:
    day = Channel("room:day", 1, 3, 0)
    day.ring = deque((number, framed(frame(number))) for number in (1, 2, 3))
    ana = Reader()
    replays = begins(night, ana, after=10)
    replays.begin(cast(Connection, ana), day, 0)
    while night.returning or day.returning:
        await takes_everything(ana, replays, night)
        await takes_everything(ana, replays, day)
    assert sorted(ana.heard) == [1, 2, 3, *range(11, 21)]
    assert [number for number in ana.heard if number > 10] == list(range(11, 21))

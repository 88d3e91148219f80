"""The hub hands every frame to every member once, in order, and lets nobody fall between replay and feed."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from typing import Any, cast

import pytest

from server.actions.caller import Page
from server.config import Settings
from server.domain.channels import Entry, Standing
from server.protocol import codec
from server.protocol.events import Done, OnDuty, SignedOut
from server.protocol.people import Role
from server.protocol.refusals import Close
from server.transport.connection import Connection
from server.transport.frames import framed
from server.transport.hub import Hub
from tests.transport.members import Member, let_go
from tests.waiting import until

NIGHT, DAY = "room:night", "room:day"


class Bus:
    """Follows at once; the test plays the store."""

    def __init__(self, hub: Hub, standing: Standing, recent: list[Entry]) -> None:
        self._hub, self._standing, self._recent = hub, standing, recent
        self.unfollowed: list[str] = []
        self.expects_more = False
        self.delay_s = 0.0

    async def follow(self, channel: str) -> None:
        self._hub.begun(channel, self._standing, self._recent)

    def listen(self, channel: str) -> None:
        raise AssertionError("not here")

    def begin(self, channel: str, standing: Standing, recent: Sequence[Entry]) -> None:
        raise AssertionError("not here")

    def forget_unbegun(self) -> None:
        pass

    def unfollow(self, channel: str) -> None:
        self.unfollowed.append(channel)

    async def control(self, message: bytes) -> None:
        self._hub.controlled(message)


@pytest.fixture(autouse=True)
def descriptors_are_closed() -> Iterator[None]:
    yield
    let_go()


def frame(seq: int) -> bytes:
    return codec.frame(seq, codec.encode(Done(ref=seq)))


def entry(seq: int) -> Entry:
    return Entry(seq, frame(seq), 1, "", bytes(8), 0)


def heard(*numbers: int) -> bytes:
    return b"".join(framed(frame(number)) for number in numbers)


async def house(recent: range = range(1, 1), size: int = 10, large: int = 2) -> tuple[Hub, Bus]:
    hub = Hub("p", Settings(ring_messages=size, large_channel=large, joining_ms=20))
    entries = [entry(seq) for seq in recent]
    hub.bus = bus = Bus(hub, Standing(1, entries[-1].seq if entries else 0, 0), entries)
    await hub.ring(NIGHT)
    return hub, bus


def join(hub: Hub, member: Member, after: int) -> None:
    hub.start(cast(Connection, member), NIGHT, after)


def two_members(hub: Hub) -> list[Member]:
    members = [Member(), Member()]
    for member in members:
        join(hub, member, after=0)
    return members


def deliver(hub: Hub, *numbers: int, gone: int = 0) -> None:
    for number in numbers:
        hub.delivered(NIGHT, number, frame(number), bytes(8), gone)


async def test_what_comes_in_one_turn_is_written_once_to_each() -> None:
    hub, _ = await house()
    members = two_members(hub)
    deliver(hub, 1, 2, 3)
    await asyncio.sleep(0)
    assert [member.writes for member in members] == [[heard(1, 2, 3)], [heard(1, 2, 3)]]


async def test_a_large_channel_waits_for_what_the_store_still_owes() -> None:
    hub, bus = await house()
    members = two_members(hub)
    bus.expects_more = True
    deliver(hub, 1)
    await asyncio.sleep(0)
    assert members[0].writes == []
    bus.expects_more = False
    deliver(hub, 2)
    await asyncio.sleep(0)
    assert [member.writes for member in members] == [[heard(1, 2)], [heard(1, 2)]]


async def test_it_waits_no_longer_than_it_may() -> None:
    hub, bus = await house()
    members = two_members(hub)
    bus.expects_more = True  # and never ceases to
    written: list[bytes] = []

    def is_written() -> bool:
        written.extend(members[0].writes)
        return bool(written)

    deliver(hub, 1)
    await until(is_written)
    assert written == [heard(1)]


async def test_a_small_channel_never_waits() -> None:
    hub, bus = await house(large=3)
    members = two_members(hub)
    bus.expects_more = True
    deliver(hub, 1)
    await asyncio.sleep(0)
    assert [member.writes for member in members] == [[heard(1)], [heard(1)]]


async def test_who_comes_while_a_channel_waits_hears_each_frame_once() -> None:
    hub, bus = await house()
    early = two_members(hub)
    bus.expects_more = True
    deliver(hub, 1)
    await asyncio.sleep(0)
    late = Member()
    join(hub, late, after=0)
    bus.expects_more = False
    deliver(hub, 2)
    await asyncio.sleep(0)
    assert b"".join(early[0].writes) == b"".join(late.writes) == heard(1, 2)


@pytest.mark.parametrize("sounding", [(NIGHT,), (DAY, NIGHT), (NIGHT, DAY)])
async def test_an_answer_comes_before_whatever_sounds_in_any_channel_of_theirs(sounding: tuple[str, ...]) -> None:
    hub, _ = await house()
    await hub.ring(DAY)
    member = Answered(b"answer")
    for channel in (NIGHT, DAY):
        hub.start(cast(Connection, member), channel, 0)
    for channel in sounding:
        hub.delivered(channel, 1, frame(1), bytes(8), 0)
    hub.speaks(cast(Connection, member))
    await asyncio.sleep(0)
    assert b"".join(member.writes) == b"answer" + heard(1) * len(sounding)


class Answered(Member):
    """Has been answered in this turn."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self._answer = answer

    def taken(self) -> bytes:
        answer, self._answer = self._answer, b""
        return answer

    def flush(self) -> None:
        self.send(self.taken())

    def send(self, framed_bytes: bytes) -> None:
        self.ours.send(framed_bytes)


async def test_who_joins_in_the_middle_of_a_turn_hears_each_frame_once() -> None:
    hub, _ = await house()
    early, late = Member(), Member()
    join(hub, early, after=0)
    deliver(hub, 1, 2)
    join(hub, late, after=0)
    deliver(hub, 3)
    await asyncio.sleep(0)
    assert b"".join(early.writes) == b"".join(late.writes) == heard(1, 2, 3)


async def test_replay_begins_where_one_was() -> None:
    hub, _ = await house(recent=range(1, 6))
    member = Member()
    join(hub, member, after=3)
    assert member.writes == [heard(4, 5)]


async def test_a_ring_that_ran_on_is_said_so_and_no_hole_is_shown() -> None:
    hub, _ = await house(recent=range(1, 4), size=3)
    deliver(hub, 4, 5, 6)
    member = Reading(kept=False)
    join(hub, member, after=1)
    await until(lambda: member.closed)
    assert (member.closed, member.writes) == (Close.STATE_LOST, [])


async def test_a_removed_message_leaves_the_ring() -> None:
    hub, _ = await house(recent=range(1, 4))
    deliver(hub, 4, gone=2)
    member = Member()
    join(hub, member, after=0)
    assert b"".join(member.writes) == heard(1, 3, 4)


async def test_passing_events_skip_who_is_behind() -> None:
    hub, _ = await house()
    quick, slow = Member(), Member()
    slow.is_up_to_date = False
    for member in (quick, slow):
        join(hub, member, after=0)
    event = codec.unnumbered(OnDuty(staff=()))
    hub.passing(NIGHT, event)
    assert (quick.writes, slow.writes) == ([framed(event)], [])


async def test_who_left_hears_nothing_and_an_empty_channel_is_let_go() -> None:
    hub, bus = await house()
    member = Member()
    join(hub, member, after=0)
    hub.leave(cast(Connection, member), NIGHT)
    deliver(hub, 1)
    await asyncio.sleep(0)
    await hub.forget_unfollowed()
    assert bus.unfollowed == [], "someone may be on their way in"
    await hub.forget_unfollowed()
    assert (member.writes, bus.unfollowed) == ([], [NIGHT])


async def test_who_is_on_their_way_in_while_it_is_looked_at_gets_there() -> None:
    hub, _ = await house()
    for _ in range(2):
        await hub.ring(NIGHT)
        await hub.forget_unfollowed()
        hub.listen(NIGHT)
        await hub.forget_unfollowed()
    member = Member()
    join(hub, member, after=0)
    assert member.closed is None


async def test_a_channel_that_began_anew_sends_its_members_back() -> None:
    hub, _ = await house()
    member = Member()
    join(hub, member, after=0)
    hub.began_anew(NIGHT)
    assert member.closed is Close.STATE_LOST


async def test_one_socket_can_be_closed() -> None:
    hub, _ = await house()
    one, two = Member("one"), Member("two")
    for member in (one, two):
        hub.admit(cast(Any, member))
    await hub.close("ana", Close.REPLACED, "one")
    assert (one.closed, two.closed) == (Close.REPLACED, None)


@pytest.mark.parametrize(("role", "both"), [(Role.PEER, True), (Role.MODERATOR, False)])
async def test_a_sign_in_that_ended_closes_its_sockets_of_a_peer_all_of_them(role: Role, both: bool) -> None:
    hub, _ = await house()
    one, two = Member("one"), Member("two")
    for member in (one, two):
        member.person.role = role
        hub.admit(cast(Any, member))
    hub.begun("inbox:ana", Standing(1, 0, 0), ())
    ended = codec.encode(SignedOut(sign_in="one", at=codec.UNSTAMPED))
    hub.delivered("inbox:ana", 1, b"\x92\xcf" + (1).to_bytes(8) + ended, bytes(8), 0)
    assert (one.closed, two.closed) == (Close.SIGNED_OUT, Close.SIGNED_OUT if both else None)


async def test_who_is_behind_reads_on_by_themselves_in_every_channel_once_they_take_something() -> None:
    hub, _ = await house()
    await hub.ring(DAY)
    member = Member()
    for channel in (NIGHT, DAY):
        hub.start(cast(Connection, member), channel, 0)
    deliver(hub, 1)
    member.is_up_to_date = False
    hub.flow_changed(cast(Connection, member))
    deliver(hub, 2)
    hub.delivered(DAY, 1, frame(1), bytes(8), 0)
    await asyncio.sleep(0)
    assert member.writes == [], "not even what was said just before: their socket is full"
    member.is_up_to_date = True
    hub.flow_changed(cast(Connection, member))
    await until(lambda: len(b"".join(member.through_transport)) >= len(heard(1, 2, 1)))
    assert b"".join(member.writes) in (heard(1, 2, 1), heard(1, 1, 2))
    member.through_transport.clear()
    deliver(hub, 3)
    await asyncio.sleep(0)
    assert member.writes == [heard(3)], "and flows again"


async def test_who_does_not_meet_an_author_hears_the_others_also_after_falling_behind() -> None:
    hub, _ = await house()
    member, other = Reading(), Member()
    for each in (member, other):
        join(hub, each, after=0)
    hub.hide(cast(Connection, member), NIGHT, frozenset({b"x" * 8}))

    def says(number: int, author_tag: bytes) -> None:
        hub.delivered(NIGHT, number, frame(number), author_tag, 0)

    says(1, b"x" * 8)
    says(2, bytes(8))
    await asyncio.sleep(0)
    assert (member.writes, other.writes) == ([heard(2)], [heard(1, 2)])
    member.through_transport.clear()
    member.is_up_to_date = False
    hub.flow_changed(cast(Connection, member))
    says(3, b"x" * 8)
    says(4, bytes(8))
    await asyncio.sleep(0)
    assert member.writes == []
    member.is_up_to_date = True
    hub.flow_changed(cast(Connection, member))
    await until(lambda: bool(member.through_transport))
    assert b"".join(member.writes) == heard(4)
    hub.hide(cast(Connection, member), NIGHT, frozenset())
    member.through_transport.clear()
    says(5, b"x" * 8)
    await asyncio.sleep(0)
    assert b"".join(member.writes) == heard(5), "and is one of all again"


async def test_who_is_behind_for_longer_than_memory_reaches_is_read_to_from_the_log() -> None:
    hub, _ = await house(size=2)
    member = Reading()
    join(hub, member, after=0)
    member.is_up_to_date = False
    hub.flow_changed(cast(Connection, member))
    deliver(hub, 1, 2, 3, 4, 5)
    await asyncio.sleep(0)
    member.is_up_to_date = True
    hub.flow_changed(cast(Connection, member))
    await until(lambda: len(b"".join(member.through_transport)) >= len(heard(1, 2, 3, 4, 5)))
    assert (member.asked, b"".join(member.writes)) == ([0], heard(1, 2, 3, 4, 5))


class Reading(Member):
    """Can be read to from the log."""

    def __init__(self, kept: bool = True) -> None:
        super().__init__()
        self.kept = kept
        self.asked: list[int] = []

    async def read_on(self, channel: str, epoch: int, after: int) -> Page | None:
        self.asked.append(after)
        if not self.kept:
            return None
        frames = tuple(frame(number) for number in range(after + 1, 6))
        return Page(frames, (bytes(8),) * len(frames), 5)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        self.reading = asyncio.create_task(work)


async def test_a_socket_that_is_closing_is_not_written_to_past_its_transport() -> None:
    hub, _ = await house()
    member = Member()
    join(hub, member, after=0)
    member.close(Close.TOO_SLOW)
    hub.flow_changed(cast(Connection, member))
    deliver(hub, 1)
    await asyncio.sleep(0)
    assert member.writes == [heard(1)] == member.through_transport

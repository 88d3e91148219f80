"""A channel hands the same bytes to everyone, and no one member can stop it."""

import contextlib
import socket
from collections.abc import Iterator
from typing import cast

import pytest

from server.transport.channel import Channel
from server.transport.connection import Connection
from tests.transport.members import Member, let_go


@pytest.fixture(autouse=True)
def descriptors_are_closed() -> Iterator[None]:
    yield
    let_go()


def channel(*members: Member) -> Channel:
    made = Channel("room:night", 1, 0, 0)
    for member in members:
        made.place(cast(Connection, member))
    return made


def say(night: Channel, *frames: bytes) -> None:
    night.pending = list(frames)
    night.flush()


def test_everyone_is_written_once_what_was_said_in_a_turn() -> None:
    members = [Member(), Member()]
    say(channel(*members), b"one", b"two")
    assert [member.writes for member in members] == [[b"onetwo"], [b"onetwo"]]


def test_one_full_or_dead_descriptor_ends_no_fan_out() -> None:
    first, full, dead, last = (Member(name) for name in ("first", "full", "dead", "last"))
    with contextlib.suppress(BlockingIOError):
        while True:
            full.ours.send(b"x" * 1000)
    dead.theirs.close()
    say(channel(first, full, dead, last), b"said")
    assert first.writes == last.writes == [b"said"]
    assert full.through_transport == dead.through_transport == [b"said"], "their transports find out"


def test_what_a_descriptor_took_in_part_is_finished_before_anything_else_goes_out() -> None:
    member = Member()
    member.connect(socket.SOCK_STREAM)
    member.ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    much = bytes(range(256)) * 400
    say(channel(member), much)
    took = member.theirs.recv(1 << 20)
    assert took
    assert member.through_transport
    assert took + b"".join(member.through_transport) == much


def test_who_hears_an_answer_first_hears_it_in_the_same_write() -> None:
    author, other = Member("author"), Member("other")
    night = channel(author, other)
    night.answered = {cast(Connection, author): b"posted "}
    say(night, b"said")
    assert (author.through_transport, other.writes) == ([b"posted said"], [b"said"])
    say(night, b"again")
    assert author.writes[-1] == other.writes[-1] == b"again", "and is one of all again"


def test_who_is_in_a_replay_is_a_member_and_told_nothing_beside_it() -> None:
    returning, flowing = Member("returning"), Member("flowing")
    night = channel(returning, flowing)
    night.wait_for(cast(Connection, returning))
    night.top = 1
    say(night, b"one")
    assert (returning.writes, flowing.writes, night.told) == ([], [b"one"], 1)
    assert cast(list[object], night.members) == [flowing, returning]
    night.remove(cast(Connection, returning))
    assert cast(list[object], night.members) == [flowing]


def test_a_removed_frame_leaves_the_ring_and_the_oldest_makes_way() -> None:
    night = channel()
    for number in range(1, 6):
        night.keep(number, b"%d" % number, bytes(8), gone=2 if number == 5 else 0, size=3)
    assert night.ring is not None
    assert [frame for _, frame, _ in night.ring] == [b"3", b"4", b"5"]
    assert (night.top, night.floor, night.latest(2)) == (5, 1, 3)

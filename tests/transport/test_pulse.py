"""The one timer of all sockets, with a loop whose clock is in our hands."""

import asyncio
from collections.abc import Iterator

import pytest

from server.config import Settings
from server.transport.pulse import BEATS, Pulse

SLOW_SECONDS = 8
SETTINGS = Settings(ping_ms=15_000, pong_ms=10_000, slow_ms=1_000 * SLOW_SECONDS)  # a beat a second


class Loop(asyncio.SelectorEventLoop):
    """Time stands still until `advance`, which runs what is due, one timer after the other."""

    moment = 1_000.0

    def time(self) -> float:
        return self.moment

    def advance(self, seconds: float, *, step: float = 1.0) -> None:
        end = self.moment + seconds
        while self.moment < end:
            self.moment = min(end, self.moment + step)
            self.run_until_complete(asyncio.sleep(0))
            self.run_until_complete(asyncio.sleep(0))


class Member:
    def __init__(self, loop: Loop, *, answers: bool = True) -> None:
        self._loop = loop
        self._answers = answers
        self.answered = loop.time()
        self.slot = 0
        self.unsent = 0
        self.pinged: list[float] = []
        self.let_go: list[float] = []
        self.late: list[float] = []

    def ping(self) -> None:
        self.pinged.append(self._loop.time())
        if self._answers:
            self.answered = self._loop.time()

    def unanswered(self) -> None:
        self.let_go.append(self._loop.time())

    def overdue(self) -> None:
        self.late.append(self._loop.time())


@pytest.fixture
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def pulse(loop: Loop) -> Pulse:
    return Pulse(SETTINGS)


def join(loop: Loop, pulse: Pulse, *members: Member) -> None:
    async def joining() -> None:
        for member in members:
            pulse.join(member)

    loop.run_until_complete(joining())


def test_everyone_is_pinged_once_a_round_and_never_all_at_once(loop: Loop, pulse: Pulse) -> None:
    members = [Member(loop) for _ in range(BEATS * 2)]
    join(loop, pulse, *members)
    loop.advance(30)
    assert {len(member.pinged) for member in members} == {2}
    assert len({member.pinged[0] for member in members}) == BEATS


def test_who_does_not_answer_is_let_go_when_the_patience_is_over(loop: Loop, pulse: Pulse) -> None:
    silent, talking = Member(loop, answers=False), Member(loop)
    join(loop, pulse, silent, talking)
    loop.advance(30)
    assert silent.let_go[0] - silent.pinged[0] == 10
    assert talking.let_go == []


def test_who_has_just_come_is_not_judged_by_a_ping_from_before(loop: Loop, pulse: Pulse) -> None:
    join(loop, pulse, Member(loop))
    loop.advance(7)
    members = [Member(loop, answers=False) for _ in range(BEATS)]
    join(loop, pulse, *members)
    loop.advance(9)
    assert all(member.let_go == [] for member in members)


def test_after_a_standstill_of_the_process_nobody_is_judged_before_they_were_read(loop: Loop, pulse: Pulse) -> None:
    members = [Member(loop, answers=False) for _ in range(BEATS)]
    join(loop, pulse, *members)
    loop.advance(10.9)
    loop.advance(120, step=120)
    assert all(member.let_go == [] for member in members)


def test_a_deadline_comes_unless_it_was_settled_or_moved(loop: Loop, pulse: Pulse) -> None:
    late, settled, moved = Member(loop), Member(loop), Member(loop)
    join(loop, pulse, late, settled, moved)
    for member in (late, settled, moved):
        pulse.expect(member, loop.time() + 2)
    pulse.settled(settled)
    pulse.expect(moved, loop.time() + 5)
    loop.advance(4)
    assert (len(late.late), settled.late, moved.late) == (1, [], [])
    loop.advance(2)
    assert len(moved.late) == 1


def test_who_left_hears_nothing_more_and_the_timer_ends_with_the_last(loop: Loop, pulse: Pulse) -> None:
    member = Member(loop)
    join(loop, pulse, member)
    pulse.expect(member, loop.time() + 2)
    pulse.leave(member)
    assert pulse.sockets == 0
    loop.advance(20)
    assert (member.pinged, member.late) == ([], [])
    again = Member(loop)
    join(loop, pulse, again)
    loop.advance(15)
    assert len(again.pinged) == 1


def test_who_takes_nothing_of_what_waits_is_let_go_though_they_still_talk(loop: Loop, pulse: Pulse) -> None:
    member = Member(loop)
    join(loop, pulse, member)
    member.unsent = 100
    loop.call_soon(pulse.falls_behind, member)
    for _ in range(SLOW_SECONDS):
        loop.advance(1)
        pulse.settled(member)  # as every frame of theirs does
        member.unsent += 100
        assert member.let_go == []
    loop.advance(2)
    assert len(member.let_go) > 0


def test_who_takes_a_little_now_and_then_is_slow_and_stays(loop: Loop, pulse: Pulse) -> None:
    member = Member(loop)
    join(loop, pulse, member)
    member.unsent = 10_000
    loop.call_soon(pulse.falls_behind, member)
    for _ in range(10):
        loop.advance(SLOW_SECONDS - 2)
        member.unsent -= 1
    assert member.let_go == []


def test_who_caught_up_is_not_looked_at(loop: Loop, pulse: Pulse) -> None:
    member = Member(loop)
    join(loop, pulse, member)
    loop.call_soon(pulse.falls_behind, member)
    loop.advance(1)
    pulse.catches_up(member)
    loop.advance(10 * SLOW_SECONDS)
    assert member.let_go == []

"""Sampled stacks are sorted by the part of the walk that they belong to."""

import pytest

from loadtests.bench.walk import Share, folded, is_asleep, part_of, shares

ROOT = "run_forever (loop.c:1)"
POSTING = (ROOT, "Connection._run (server/transport/connection.py:3)", "post (server/actions/posting.py:4)")


@pytest.mark.parametrize(
    ("stack", "part"),
    [
        (POSTING, "posting"),
        ((*POSTING, "screen (server/screeners/rules.py:9)", "search (_re2.cc:1)"), "screening"),
        ((*POSTING, "execute (redis/asyncio/client.py:1)"), "store call"),
        (
            (ROOT, "Channel.flush (server/transport/hub.py:8)", "WebSocket.send (server/transport/websocket.py:9)"),
            "fan-out write",
        ),
        ((ROOT, "uv__stream_io (stream.c:1)", "uv__read (stream.c:2)", "read (libc.so.6)"), "socket read"),
        ((ROOT, "uv__run_timers (timer.c:1)"), "event loop"),
    ],
)
def test_the_nearest_of_our_files_names_the_part(stack: tuple[str, ...], part: str) -> None:
    assert part_of(stack) == part


def test_who_sleeps_is_not_counted() -> None:
    asleep = (ROOT, "epoll_pwait (libc.so.6)")
    assert is_asleep(asleep)
    assert shares([(asleep, 90), (POSTING, 10)]) == [Share("posting", 1.0, 0.0)]


def test_system_calls_are_told_apart() -> None:
    stack = (ROOT, "Channel.flush (server/transport/hub.py:8)", "write (libc.so.6)")
    assert shares([(stack, 3), (POSTING, 1)]) == [Share("fan-out write", 0.75, 0.75), Share("posting", 0.25, 0.0)]


def test_folded_stacks_are_read() -> None:
    assert list(folded(["a (b);c d (e) 12\n"])) == [(("a (b)", "c d (e)"), 12)]

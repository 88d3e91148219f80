"""What is served at any load, and what is asked to come again."""

from typing import Any

import pytest

from server.protocol import commands
from server.protocol.people import STAFF, Role
from server.protocol.refusals import Code
from server.transport import lanes

ROOM, THREAD, ID = "room:evening", "ticket:abc", b"1" * 16


def command(kind: type[commands.Command], **fields: Any) -> commands.Command:
    return kind(ref=1, **fields)


@pytest.mark.parametrize(
    "always",
    [
        command(commands.Help, client_id=ID),
        command(commands.Help, client_id=ID, channel=ROOM),
        command(commands.Leave, channel=ROOM),
        command(commands.Report, channel=ROOM, seq=1, reason="worried"),
        command(commands.Ping),
        command(commands.Post, channel=THREAD, client_id=ID, text="are you there?"),
        command(commands.Join, channel=THREAD),
        command(commands.History, channel=THREAD, before=1),
    ],
    ids=lambda each: type(each).__name__,
)
def test_help_reports_leaving_and_a_private_thread_are_always_served(always: commands.Command) -> None:
    assert lanes.is_reserved(always, Role.PEER)
    assert lanes.is_reserved(always, None)


@pytest.mark.parametrize(
    "ordinary",
    [
        command(commands.Post, channel=ROOM, client_id=ID, text="hello"),
        command(commands.Join, channel=ROOM),
        command(commands.History, channel=ROOM, before=1),
        command(commands.Rename, channel=ROOM),
        command(commands.Typing, channel=ROOM),
        command(commands.Withdraw, channel=ROOM, client_id=ID),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_a_peer_does_in_a_room_can_wait_and_what_staff_do_cannot(ordinary: commands.Command) -> None:
    assert not lanes.is_reserved(ordinary, Role.PEER)
    assert not lanes.is_reserved(ordinary, None)
    assert all(lanes.is_reserved(ordinary, role) for role in STAFF)


def test_who_is_refused_together_is_not_told_to_come_again_together() -> None:
    refusals = [lanes.overloaded() for _ in range(100)]
    assert {no.code for no in refusals} == {Code.OVERLOADED}
    waits = [no.retry_ms or 0 for no in refusals]
    assert len(set(waits)) > 50
    assert lanes.RETRY_MS[0] <= min(waits) <= max(waits) <= lanes.RETRY_MS[1]

"""One connection: hello first, one code for what is malformed, floods ended, words in their order."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast

import msgpack
import pytest

from server import app
from server.actions import dispatch, greeting
from server.actions.accounts import enter
from server.actions.services import Services
from server.config import Settings
from server.protocol import commands
from server.protocol.events import Refused, Said
from server.protocol.refusals import Close, Code
from server.transport import lanes, work
from server.transport.connection import Connection
from server.transport.hub import Hub
from tests.actions.conftest import NIGHT, Wire, built_once
from tests.waiting import until

__all__ = ["built_once"]


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[tuple[Services, Hub]]:
    quick = replace(settings, presence_jitter_ms=0, message_burst=100)
    async with app.house(quick, settings.redis_url) as (services, hub):
        yield services, hub


class Browser:
    """Speaks MessagePack by the other library, so that the wire depends on no one's reading of it."""

    def __init__(self, house: tuple[Services, Hub], cookie: str | None) -> None:
        services, hub = house
        self.wire = Wire()
        self.wire.cookie = cookie
        self.connection = Connection(self.wire, services, hub)
        self.ref = 0

    def sends(self, kind: str, **fields: Any) -> None:
        self.ref += 1
        self.connection.received(msgpack.packb({"type": kind, "ref": self.ref, **fields}))

    def codes(self) -> list[str]:
        self.connection.flush()
        return [event.code for _, event in self.wire.heard if hasattr(event, "code")]

    async def heard(self, kind: str) -> Any:
        def found() -> list[Any]:
            return [event for _, event in self.wire.heard if type(event).__name__ == kind]

        await until(found)
        return found()[-1]


@pytest.fixture
async def token(house: tuple[Services, Hub]) -> str:
    return (await enter(house[0], None)).token


async def test_hello_is_answered_and_then_a_room_can_be_joined(house: tuple[Services, Hub], token: str) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    ana.sends("join", channel=NIGHT)
    assert (await ana.heard("Joined")).channel == NIGHT


async def test_what_follows_hello_without_waiting_is_served_in_its_order(
    house: tuple[Services, Hub], token: str
) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    ana.sends("join", channel=NIGHT)
    for number in range(5):
        ana.sends("post", channel=NIGHT, client_id=bytes([number + 1]) * 16, text=f"line {number}", rules=1)
    await until(lambda: len([1 for _, event in ana.wire.heard if isinstance(event, Said)]) == 5)
    said = [event.text for _, event in ana.wire.heard if isinstance(event, Said)]
    assert said == [f"line {number}" for number in range(5)]


@pytest.mark.parametrize("cookie", [None, "", "nonsense", f"{'a' * 32}.{'b' * 43}"])
async def test_who_is_not_known_is_told_by_one_close_code_13(house: tuple[Services, Hub], cookie: str | None) -> None:
    ana = Browser(house, cookie)
    ana.sends("hello", version=1)
    await until(lambda: ana.wire.closed is Close.NO_SESSION)
    assert ana.wire.heard == []


async def test_silence_is_closed_36(house: tuple[Services, Hub], token: str) -> None:
    services, hub = house
    hurried = replace(services.settings, hello_ms=1)
    ana = Browser((replace(services, settings=hurried), hub), token)
    await until(lambda: ana.wire.closed is Close.NO_HELLO)


async def test_anything_before_hello_is_closed_37(house: tuple[Services, Hub], token: str) -> None:
    ana = Browser(house, token)
    ana.sends("join", channel=NIGHT)
    assert ana.wire.closed is Close.NO_SESSION


async def test_a_second_hello_is_refused_and_closed_38(house: tuple[Services, Hub], token: str) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    ana.sends("hello", version=1)
    assert (ana.codes(), ana.wire.closed) == ([Code.ALREADY], Close.BAD_FRAME)


@pytest.mark.parametrize("version", [0, 999, "1", -1, None, 1.0])
async def test_another_version_is_told_by_its_own_close_code_39(
    house: tuple[Services, Hub], token: str, version: object
) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=version)
    assert ana.wire.closed is Close.VERSION


@pytest.mark.parametrize(
    "frame",
    [b"", b"\xc1", b"\x80\x80", b"\x82\xa4type", b"\xdf\xff\xff\xff\xff", b"\x91" * 1000, b"\x01", b"\xc0"],
    ids=["40", "41", "42", "43", "44", "46", "48 int", "48 nil"],
)
async def test_what_is_no_command_is_one_code_and_the_third_is_the_last(
    house: tuple[Services, Hub], token: str, frame: bytes
) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    for tries in range(1, 4):
        ana.connection.received(frame)
        assert ana.codes() == [Code.BAD_FRAME] * tries
        assert ana.wire.closed is (Close.BAD_FRAME if tries == 3 else None)


async def test_too_many_frames_are_refused_with_a_time_and_help_is_not(house: tuple[Services, Hub], token: str) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    for _ in range(50):
        ana.sends("ping")
    await until(lambda: Code.RATE in ana.codes())
    ana.sends("help", client_id=b"1" * 16)
    assert (await ana.heard("HelpReceived")).ticket


async def test_a_flood_is_closed_81(house: tuple[Services, Hub], token: str) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    for _ in range(500):
        ana.sends("ping")
    assert ana.wire.closed is Close.FLOOD


async def test_an_action_that_hangs_is_answered_and_the_next_goes_on(
    house: tuple[Services, Hub], token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setitem(cast(dict[Any, Any], dispatch.ACTIONS), commands.History, hangs)
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    ana.sends("history", channel=NIGHT, before=1)
    ana.sends("join", channel=NIGHT)
    await asyncio.sleep(0.02)
    await house[1].hurry()
    assert ana.codes() == []
    monkeypatch.setattr(work, "ENDS_WITHIN_S", 0.0)
    await house[1].hurry()
    await ana.heard("Joined")
    assert ana.codes() == [Code.INTERNAL]


async def test_a_bug_at_hello_closes_the_socket_and_its_message_is_not_logged(
    house: tuple[Services, Hub], token: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(*_: object) -> None:
        raise ValueError("secret words")

    monkeypatch.setattr(greeting, "hello", breaks)
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await until(lambda: ana.wire.closed is Close.FAULT)
    assert "ValueError" in caplog.text
    assert "secret words" not in caplog.text


async def test_at_any_load_help_is_served_and_what_can_wait_is_asked_to_come_again(
    house: tuple[Services, Hub], token: str
) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    house[1].under_way += 10_000
    ana.sends("join", channel=NIGHT)
    ana.sends("history", channel=NIGHT, before=1)
    ana.sends("post", channel=NIGHT, client_id=b"1" * 16, text="hello")
    ana.sends("typing", channel=NIGHT)
    assert ana.codes() == [Code.OVERLOADED] * 3
    refused = [event for _, event in ana.wire.heard if isinstance(event, Refused)]
    assert all(event.retry_ms and event.retry_ms >= 1_000 for event in refused)
    ana.sends("help", client_id=b"1" * 16)
    assert (await ana.heard("HelpReceived")).ticket
    house[1].under_way -= 10_000
    ana.sends("join", channel=NIGHT)
    await ana.heard("Joined")
    assert house[1].under_way == 0


async def test_a_store_that_falls_behind_is_a_load_too_once_there_is_a_crowd(
    house: tuple[Services, Hub], token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    monkeypatch.setattr(type(house[1].bus), "delay_s", 5.0)
    ana.sends("join", channel=NIGHT)
    await ana.heard("Joined")
    house[1].under_way += lanes.FEW
    ana.sends("history", channel=NIGHT, before=1)
    assert ana.codes() == [Code.OVERLOADED]


async def test_a_newcomer_is_turned_away_only_when_there_is_far_too_much(
    house: tuple[Services, Hub], token: str
) -> None:
    services, hub = house
    hub.under_way += services.settings.commands_in_flight
    ana, ben = Browser(house, token), Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    ana.sends("join", channel=NIGHT)
    await ana.heard("Joined")
    hub.under_way += services.settings.handshake_burst
    ben.sends("hello", version=1)
    assert ben.wire.closed is Close.OVERLOADED
    ana.sends("join", channel="room:study")
    assert ana.codes() == [Code.OVERLOADED]


async def test_who_is_let_go_is_answered_first_and_says_the_rest_elsewhere(
    house: tuple[Services, Hub], token: str
) -> None:
    ana = Browser(house, token)
    ana.sends("hello", version=1)
    await ana.heard("Welcome")
    ana.sends("join", channel=NIGHT)
    ana.connection.let_go()
    assert ana.wire.closed is None
    ana.sends("post", channel=NIGHT, client_id=b"1" * 16, text="too late here", rules=1)
    await until(lambda: ana.wire.closed)
    assert ana.wire.closed is Close.RESTART
    assert [type(event).__name__ for _, event in ana.wire.heard if hasattr(event, "ref")][-1] == "Joined"


async def test_who_has_nothing_under_way_is_let_go_at_once(house: tuple[Services, Hub], token: str) -> None:
    ana = Browser(house, token)
    ana.connection.let_go()
    assert ana.wire.closed is Close.RESTART

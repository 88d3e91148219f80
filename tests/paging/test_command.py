"""A command: told by its standard input, and ended at the deadline whatever it does."""

import asyncio
import json
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from server.domain.paging import Kind
from server.domain.routes import Command
from server.outside.thread import Failed
from server.paging.command import CommandRoute
from server.paging.route import ANSWER_BYTES
from tests.paging.conftest import alert


def route(*words: str, deadline_s: float = 10.0, **environment: str) -> CommandRoute:
    way = Command(name="command", program=words[0], arguments=words[1:])
    return CommandRoute(way, {"PATH": os.environ["PATH"], **environment}, deadline_s)


async def why(made: CommandRoute) -> str:
    with pytest.raises(Failed) as no:
        await made.tell(alert())
    return no.value.why


async def test_it_is_told_the_alert_and_what_it_says_comes_back() -> None:
    said = json.loads(await route("cat").tell(alert(Kind.DRILL)))
    assert (said["kind"], said["ticket"], said["link"]) == ("drill", "t1", "https://chat.example/page/abc")


async def test_no_shell_reads_its_words() -> None:
    assert await route("echo", "$HOME; ls").tell(alert()) == b"$HOME; ls\n"


async def test_it_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "of ours")
    assert b"of ours" not in await route("env").tell(alert())
    assert b"TOKEN=theirs" in await route("env", TOKEN="theirs").tell(alert())


async def test_one_that_fails_or_is_not_there_is_a_no(tmp_path: Path) -> None:
    assert await why(route("false")) == "answer"
    assert await why(route(str(tmp_path / "nothing"))) == "program"


async def test_one_that_does_not_listen_is_told_all_the_same() -> None:
    assert await route("true").tell(alert()) == b""


async def test_one_that_hangs_is_ended_with_all_it_has_started(tmp_path: Path) -> None:
    noted = tmp_path / "pids"
    async with asyncio.timeout(10):
        assert await why(route("sh", "-c", f"sleep 60 & echo $! > {noted}; sleep 60", deadline_s=0.5)) == "timeout"
    until = time.monotonic() + 5
    while _lives(int(noted.read_text())):
        assert time.monotonic() < until
        await asyncio.sleep(0.02)


async def test_one_that_writes_a_lot_is_read_to_its_end_and_mostly_forgotten() -> None:
    said = await route("sh", "-c", "cat > /dev/null; head -c 30000000 /dev/zero").tell(alert())
    assert said == bytes(ANSWER_BYTES)


async def test_one_that_writes_without_an_end_is_ended() -> None:
    async with asyncio.timeout(10):
        assert await why(route("cat", "/dev/zero", deadline_s=0.5)) == "timeout"


def _lives(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    return False

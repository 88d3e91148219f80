import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from server import embedded
from server.config import Settings
from server.data_folder import NoStore

PATIENCE_SECONDS = 20.0
PARENT = """
import sys, time
from server import embedded
from server.config import Settings
store = embedded.start(Settings(data_dir=sys.argv[1]))
print(store.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=str(tmp_path), store_fsync="everysec")


def connected(store: embedded.Store) -> "redis.Redis":
    return redis.Redis.from_url(store.url)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until_ended(pid: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while runs(pid):
        assert time.monotonic() < until, "the process did not end"
        time.sleep(0.02)


def test_what_was_written_is_found_at_the_next_start(settings: Settings) -> None:
    first = embedded.start(settings)
    with connected(first) as store:
        store.set("light", "on")
    first.stop()
    second = embedded.start(settings)
    with connected(second) as store:
        assert store.get("light") == b"on"
    second.stop()


def test_a_stop_leaves_no_process_and_no_socket(settings: Settings) -> None:
    store = embedded.start(settings)
    store.stop()
    assert not runs(store.pid)
    assert not Path(store.socket).exists()


def test_what_was_written_survives_a_killed_store(settings: Settings) -> None:
    store = embedded.start(Settings(data_dir=settings.data_dir, store_fsync="always"))
    with connected(store) as client:
        client.set("light", "on")
    os.kill(store.pid, signal.SIGKILL)
    store.stop()
    again = embedded.start(settings)
    with connected(again) as client:
        assert client.get("light") == b"on"
    again.stop()


async def test_a_store_that_was_killed_is_started_again_at_the_same_address(settings: Settings) -> None:
    store = embedded.start(Settings(data_dir=settings.data_dir, store_fsync="always"))
    keeping = asyncio.create_task(store.keep())
    with connected(store) as client:
        client.set("light", "on")
    first = store.pid
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while store.pid == first or not answers(store):
            await asyncio.sleep(0.02)
    with connected(store) as client:
        assert client.get("light") == b"on"
    keeping.cancel()
    store.stop()


def answers(store: embedded.Store) -> bool:
    try:
        with connected(store) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_a_killed_program_leaves_no_orphan_and_can_start_again_at_once(settings: Settings) -> None:
    program = subprocess.Popen([sys.executable, "-c", PARENT, settings.data_dir], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    embedded.start(settings).stop()
    wait_until_ended(pid)


def test_a_second_start_on_the_same_folder_is_refused_in_a_sentence(settings: Settings) -> None:
    store = embedded.start(settings)
    with pytest.raises(NoStore, match="Another server already uses .* DATA_DIR"):
        embedded.start(settings)
    store.stop()
    embedded.start(settings).stop()


def test_a_copy_of_a_running_folder_leaves_the_original_alone(settings: Settings, tmp_path: Path) -> None:
    store = embedded.start(settings)
    shutil.copytree(tmp_path / "store", tmp_path / "copy" / "store", ignore=shutil.ignore_patterns("*.sock"))
    copy = embedded.start(Settings(data_dir=str(tmp_path / "copy")))
    assert answers(store)
    assert answers(copy)
    copy.stop()
    store.stop()


def test_a_folder_too_deep_for_a_socket_still_works_and_leaves_nothing_outside(tmp_path: Path) -> None:
    deep = Settings(data_dir=str(tmp_path.joinpath(*["a-folder-with-a-rather-long-name"] * 5)))
    store = embedded.start(deep)
    outside = Path(store.socket).parent
    assert answers(store)
    assert embedded.attach(deep) == store.url
    store.stop()
    assert not outside.exists()


def test_the_command_line_finds_the_running_store(settings: Settings) -> None:
    store = embedded.start(settings)
    assert embedded.attach(settings) == store.url
    store.stop()
    with pytest.raises(NoStore, match="No server is running on"):
        embedded.attach(settings)


def test_the_command_line_prefers_a_store_of_your_own() -> None:
    assert embedded.attach(Settings(redis_url="redis://elsewhere:6379")) == "redis://elsewhere:6379"


def test_a_folder_written_by_a_newer_store_is_refused_in_a_sentence(settings: Settings, tmp_path: Path) -> None:
    embedded.start(settings).stop()
    record = tmp_path / "store" / "record.json"
    record.write_text(json.dumps({"written_by": "Valkey 99.0.0", "socket": "/nowhere"}))
    with pytest.raises(NoStore, match=r"was written by Valkey 99\.0\.0, which Valkey .* can't read"):
        embedded.start(settings)


@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server on PATH")
def test_a_folder_written_by_valkey_is_not_opened_by_redis(settings: Settings) -> None:
    embedded.start(settings).stop()
    with pytest.raises(NoStore, match="was written by Valkey .*, which Redis .* can't read"):
        embedded.start(Settings(data_dir=settings.data_dir, store_binary="redis-server"))


@pytest.mark.skipif(not shutil.which("redis-server"), reason="no redis-server on PATH")
def test_a_store_of_the_operators_choice_is_run(settings: Settings) -> None:
    store = embedded.start(Settings(data_dir=settings.data_dir, store_binary="redis-server"))
    with connected(store) as client:
        assert client.info("server")["tcp_port"] == 0
        assert client.config_get("appendonly") == {"appendonly": "yes"}
    store.stop()


@pytest.mark.parametrize("binary", ["/nowhere/valkey", sys.executable])
def test_a_binary_that_is_no_store_is_refused_in_a_sentence(settings: Settings, binary: str) -> None:
    with pytest.raises(NoStore, match="is not a Valkey or Redis that runs here"):
        embedded.start(Settings(data_dir=settings.data_dir, store_binary=binary))


def test_a_store_that_will_not_start_says_why(settings: Settings) -> None:
    with pytest.raises(NoStore, match="did not start"):
        embedded.start(Settings(data_dir=settings.data_dir, store_fsync="sometimes"))
    embedded.start(settings).stop()


def test_the_store_writes_no_report_of_what_people_said(settings: Settings) -> None:
    store = embedded.start(settings)
    with connected(store) as client:
        assert client.config_get("crash-log-enabled") == {"crash-log-enabled": "no"}
        assert client.config_get("slowlog-log-slower-than") == {"slowlog-log-slower-than": "-1"}
    store.stop()


def test_the_socket_is_for_nobody_else(settings: Settings) -> None:
    store = embedded.start(settings)
    assert Path(store.socket).stat().st_mode & 0o777 == 0o700
    with socket.socket(socket.AF_UNIX) as talk:
        talk.connect(store.socket)
    store.stop()

"""The house is built once and taken down in order; a mistake of the operator's is one sentence."""

import re
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from server import app
from server.config import Settings
from server.data_folder import DataFolder

HOUSE = Path(__file__).parent.parent


async def test_what_was_kept_is_found_again_by_the_next_house(settings: Settings) -> None:
    async with app.house(settings, settings.redis_url) as (services, _):
        await services.store.people.accept_rules("ana", 1)
        secret = await services.store.secret()
    async with app.house(settings, settings.redis_url) as (services, _):
        assert (await services.store.people.remembered("ana")).accepted == 1
        assert await services.store.secret() == secret


async def test_two_houses_on_one_store_share_everything_but_their_sockets(settings: Settings) -> None:
    plain = replace(settings, secret="")
    async with (
        app.house(plain, settings.redis_url) as (one, first),
        app.house(plain, settings.redis_url) as (two, second),
    ):
        assert one.secret == two.secret
        assert first.process != second.process


async def test_the_start_says_once_how_many_crisis_lines_are_to_be_checked(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with app.house(settings, settings.redis_url):
        pass
    (said,) = (record.getMessage() for record in caplog.records if "crisis lines" in record.getMessage())
    assert re.fullmatch(r"(\d+) of \1 crisis lines are to be checked: `python -m server lines check`", said)


@pytest.mark.parametrize(
    ("has", "gets", "warned"),
    [
        ((1_024, 1_000_000), (14_100, 1_000_000), False),
        ((1_024, resource.RLIM_INFINITY), (14_100, resource.RLIM_INFINITY), False),
        ((1_024, 4_096), (4_096, 4_096), True),
        ((1_000_000, 1_000_000), None, False),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), None, False),
    ],
)
def test_a_process_may_hold_as_many_descriptors_as_its_bounds_allow_connections(
    has: tuple[int, int],
    gets: tuple[int, int] | None,
    warned: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda what: has)
    monkeypatch.setattr(resource, "setrlimit", lambda what, limits: given.append(limits))
    app._allow_descriptors(Settings(connections=10_000, half_open=4_000))
    assert given == ([gets] if gets else [])
    assert bool(caplog.records) is warned


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT='eighty' is not a whole number"),
        ({"CONTENT_DIR": "/nowhere/at/all"}, "CONTENT_DIR=/nowhere/at/all is no folder"),
        ({"LANGUAGE": "xx"}, "LANGUAGE=xx"),
        ({"HOST": "192.0.2.1"}, "192.0.2.1:0 can't be listened on"),
    ],
    ids=["a setting", "a folder", "a language", "an address"],
)
def test_a_mistake_of_the_operators_is_one_sentence(environment: dict[str, str], sentence: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "server"],
        cwd=HOUSE,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), "PORT": "0", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 1
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_stops_everything_it_started_and_says_nothing(told: signal.Signals, tmp_path: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "server"],
        cwd=HOUSE,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), "PORT": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("Porchlight is at http://127.0.0.1:")
        record = DataFolder(str(tmp_path)).record()
        assert record is not None
        running.send_signal(told)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 0
    assert [line for line in said.splitlines() if "crisis lines" not in line] == []  # that is said at the start
    assert not Path(record.socket).exists()

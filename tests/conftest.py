"""A real store for every test: Valkey, and for the store's own tests also the redis-server on PATH."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import hypothesis
import pytest
import redis

from server import embedded, files
from server.config import Settings
from tests.walks import whole

VALKEY, REDIS = "valkey", "redis"
MAKES = {VALKEY: "", REDIS: shutil.which("redis-server") or ""}  # "": the binary that came with us

# A machine that others use too takes its time; what is fast enough is for the benchmark to say.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "store_url" in metafunc.fixturenames:
        about_the_store = Path(__file__).parent / "store" in metafunc.definition.path.parents
        makes = [VALKEY, REDIS] if about_the_store and MAKES[REDIS] else [VALKEY]
        metafunc.parametrize("store_url", makes, indirect=True)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    whole.learnt(getattr(node, "workeroutput", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """By the process that has seen all: a row of the frames' contract that no walk needs is one too many."""
    if not whole.is_over(session):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for row in whole.unneeded(terminalreporter._session):
        terminalreporter.write_line(f"tests/walks/golden.json: {row}; if that is meant, run: make golden")


@pytest.fixture(scope="session", autouse=True)
def decoded_once() -> Iterator[None]:
    """What a file says is worked out once for the same bytes: reading all of them takes most of a house's start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "decoded", cache(files.decoded))
        patch.setattr("server.files.available_timezones", cache(available_timezones))
        yield


@pytest.fixture(scope="session")
def started_store() -> Iterator[Callable[[str], str]]:
    """The address of a running store of that make, started when first asked for."""
    running: dict[str, embedded.Store] = {}
    folder = tempfile.mkdtemp(prefix="porchlight-test-")

    def url(make: str) -> str:
        if make not in running:
            wanted = Settings(data_dir=f"{folder}/{make}", store_binary=MAKES[make], store_fsync="no")
            running[make] = embedded.start(wanted)
        return running[make].url

    yield url
    for store in running.values():
        store.stop()
    shutil.rmtree(folder)


@pytest.fixture
def store_url(request: pytest.FixtureRequest, started_store: Callable[[str], str]) -> str:
    """An empty store's address."""
    url = started_store(request.param)
    with redis.Redis.from_url(url) as store:
        store.flushall()
        store.script_flush()
    return url


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    # A machine that others use too is no store that is away; listeners come trained, but where a test is about it.
    return Settings(
        redis_url=store_url,
        data_dir=str(tmp_path),
        secret="a secret for tests only",
        port=0,
        store_ms=15_000,
        training_required=False,
    )

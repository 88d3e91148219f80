"""A hook against real servers on this machine: one that is well, and every other kind."""

import asyncio
import json
import logging
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from server import screeners
from server.config import Settings
from server.domain.hooks import HookFile
from server.domain.screening import Policy, Runs, Screened, Source, Surface, Verdict
from server.files import read
from server.outside.breaker import FAILURES, REST_S
from server.outside.thread import Failed
from server.outside.web import SIGNATURE, signature
from server.screeners import BadPolicy
from server.screeners.hook import ANSWER_BYTES, WAITING, Hook
from tests.outside.conftest import Keeper, cert, other
from tests.outside.others import Answering, Endpoint, Other, drips, floods, next_request, tls, waits
from tests.screening.examples import example
from tests.waiting import until

__all__ = ["cert", "other"]

SECRET = "a secret between the two of us"
CANARY = "words of somebody"
POLICY = read("policy.toml", Policy, Settings())
NOTHING = b'{"seen":[]}'

Answers = Callable[[dict[str, str], bytes], bytes]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Making:
    """Hooks for one test; `clock` is the time by which they rest."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.made: list[Hook] = []

    def __call__(self, at: "Other | str", deadline_ms: int = 2_000, **more: object) -> Hook:
        url = at if isinstance(at, str) else f"http://127.0.0.1:{at.port}/look"
        file = HookFile(url=url, secret="HOOK_SECRET", deadline_ms=deadline_ms, **more)  # type: ignore[arg-type]
        self.made.append(Hook("elsewhere", file, SECRET, self.clock))
        return self.made[-1]


@pytest.fixture
async def hook() -> AsyncIterator[Making]:
    making = Making()
    yield making
    for each in making.made:
        each.close()


@pytest.fixture
def documented(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The hook of docs/screening-files.md, serving."""
    monkeypatch.setenv("SCREENING_HOOK_SECRET", SECRET)
    module = example("A hook that says")
    server = ThreadingHTTPServer(("127.0.0.1", 0), module.Hook)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/look"
    server.shutdown()
    server.server_close()


def saying(body: bytes, secret: str = SECRET, head: bytes = b"HTTP/1.1 200 OK") -> Answers:
    """Signs an answer as it should be signed, or with another secret."""

    def answer(headers: dict[str, str], asked: bytes) -> bytes:
        sign = signature(secret.encode(), headers[SIGNATURE.lower()], body).encode()
        length = str(len(body)).encode()
        return head + b"\r\nContent-Length: " + length + b"\r\nX-Porchlight-Signature: " + sign + b"\r\n\r\n" + body

    return answer


async def why(hook: Hook, text: str = CANARY) -> str:
    with pytest.raises(Failed) as no:
        await hook.screen(Screened.of(text))
    return no.value.why


# -- well


async def test_the_documented_hook_says_what_it_saw(hook: Making, documented: str) -> None:
    asking = hook(documented)
    (opinion,) = await asking.screen(Screened.of("write to me@here.example"))
    assert (opinion.reason, opinion.verdict, opinion.rule) == ("contact", Verdict.HOLD, "elsewhere.contact")
    assert await asking.screen(Screened.of("a quiet evening")) == ()


async def test_the_documented_hook_refuses_who_does_not_know_the_secret(hook: Making, documented: str) -> None:
    stranger = Hook("stranger", HookFile(url=documented, secret="HOOK_SECRET"), "another secret")
    assert await why(stranger) == "answer"
    stranger.close()


async def test_it_is_told_the_text_and_the_level_and_nothing_else(hook: Making, other: Keeper) -> None:
    heard: list[tuple[dict[str, str], bytes]] = []

    def listen(headers: dict[str, str], body: bytes) -> bytes:
        heard.append((headers, body))
        return saying(NOTHING)(headers, body)

    screened = Screened.of(CANARY, level="strict", languages=("en",), context=("said before",), region="GB")
    await hook(other(Answering(listen))).screen(screened)
    ((headers, body),) = heard
    assert json.loads(body) == {"text": CANARY, "level": "strict"}
    assert headers[SIGNATURE.lower()] == signature(SECRET.encode(), headers["x-porchlight-timestamp"], body)
    known = {"host", "accept-encoding", "content-length", "content-type", "user-agent", "line"}
    assert headers.keys() == known | {"x-porchlight-timestamp", "x-porchlight-signature"}


async def test_it_is_asked_about_the_surfaces_that_were_named(hook: Making, other: Keeper) -> None:
    server = other(Answering(saying(NOTHING)))
    asking = hook(server, surfaces=(Surface.MESSAGE, Surface.HANDLE))
    for surface in Surface:
        await asking.screen(Screened.of(CANARY, surface))
    assert server.asked == 2


async def test_one_connection_serves_one_text_after_the_other(hook: Making, other: Keeper) -> None:
    server = other(Answering(saying(NOTHING)))
    asking = hook(server)
    for _ in range(20):
        await asking.screen(Screened.of(CANARY))
    assert (server.asked, server.connections) == (20, 1)


async def test_no_more_are_asked_at_once_than_was_said_and_no_more_wait_than_may(hook: Making, other: Keeper) -> None:
    at_work, most, go_on = 0, 0, threading.Event()
    lock = threading.Lock()

    def slow(headers: dict[str, str], body: bytes) -> bytes:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        go_on.wait(5)
        with lock:
            at_work -= 1
        return saying(NOTHING)(headers, body)

    asking = hook(other(Answering(slow)), 5_000, at_once=3)
    screening = [asyncio.create_task(asking.screen(Screened.of(CANARY))) for _ in range(3 + WAITING)]
    await until(lambda: at_work == 3)
    assert await why(asking) == "busy"
    go_on.set()
    assert await asyncio.gather(*screening) == [()] * len(screening)
    assert most == 3


async def test_a_hook_that_nobody_asks_any_more_leaves_nothing_open(other: Keeper) -> None:
    left = threading.Event()

    class Watching(Answering):
        def _serve(self, talking: socket.socket) -> None:
            super()._serve(talking)
            left.set()

    server = other(Watching(saying(NOTHING)))
    file = HookFile(url=f"http://127.0.0.1:{server.port}/", secret="HOOK_SECRET")
    assert await Hook("elsewhere", file, SECRET).screen(Screened.of(CANARY)) == ()
    assert await asyncio.to_thread(left.wait, 5)


async def test_a_connection_that_was_closed_meanwhile_is_opened_anew(hook: Making, other: Keeper) -> None:
    endpoint = other(Closing(saying(NOTHING)))
    asking = hook(endpoint)
    for _ in range(5):
        assert await asking.screen(Screened.of(CANARY)) == ()
    assert endpoint.connections == 5


class Closing(Answering):
    """Answers once, says nothing of it, and hangs up."""

    def _serve(self, talking: socket.socket) -> None:
        if (request := next_request(talking)) is not None:
            talking.sendall(self._answers(*request))


# -- not well


OK = b"HTTP/1.1 200 OK\r\n"
FAILING: dict[str, tuple[Answers, str]] = {
    "another secret": (saying(NOTHING, "another secret"), "signature"),
    "no signature": (lambda headers, body: OK + b"Content-Length: 11\r\n\r\n" + NOTHING, "signature"),
    "a signature of no letters": (
        lambda headers, body: OK + b"X-Porchlight-Signature: \xff\xfe\r\nContent-Length: 11\r\n\r\n" + NOTHING,
        "signature",
    ),
    "no JSON": (saying(b"it is fine"), "nonsense"),
    "nothing": (saying(b""), "nonsense"),
    "allow": (saying(b'{"seen":[{"sign":"allow"}]}'), "nonsense"),
    "a verdict": (saying(b'{"seen":[],"verdict":"allow"}'), "nonsense"),
    "spans beyond the text": (saying(b'{"seen":[{"sign":"contact","spans":[[0,99]]}]}'), "nonsense"),
    "spans backwards": (saying(b'{"seen":[{"sign":"contact","spans":[[5,2]]}]}'), "nonsense"),
    "spans before the text": (saying(b'{"seen":[{"sign":"contact","spans":[[-5,2]]}]}'), "nonsense"),
    "status 500": (saying(NOTHING, head=b"HTTP/1.1 500 No"), "answer"),
    "status 404": (saying(NOTHING, head=b"HTTP/1.1 404 No"), "answer"),
    "no HTTP": (lambda headers, body: b"hello\r\n\r\n", "answer"),
    "one byte too long": (saying(b" " * (ANSWER_BYTES + 1)), "answer"),
    "many headers": (lambda headers, body: OK + b"a: b\r\n" * 5_000 + b"\r\n", "answer"),
}


@pytest.mark.parametrize("kind", FAILING)
async def test_an_answer_that_is_none_is_no_opinion(hook: Making, other: Keeper, kind: str) -> None:
    answers, expected = FAILING[kind]
    assert await why(hook(other(Answering(answers)))) == expected


async def test_a_redirect_is_not_followed(hook: Making, other: Keeper) -> None:
    elsewhere = other(Answering(saying(NOTHING)))
    head = f"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:{elsewhere.port}/look".encode()
    assert await why(hook(other(Answering(saying(NOTHING, head=head))))) == "redirect"
    assert elsewhere.connections == 0


HOSTILE: dict[str, Callable[[], Other]] = {
    "silent": lambda: Other(waits),
    "dripping headers": lambda: Endpoint(OK, drips(b"a")),
    "dripping an answer": lambda: Endpoint(OK + b"Content-Length: 10000\r\n\r\n", drips(b"x")),
    "going on for ever": lambda: Endpoint(b"", drips(b"HTTP/1.1 100 Continue\r\n\r\n")),
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_who_takes_too_long_is_late_and_leaves_the_next_its_thread(
    hook: Making, other: Keeper, kind: str
) -> None:
    asking = hook(other(HOSTILE[kind]()), 200, at_once=1)
    async with asyncio.timeout(10):
        assert [await why(asking) for _ in range(3)] == ["timeout"] * 3


async def test_of_a_huge_answer_no_more_is_read_than_could_be_one(hook: Making, other: Keeper) -> None:
    sent = 0

    def flood(talking: socket.socket) -> None:
        nonlocal sent
        while True:
            talking.sendall(b"x" * 65_536)
            sent += 65_536

    assert await why(hook(other(Endpoint(OK + b"Content-Length: 200000000\r\n\r\n", flood)))) == "answer"
    assert sent < 50_000_000
    assert await why(hook(other(Endpoint(OK + b"Transfer-Encoding: chunked\r\n\r\n", floods)))) == "answer"


async def test_who_hangs_up_midway_gave_no_answer(hook: Making, other: Keeper) -> None:
    for beginning in (b"", b"HTTP/1.1 2", OK, OK + b'Content-Length: 11\r\n\r\n{"seen'):
        assert await why(hook(other(Endpoint(beginning)))) in ("answer", "connection", "signature")


async def test_an_answer_to_something_else_is_none(hook: Making, other: Keeper) -> None:
    """Rightly signed, and given again: it would do for every text that comes after."""
    kept: list[bytes] = []

    def repeat(headers: dict[str, str], body: bytes) -> bytes:
        kept.append(kept[0] if kept else saying(NOTHING)(headers, body))
        return kept[0]

    asking = hook(other(Answering(repeat)))
    assert await asking.screen(Screened.of("one")) == ()
    assert await why(asking, "two") == "signature"


async def test_who_is_down_is_said_to_be(hook: Making) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert await why(hook(f"http://127.0.0.1:{port}/")) == "connection"


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    hook: Making, other: Keeper, cert: tuple[str, str]
) -> None:
    endpoint = other(Endpoint(encrypts=tls(*cert)))
    url = f"https://127.0.0.1:{endpoint.port}/"
    assert await why(hook(url)) == "tls"
    assert not endpoint.heard
    assert await why(hook(url, ca_file=cert[0])) == "signature"
    assert len(endpoint.heard) == 1


# -- left alone


async def test_who_fails_again_and_again_is_left_alone_and_tried_by_one_at_a_time(hook: Making, other: Keeper) -> None:
    moods = [saying(b"", head=b"HTTP/1.1 503 No")]
    server = other(Answering(lambda headers, body: moods[-1](headers, body)))
    asking = hook(server)
    assert [await why(asking) for _ in range(FAILURES + 50)] == ["answer"] * FAILURES + ["resting"] * 50
    assert server.asked == FAILURES
    hook.clock.now += REST_S
    tried = await asyncio.gather(*(why(asking) for _ in range(50)))
    assert sorted(tried) == ["answer", *["resting"] * 49]
    moods.append(saying(NOTHING))
    hook.clock.now += REST_S
    assert await asking.screen(Screened.of(CANARY)) == ()
    assert await asking.screen(Screened.of(CANARY)) == ()


async def test_who_speaks_nonsense_is_left_alone_too(hook: Making, other: Keeper) -> None:
    server = other(Answering(FAILING["spans beyond the text"][0]))
    asking = hook(server)
    assert [await why(asking) for _ in range(FAILURES + 1)] == ["nonsense"] * FAILURES + ["resting"]


async def test_the_log_says_why_in_a_word_and_nothing_of_the_text(
    hook: Making, other: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await why(hook(other(Answering(saying(f"I saw: {CANARY}".encode())))))
    assert "elsewhere gave no opinion: nonsense" in caplog.text
    assert CANARY not in caplog.text


# -- in the policy


def made(file: dict[str, object], environment: dict[str, str]) -> Hook:
    policy = Policy(
        version="1", review="", screeners=(Source(name="elsewhere", kind="hook", file="h"),), verdicts={}, mask="*"
    )
    settings = HookFile(**{"url": "https://a.example/", "secret": "HOOK_SECRET", **file})  # type: ignore[arg-type]

    def reading(name: str, kind: type) -> Any:
        return settings if name == "h" else read(name, kind, Settings())

    hook = next(made for made in screeners.build(policy, reading, environment) if made.name == "elsewhere")
    assert isinstance(hook, Hook)
    return hook


def test_the_policy_names_it_and_the_environment_holds_its_secret() -> None:
    hook = made({}, {"HOOK_SECRET": SECRET})
    assert (hook.name, hook.runs) == ("elsewhere", Runs.REMOTE)
    hook.close()


@pytest.mark.parametrize(
    ("file", "environment", "says"),
    [
        ({}, {}, "needs the environment variable HOOK_SECRET"),
        ({}, {"HOOK_SECRET": ""}, "needs the environment variable HOOK_SECRET"),
        ({"url": "http://a.example/"}, {"HOOK_SECRET": "1"}, "must begin with https://"),
        ({"ca_file": "/nowhere.pem"}, {"HOOK_SECRET": "1"}, "ca_file of the hook elsewhere"),
    ],
)
def test_a_hook_that_can_not_be_asked_is_named(file: dict[str, object], environment: dict[str, str], says: str) -> None:
    with pytest.raises(BadPolicy, match=says):
        made(file, environment)

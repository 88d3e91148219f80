"""A webhook against real endpoints: well, slow, wrong, down and hostile."""

import asyncio
import hmac
import json

import pytest

from loadtests.ports import free_port
from server.domain.paging import Kind
from server.domain.routes import Webhook
from server.outside.thread import Failed
from server.paging.route import ANSWER_BYTES
from server.paging.webhook import WebhookRoute
from tests.outside.others import Endpoint, Other, drips, floods, tls, waits
from tests.paging.conftest import SECRET, Keeper, alert

OK = b"HTTP/1.1 200 OK\r\n"


def route(url: str, deadline_s: float = 5.0, ca_file: str = "") -> WebhookRoute:
    return WebhookRoute(Webhook(name="hook", url=url, secret="HOOK", ca_file=ca_file), SECRET, deadline_s)


async def why(url: str, deadline_s: float = 5.0) -> str:
    with pytest.raises(Failed) as no:
        await route(url, deadline_s).tell(alert())
    return no.value.why


async def test_an_alert_comes_signed_over_its_time_and_its_body(other: Keeper) -> None:
    endpoint = other(Endpoint())
    assert await route(endpoint.url).tell(alert()) == b""
    ((headers, body),) = endpoint.heard
    assert headers["line"] == "POST /alerts?to=us HTTP/1.1"
    signature = hmac.digest(SECRET.encode(), f"{headers['x-porchlight-timestamp']}.".encode() + body, "sha256").hex()
    assert headers["x-porchlight-signature"] == f"sha256={signature}"
    said = json.loads(body)
    assert (said["kind"], said["urgency"], said["ticket"], said["waiting"]) == ("ticket", "serious", "t1", 2)
    assert set(said) == {"kind", "service", "urgency", "step", "ticket", "since", "waiting", "link"}


async def test_a_redirect_is_not_followed(other: Keeper) -> None:
    elsewhere = other(Endpoint())
    answer = f"HTTP/1.1 307 Go\r\nLocation: {elsewhere.url}\r\n\r\n".encode()
    assert await why(other(Endpoint(answer)).url) == "redirect"
    assert elsewhere.connections == 0


@pytest.mark.parametrize("status", [b"400 No", b"404 No", b"500 No", b"503 No", b"101 Switch"])
async def test_any_answer_but_a_yes_is_a_no(other: Keeper, status: bytes) -> None:
    assert await why(other(Endpoint(b"HTTP/1.1 " + status + b"\r\n\r\n")).url) == "answer"


@pytest.mark.parametrize("nonsense", [b"hello\r\n\r\n", b"\x00" * 100, b"HTTP/1.1 999999 x\r\n\r\n"])
async def test_an_answer_that_is_none_is_a_no(other: Keeper, nonsense: bytes) -> None:
    assert await why(other(Endpoint(nonsense)).url) == "answer"


async def test_an_endpoint_that_is_down_is_said_so() -> None:
    assert await why(f"http://127.0.0.1:{free_port()}/") == "connection"


async def test_one_that_never_answers_ends_at_the_deadline(other: Keeper) -> None:
    async with asyncio.timeout(10):
        assert await why(f"http://127.0.0.1:{other(Other(waits)).port}/", 0.2) == "timeout"


async def test_headers_that_never_end_end_at_the_deadline(other: Keeper) -> None:
    async with asyncio.timeout(10):
        assert await why(other(Endpoint(OK, drips(b"a"))).url, 0.3) == "timeout"


async def test_many_headers_are_too_many(other: Keeper) -> None:
    assert await why(other(Endpoint(OK + b"a: b\r\n" * 5_000)).url) == "answer"


async def test_a_body_without_an_end_is_not_waited_for(other: Keeper) -> None:
    endless = b"Transfer-Encoding: chunked\r\n\r\n"
    async with asyncio.timeout(4):
        assert await route(other(Endpoint(OK + endless, drips(b"1\r\na\r\n"))).url).tell(alert()) == b""


async def test_of_a_drills_answer_no_more_is_read_than_is_wanted(other: Keeper) -> None:
    endpoint = other(Endpoint(OK + b"Content-Length: 200000000\r\n\r\n", floods))
    assert await route(endpoint.url).tell(alert(Kind.DRILL)) == b"x" * ANSWER_BYTES


async def test_a_drills_answer_without_an_end_ends_at_the_deadline(other: Keeper) -> None:
    endpoint = other(Endpoint(OK + b"Content-Length: 200000000\r\n\r\n", drips(b"x")))
    with pytest.raises(Failed, match="timeout"):
        await route(endpoint.url, 0.3).tell(alert(Kind.DRILL))


async def test_an_endpoint_that_hangs_leaves_the_next_call_its_thread(other: Keeper) -> None:
    hangs = route(other(Endpoint(OK, drips(b"a"))).url, 0.2)
    for _ in range(6):
        with pytest.raises(Failed, match="timeout"):
            await hangs.tell(alert())


async def test_a_certificate_that_nobody_vouches_for_is_refused(other: Keeper, cert: tuple[str, str]) -> None:
    endpoint = other(Endpoint(encrypts=tls(*cert)))
    url = endpoint.url.replace("http", "https")
    assert await why(url) == "tls"
    assert not endpoint.heard
    assert await route(url, ca_file=cert[0]).tell(alert()) == b""
    assert len(endpoint.heard) == 1

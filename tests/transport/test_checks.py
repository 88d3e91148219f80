"""Host, https and who may change anything, as a production behind a proxy sees them."""

from typing import Any

import pytest

from server.config import Settings
from server.transport.checks import Checks

PRODUCTION = Settings(public_url="https://chat.example", proxies="10.0.0.1")
HOST = (b"host", b"chat.example")
OURS = [HOST, (b"x-porchlight", b"1"), (b"sec-fetch-site", b"same-origin")]


async def reached(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"no-cache")]})
    await send({"type": "http.response.body", "body": b"reached"})


async def ask(
    headers: list[tuple[bytes, bytes]],
    method: str = "GET",
    path: str = "/help",
    peer: str = "10.0.0.1",
    app: Any = reached,
) -> tuple[int, dict[bytes, bytes], bytes]:
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": headers}
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await Checks(app, PRODUCTION)({**scope, "client": (peer, 1)}, None, send)  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1].get("body", b"") if len(sent) > 1 else b""


async def test_entry_6_a_page_over_plain_http_is_sent_to_https() -> None:
    status, headers, _ = await ask([HOST, (b"x-forwarded-proto", b"http")])
    assert (status, headers[b"location"]) == (301, b"https://chat.example/help")


async def test_entry_6_a_sign_in_over_plain_http_is_refused() -> None:
    assert (await ask([*OURS, (b"x-forwarded-proto", b"http")], "POST"))[0] == 403


async def test_only_a_trusted_proxy_says_how_a_request_came() -> None:
    assert (await ask([HOST, (b"x-forwarded-proto", b"http")], peer="203.0.113.7"))[0] == 200
    assert (await ask([HOST, (b"x-forwarded-proto", b"https")]))[0] == 200


@pytest.mark.parametrize(
    "host", [b"evil.example", b"chat.example.evil.example", b"CHAT.EXAMPLE:443", b"127.0.0.1:8000", b""]
)
async def test_another_host_is_misdirected(host: bytes) -> None:
    assert (await ask([(b"host", host)]))[0] == 421


async def test_two_hosts_are_one_too_many() -> None:
    assert (await ask([HOST, HOST]))[0] == 400
    assert (await ask([]))[0] == 400


async def test_what_the_page_says_of_keeping_stands_and_the_rest_is_added() -> None:
    _, headers, body = await ask([HOST])
    assert (headers[b"cache-control"], body) == (b"no-cache", b"reached")
    assert b"includeSubDomains" in headers[b"strict-transport-security"]


async def test_two_of_our_own_header_or_a_foreign_origin_beside_it_are_refused() -> None:
    assert (await ask(OURS, "POST"))[0] == 200
    assert (await ask([*OURS, (b"x-porchlight", b"1")], "POST"))[0] == 403
    assert (await ask([*OURS, (b"origin", b"https://evil.example")], "DELETE"))[0] == 403


async def test_a_bug_in_the_middle_of_an_answer_adds_nothing_to_it() -> None:
    async def breaks(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise ValueError

    status, _, body = await ask([HOST], app=breaks)
    assert (status, body) == (200, b"")

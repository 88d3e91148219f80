"""The handshake, against a server that really runs: entries 1 to 14 and 22 of the catalogue of bad input."""

import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from server.config import Settings
from server.transport import frames
from server.transport.door import Door, Turned
from tests.transport.wire import (
    KEY,
    PATIENCE,
    Answer,
    Client,
    Recorder,
    Running,
    everything,
    handshake,
    parsed,
    request,
    running,
)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as server:
        yield server


def test_a_page_of_ours_opens_a_socket(server: Running) -> None:
    client = Client(server.port)
    assert client.answer.headers["sec-websocket-accept"] == "ICX+Yqv66kxgM0FcWaLWlFLwTAI="


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_on_ones_own_machine_every_name_of_it_is_ours(server: Running, name: str) -> None:
    Client(server.port, host=f"{name}:{server.port}", origin=f"http://{name}:{server.port}").closes()


def test_entry_1_no_origin(server: Running) -> None:
    assert request(server.port, handshake(server.port, leave_out="origin")).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://127.0.0.1:{port}.evil.example",
        "http://evil127.0.0.1:{port}",
        "http://evil.example/http://127.0.0.1:{port}",
        "null",
        "HTTP://127.0.0.1:{port}",
        "http://LOCALHOST:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1{port}",
        "http://127.0.0.1:{port}/",
        "http://localhost.:{port}",
        "https://127.0.0.1:{port}",
        "",
    ],
)
def test_entries_2_and_3_an_origin_that_is_not_exactly_ours(server: Running, origin: str) -> None:
    answer = request(server.port, handshake(server.port, origin=origin.format(port=server.port)))
    assert answer.status == 403
    assert answer.body == b"origin\n"


def test_entry_4_two_origins(server: Running) -> None:
    raw = handshake(server.port).replace(b"\r\n\r\n", f"\r\norigin: http://127.0.0.1:{server.port}\r\n\r\n".encode())
    assert request(server.port, raw).status == 400


def test_entry_5_no_host_and_another_host(server: Running) -> None:
    assert request(server.port, handshake(server.port, leave_out="host")).status == 400
    assert request(server.port, handshake(server.port, host="evil.example")).status == 421
    assert request(server.port, handshake(server.port, x_forwarded_host="evil.example", host="a")).status == 421


def test_entry_6_a_socket_over_plain_http_in_production() -> None:
    door = Door(Settings(public_url="https://chat.example"))
    good = handshake(0, host="chat.example", origin="https://chat.example", x_forwarded_proto="https")
    assert b" 101 " in door.knock(good, "127.0.0.1").answer
    clear = handshake(0, host="chat.example", origin="https://chat.example", x_forwarded_proto="http")
    with pytest.raises(Turned) as turned:
        door.knock(clear, "127.0.0.1")
    assert (turned.value.status, turned.value.code) == (403, "https_only")


def test_in_production_only_the_public_name_is_ours() -> None:
    door = Door(Settings(public_url="https://chat.example", origins="https://www.chat.example/"))
    for name in ("chat.example", "www.chat.example"):
        door.knock(handshake(0, host=name, origin=f"https://{name}"), "")
    for name in ("127.0.0.1:8000", "localhost:8000", "evil.chat.example"):
        with pytest.raises(Turned):
            door.knock(handshake(0, host=name, origin=f"http://{name}"), "")


@pytest.mark.parametrize("version", ["12", "", "13, 13", "x"])
def test_entry_7_another_version(server: Running, version: str) -> None:
    answer = request(server.port, handshake(server.port, sec_websocket_version=version))
    assert (answer.status, answer.headers["sec-websocket-version"]) == (426, "13")


@pytest.mark.parametrize("key", ["", "short==", KEY[:-4] + "====", KEY * 2, "not base64!not base64!!="])
def test_entry_8_a_bad_key(server: Running, key: str) -> None:
    assert request(server.port, handshake(server.port, sec_websocket_key=key)).status == 400
    assert request(server.port, handshake(server.port, leave_out="sec-websocket-key")).status == 400


@pytest.mark.parametrize("method", ["POST", "HEAD", "DELETE", "PUT"])
def test_entry_9_another_method(server: Running, method: str) -> None:
    assert request(server.port, handshake(server.port, method=method)).status == 405


def test_entry_10_an_unknown_sub_protocol(server: Running) -> None:
    assert request(server.port, handshake(server.port, sec_websocket_protocol="chat")).status == 400


def test_entry_11_compression_is_never_accepted(server: Running) -> None:
    client = Client(server.port, sec_websocket_extensions="permessage-deflate; client_max_window_bits")
    assert "sec-websocket-extensions" not in client.answer.headers


def test_entry_12_a_token_in_the_address(server: Running, caplog: pytest.LogCaptureFixture) -> None:
    answer = request(server.port, handshake(server.port, target="/ws?token=0123secret"))
    assert (answer.status, answer.body) == (400, b"token_in_url\n")
    assert "0123secret" not in caplog.text


@pytest.mark.parametrize("cookie", ["", "porchlight=unknown", "porchlight=", "other=1"])
def test_entry_13_every_cookie_gets_the_same_answer_to_the_handshake(server: Running, cookie: str) -> None:
    client = Client(server.port, **({"cookie": cookie} if cookie else {}))
    assert set(client.answer.headers) == {"upgrade", "connection", "sec-websocket-accept"}


def test_entry_14_cookies_too_long_or_too_many(server: Running) -> None:
    assert request(server.port, handshake(server.port, cookie="a=" + "b" * 5_000)).status == 431
    many = "; ".join(f"c{number}=1" for number in range(30))
    assert request(server.port, handshake(server.port, cookie=many)).status == 431


def test_the_session_of_the_browser_is_handed_on() -> None:
    recorder = Recorder()
    with running(recorder) as server:
        Client(server.port, cookie="theme=dark; porchlight=abc.def; last=1").closes()
    assert [socket.cookie for socket in recorder.sockets] == ["abc.def"]


def test_in_production_the_cookie_has_its_host_prefix() -> None:
    door = Door(Settings(public_url="https://chat.example"))
    cookies = "porchlight=thrown; __Host-porchlight=real"
    opened = door.knock(handshake(0, host="chat.example", origin="https://chat.example", cookie=cookies), "")
    assert opened.cookie == "real"


def test_entry_22_handshakes_above_the_rate_are_asked_to_wait() -> None:
    with running(handshakes_per_second=1, handshake_burst=2) as server:
        answers = [request_and_leave(server.port) for _ in range(6)]
    assert answers[:2] == [101, 101]
    assert 503 in answers


def test_the_51st_socket_of_one_network_waits() -> None:
    with running(connections_per_prefix=2) as server:
        for last in (1, 2):
            Client(server.port, x_forwarded_for=f"203.0.113.{last}")
        answer = request(server.port, handshake(server.port, x_forwarded_for="203.0.113.3"))
        assert (answer.status, answer.headers["retry-after"]) == (503, "30")
        Client(server.port, x_forwarded_for="198.51.100.1")


def test_a_full_process_turns_away_the_next() -> None:
    with running(connections=1) as server:
        Client(server.port)
        assert request(server.port, handshake(server.port)).status == 503


def test_other_paths_have_no_socket(server: Running) -> None:
    assert request(server.port, handshake(server.port, target="/")).status == 404
    assert request(server.port, handshake(server.port, target="/ws/")).status == 404


def test_who_is_turned_away_gets_the_security_headers_and_no_echo(server: Running) -> None:
    answer = request(server.port, handshake(server.port, origin="https://evil.example"))
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"evil" not in answer.body


ODD = {
    "an ordinary one": {},
    "a browser with more to say": {
        "connection": "keep-alive, Upgrade",
        "x_anything": "~!",
        "cookie": "a=1; porchlight=x",
    },
    "no host": {"leave_out": "host"},
    "another page": {"origin": "https://evil.example"},
    "no origin": {"leave_out": "origin"},
    "another version": {"sec_websocket_version": "12"},
    "a bad key": {"sec_websocket_key": "short"},
    "a sub-protocol": {"sec_websocket_protocol": "chat"},
    "another method": {"method": "POST"},
    "another path": {"target": "/ws/"},
    "a query": {"target": "/ws?a=1"},
    "many cookies": {"cookie": ";".join(["a=1"] * 30)},
    "a long cookie": {"cookie": "a=" + "b" * 5_000},
    "no wish to upgrade": {"connection": "close"},
    "an upgrade to something else": {"upgrade": "h2c", "connection": "Upgrade, close"},
    "a body by length": {"content_length": "3"},
    "a body in chunks": {"transfer_encoding": "chunked"},
    "two lengths": {"content_length": "3", "Content_length": "4"},
    "the wish twice": {"Connection": "close"},
    "the origin twice": {"Origin": "https://evil.example"},
    "a name with a space": {"x ": "1"},
    "a folded line": {" x": "1"},
    "a name of nothing": {"": "1"},
    "a control character": {"x_anything": "a\0b"},
    "a lone line feed": {"x_anything": "a\nb"},
    "a lone carriage return": {"x_anything": "a\rb"},
    "letters beyond ASCII": {"x_anything": "\u00e9"},
    "more headers than we read": {f"x_{number}": "y" for number in range(70)},
}


@pytest.mark.parametrize("changed", ODD.values(), ids=ODD)
def test_whole_or_in_pieces_a_handshake_gets_the_same_answer(server: Running, changed: dict[str, Any]) -> None:
    """A plain one, said at once, never meets the HTTP parser; whoever does must hear the same."""
    raw = handshake(server.port, **changed)
    whole, in_pieces = answer_to(server.port, raw), answer_to(server.port, raw[:9], raw[9:])
    assert spoken(whole) == spoken(in_pieces)
    assert whole.status in (101, 200, 400, 403, 404, 405, 426, 431)


def spoken(answer: Answer) -> Answer:
    """Without the pings that one of two open sockets may have met while it was listened to."""
    return replace(answer, body=answer.body.replace(frames.ping(), b""))


@pytest.mark.parametrize("word", ["connection", "upgrade", "host", "origin", "sec-websocket-key"])
def test_what_comes_twice_is_left_to_the_http_parser(word: str) -> None:
    door = Door(Settings())
    good = handshake(8000)
    assert door.plain(good) is not None
    assert door.plain(good.replace(b"\r\n\r\n", f"\r\n{word}: x\r\n\r\n".encode())) is None


def test_only_a_whole_head_with_nothing_behind_it_is_plain() -> None:
    door, good = Door(Settings()), handshake(8000)
    assert door.plain(good) is not None
    assert all(door.plain(good[:length]) is None for length in range(len(good)))
    assert door.plain(good + b"\x82\x80\0\0\0\0") is None


def answer_to(port: int, *pieces: bytes) -> Answer:
    """Says the pieces one after the other, and reads one head with its body."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as plain:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            plain.sendall(piece)
            time.sleep(0.02)
        plain.shutdown(socket.SHUT_WR)
        answer = parsed(everything(plain))
        answer.headers.pop("date", None)
        return answer


def request_and_leave(port: int) -> int:
    try:
        Client(port)
    except AssertionError as refused:
        return 503 if "status=503" in str(refused) else 0
    return 101

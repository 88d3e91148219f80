"""What is refused below the web framework: entries 15 to 20, 107 and 110 of the catalogue, byte by byte."""

import inspect
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from tests.transport.wire import (
    PATIENCE,
    Answer,
    Client,
    Recorder,
    Running,
    asks,
    everything,
    handshake,
    parsed,
    request,
    running,
    until,
)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as server:
        yield server


def raw(server: Running, *lines: str, body: bytes = b"") -> Answer:
    return request(server.port, "\r\n".join([*lines, "", ""]).encode() + body)


def test_a_good_request_is_answered_and_the_next_on_the_same_connection_too(server: Running) -> None:
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as plain:
        for _ in range(2):
            plain.sendall(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc")
            assert parsed(plain.recv(4_096)).body == b"ok"


def test_entry_15_a_head_of_71_kilobytes(server: Running) -> None:
    padding = [f"x-{number}: {'y' * 1_000}" for number in range(71)]
    assert raw(server, "GET / HTTP/1.1", "host: a", *padding).status == 431


def test_entry_15_one_header_without_an_end(server: Running) -> None:
    assert request(server.port, b"GET / HTTP/1.1\r\nx: " + b"y" * 71_000).status == 431


def test_entry_15_one_header_over_its_limit(server: Running) -> None:
    assert raw(server, "GET / HTTP/1.1", "host: a", "connection: close", "x: " + "y" * 8_000).status == 200
    assert raw(server, "GET / HTTP/1.1", "host: a", "x: " + "y" * 8_192).status == 431


def test_entry_16_129_headers(server: Running) -> None:
    assert raw(server, "GET / HTTP/1.1", "host: a", *["x: y"] * 128).status == 431


def test_entry_16_the_same_holds_for_a_handshake(server: Running) -> None:
    many = {f"x_{number}": "y" for number in range(80)}
    assert request(server.port, handshake(server.port, **many)).status == 431


def test_entry_17_half_a_head_and_a_drip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.transport.guard.HEAD_SECONDS", 0.5)
    with running() as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as plain:
        plain.settimeout(0.05)
        plain.sendall(b"GET / HTTP/1.1\r\nhost: ")
        said = b""
        while not said:
            plain.sendall(b"a")
            try:
                said = plain.recv(4_096)
            except TimeoutError:
                continue
        assert parsed(said).status == 408


def test_entry_17_who_says_nothing_at_all_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.transport.guard.HEAD_SECONDS", 0.2)
    with running() as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as plain:
        assert everything(plain) == b""


def test_entry_17_a_socket_that_is_open_has_no_such_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.transport.guard.HEAD_SECONDS", 0.2)
    with running(ping_ms=300) as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as plain:
        plain.sendall(handshake(server.port))
        assert b" 101 " in plain.recv(4_096)
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            assert plain.recv(4_096)[:1] == b"\x89"
            plain.sendall(b"\x8a\x80\0\0\0\0")


@pytest.mark.parametrize(
    "fields",
    [
        ("content-length: 3", "transfer-encoding: chunked"),
        ("transfer-encoding: chunked", "content-length: 3"),
        ("transfer-encoding: identity", "content-length: 3"),
        ("transfer-encoding: chunked, gzip",),
        ("transfer-encoding: gzip, chunked",),
        ("transfer-encoding: chunked", "transfer-encoding: identity"),
        ("content-length: 3", "content-length: 3"),
        ("content-length: 3", "content-length: 4"),
        ("content-length: -3",),
        ("content-length: +3",),
        ("content-length: 3, 3",),
        ("content-length: 0x3",),
        ("content-length : 3",),
        ("x: y", " folded: z"),
        ("x\0: y",),
        ("x: y\0",),
        (": empty",),
        ("no colon",),
    ],
)
def test_entries_18_and_19_a_request_that_could_be_read_in_two_ways(server: Running, fields: tuple[str, ...]) -> None:
    answer = raw(server, "POST / HTTP/1.1", "host: a", *fields, body=b"abc")
    assert (answer.status, answer.headers["connection"]) == (400, "close")


@pytest.mark.parametrize(
    "chunk", [b"zz\r\nabc\r\n0\r\n\r\n", b"-1\r\na\r\n", b"3\r\nabcd\r\n0\r\n\r\n", b"f" * 30 + b"\r\n"]
)
def test_entry_19_a_bad_chunk(server: Running, chunk: bytes) -> None:
    assert raw(server, "POST / HTTP/1.1", "host: a", "transfer-encoding: chunked", body=chunk).status == 400


@pytest.mark.parametrize(
    "said", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\0" * 50, b"hello\r\n\r\n", b"GET\r\n\r\n"]
)
def test_entry_20_what_is_no_http(server: Running, said: bytes) -> None:
    assert request(server.port, said).status == 400


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "OPTIONS", "PROPFIND"])
def test_entry_107_other_methods(server: Running, method: str) -> None:
    answer = raw(server, f"{method} / HTTP/1.1", "host: a")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST, DELETE")


def test_entry_107_connect(server: Running) -> None:
    assert raw(server, "CONNECT evil.example:443 HTTP/1.1", "host: a").status == 405
    assert raw(server, "OPTIONS * HTTP/1.1", "host: a").status == 405


def test_entry_106_an_address_of_ten_kilobytes(server: Running) -> None:
    assert raw(server, f"GET /{'a' * 8_000} HTTP/1.1", "host: a", "connection: close").status == 200
    assert raw(server, f"GET /{'a' * 10_000} HTTP/1.1", "host: a").status == 414


def test_entry_110_a_body_of_a_megabyte_is_refused_on_its_head(server: Running) -> None:
    assert raw(server, "POST / HTTP/1.1", "host: a", "content-length: 1000000").status == 413


def test_entry_110_a_body_in_chunks_is_refused_when_it_grows_too_long(server: Running) -> None:
    chunks = (b"3e8\r\n" + b"a" * 1_000 + b"\r\n") * 20
    assert raw(server, "POST / HTTP/1.1", "host: a", "transfer-encoding: chunked", body=chunks).status == 413


def test_entry_110_a_slow_body() -> None:
    with running(body_ms=200) as server:
        assert raw(server, "POST / HTTP/1.1", "host: a", "content-length: 10", body=b"abc").status == 408


def test_an_upgrade_to_anything_else_is_an_ordinary_request(server: Running) -> None:
    fields = ("host: a", "connection: upgrade, close", "upgrade: h2c")
    assert raw(server, "GET / HTTP/1.1", *fields).status == 200


def test_an_old_http_version_opens_no_socket(server: Running) -> None:
    old = handshake(server.port).replace(b"HTTP/1.1", b"HTTP/1.0")
    assert request(server.port, old).status == 400


def test_who_is_refused_gets_the_security_headers_and_nothing_of_their_own(server: Running) -> None:
    answer = raw(server, "POST / HTTP/1.1", "host: a", "content-length: -3", "x-mine: 0123secret")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.body == b"bad_request\n"


def test_who_has_said_nothing_does_not_hold_up_a_stop() -> None:
    with running() as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as plain:
        assert server.server is not None
        connections: set[Any] = server.server.server_state.connections
        until(lambda: connections)
        server.server.should_exit = True
        assert everything(plain) == b""
        until(lambda: not connections)


def test_every_socket_has_the_small_buffer_of_the_listening_one() -> None:
    recorder = Recorder()
    with running(recorder, socket_buffer_bytes=32_768) as server:
        Client(server.port)
        until(lambda: recorder.sockets)
        accepted = recorder.sockets[0]._transport.get_extra_info("socket")
        assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == 2 * 32_768  # as Linux counts it


def test_uvicorn_still_builds_its_http_class_as_we_know_it() -> None:
    """No documented interface either: when this fails, compare `create_protocol` with `Porch` in guard.py."""
    built = inspect.getsource(uvicorn.Server.startup)
    for step in (
        "return config.http_protocol_class(",
        "config=config,",
        "server_state=self.server_state,",
        "app_state=self.lifespan.state,",
        "_loop=_loop,",
    ):
        assert step in built, f"a connection no longer begins with: {step}"


def test_nothing_of_this_is_logged(server: Running, caplog: pytest.LogCaptureFixture) -> None:
    asks(server.port, "/?0123secret")
    raw(server, "POST /0123secret HTTP/1.1", "host: a", "content-length: -3", "x: 0123secret")
    assert "0123secret" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_connections_that_never_become_anything_cannot_pile_up() -> None:
    with running(half_open=3) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port), PATIENCE) for _ in range(3)]
        assert server.server is not None
        connections = server.server.server_state.connections
        until(lambda: len(connections) == 3)
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as one_too_many:
            assert everything(one_too_many) == b""
        silent.pop().close()
        until(lambda: len(connections) == 2)
        assert asks(server.port).status == 200
        silent.pop().close()
        until(lambda: len(connections) == 1)
        sockets = [Client(server.port) for _ in range(5)]  # one that is open is half of nothing
        assert len(sockets) == 5
        for each in silent:
            each.close()

"""Our WebSocket class inside a uvicorn that really runs: entries 23 to 35, 104 and 105 of the catalogue."""

import inspect
import socket
import struct
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from prometheus_client import REGISTRY
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import Server, ServerState

from server.protocol.refusals import Close
from server.transport import frames
from server.transport.websocket import WebSocket
from tests.transport.test_frames import BROKEN
from tests.transport.wire import Client, Recorder, Running, frame, handshake, request, running, until

BINARY, TEXT, CLOSE, PING, PONG = 0x2, 0x1, 0x8, 0x9, 0xA


def echo(socket: WebSocket, data: bytes) -> None:
    socket.send(frames.framed(data))


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(answer=echo)


@pytest.fixture
def server(recorder: Recorder) -> Iterator[Running]:
    with running(recorder) as server:
        yield server


def test_what_is_said_is_heard_and_answered(server: Running, recorder: Recorder) -> None:
    ana = Client(server.port)
    ana.says(frame(BINARY, b"one"), frame(BINARY, b"two"), frame(BINARY, bytes(16_384)))
    assert [ana.hears()[1] for _ in range(3)] == [b"one", b"two", bytes(16_384)]
    assert recorder.heard == [b"one", b"two", bytes(16_384)]


def test_a_frame_that_comes_byte_by_byte_is_heard_whole(server: Running) -> None:
    ana = Client(server.port)
    ana.plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in frame(BINARY, b"slowly"):
        ana.says(bytes([byte]))
    assert ana.hears() == (BINARY, b"slowly")


def test_a_ping_is_answered_with_its_own_words(server: Running) -> None:
    ana = Client(server.port)
    ana.says(frame(PING, b"still there?"))
    assert ana.hears() == (PONG, b"still there?")


def test_a_goodbye_is_answered_and_the_connection_ended(server: Running, recorder: Recorder) -> None:
    ana = Client(server.port)
    ana.says(frame(CLOSE, struct.pack("!H", 1000) + b"bye"))
    assert ana.hears_close() == 1000
    assert ana.is_let_go()
    until(lambda: recorder.closed_sockets == recorder.sockets)


def test_a_ping_inside_a_message_is_answered_before_the_message_ends(server: Running) -> None:
    ana = Client(server.port)
    ana.says(frame(BINARY, b"a", final=0), frame(PING, b"there?"))
    assert ana.hears() == (PONG, b"there?")
    ana.says(frame(0x0, b"b"))
    assert ana.hears() == (BINARY, b"ab")


@pytest.mark.parametrize("begun", [b"", frame(BINARY, b"a", final=0)], ids=["alone", "inside_a_message"])
@pytest.mark.parametrize("said", [b"", b"\x03\xe8", b"\x13\x87"], ids=["without_a_code", "1000", "4999"])
def test_a_goodbye_is_answered_with_its_own_code(
    server: Running, recorder: Recorder, begun: bytes, said: bytes
) -> None:
    ana = Client(server.port)
    ana.says(begun, frame(CLOSE, said))
    assert ana.hears() == (CLOSE, said)
    assert ana.is_let_go()
    assert recorder.heard == []


@pytest.mark.parametrize("last", [frame(CLOSE), frame(BINARY, b"a", mask=b"")], ids=["a_goodbye", "a_broken_frame"])
def test_nothing_more_is_heard_after(server: Running, recorder: Recorder, last: bytes) -> None:
    ana = Client(server.port)
    until(lambda: recorder.sockets)
    server.call(recorder.sockets[0].data_received, frame(BINARY, b"before"))
    server.call(recorder.sockets[0].data_received, last + frame(BINARY, b"with it"))
    server.call(recorder.sockets[0].data_received, frame(BINARY, b"after"))
    assert ana.hears() == (BINARY, b"before")
    ana.hears_close()
    assert ana.is_let_go()
    assert recorder.heard == [b"before"]


def test_a_socket_on_which_nothing_is_begun_keeps_no_reader(server: Running, recorder: Recorder) -> None:
    ana = Client(server.port)
    ana.says(frame(BINARY, b"a", final=0))
    until(lambda: recorder.sockets and recorder.sockets[0]._reader)
    ana.says(frame(0x0, b"b"), frame(PONG), frame(BINARY, b"c"))
    assert [ana.hears()[1] for _ in range(2)] == [b"ab", b"c"]
    assert recorder.sockets[0]._reader is None


def test_the_endpoint_hears_of_every_end_once(server: Running, recorder: Recorder) -> None:
    clients = [Client(server.port) for _ in range(3)]
    until(lambda: len(recorder.sockets) == 3)
    server.call(recorder.sockets[0].close, Close.SIGNED_OUT)
    assert clients[0].hears_close() == 1008
    clients[0].says(frame(CLOSE, struct.pack("!H", 1008)))
    clients[1].says(frame(CLOSE))
    clients[2].plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    clients[2].closes()
    until(lambda: len(recorder.closed_sockets) == 3)
    assert sorted(map(id, recorder.closed_sockets)) == sorted(map(id, recorder.sockets))
    assert server.admission.connections == 0


@pytest.mark.parametrize(("raw", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_frame_ends_the_socket_with_its_code(
    server: Running, recorder: Recorder, raw: bytes, code: Close
) -> None:
    ana = Client(server.port)
    ana.says(raw)
    assert ana.hears_close() == code
    assert ana.is_let_go()
    assert recorder.heard == []


def test_what_was_ended_and_why_is_counted(server: Running) -> None:
    before = counted("porchlight_sockets_closed_total", "binary_only")
    ana = Client(server.port)
    ana.says(frame(TEXT, b"hello"))
    ana.hears_close()
    assert counted("porchlight_sockets_closed_total", "binary_only") == before + 1
    before = counted("porchlight_turned_away_total", "origin")
    request(server.port, handshake(server.port, origin="https://evil.example"))
    assert counted("porchlight_turned_away_total", "origin") == before + 1


def counted(metric: str, code: str) -> float:
    return REGISTRY.get_sample_value(metric, {"code": code}) or 0.0


def test_entry_30_text_is_refused(server: Running, recorder: Recorder) -> None:
    ana = Client(server.port)
    ana.says(frame(TEXT, b"hello"))
    assert ana.hears_close() == Close.BINARY_ONLY
    assert recorder.heard == []


@pytest.mark.parametrize("opcode", [BINARY, PING, PONG], ids=["empty_frames", "pings", "pongs"])
def test_entry_34_a_flood_ends_the_socket(opcode: int) -> None:
    with running(flood_per_minute=100) as server:
        ana = Client(server.port)
        ana.says(frame(opcode) * 1_000)
        assert ana.hears_close() == Close.FLOOD


def test_entry_34_every_ping_forgives_its_share_of_a_minute() -> None:
    recorder = Recorder()
    with running(recorder, flood_per_minute=80) as server:  # twenty per ping of 15 s
        ana = Client(server.port)
        ana.says(frame(BINARY, b"a") * 70)
        until(lambda: len(recorder.heard) == 70)
        for _ in range(3):
            server.call(recorder.sockets[0].ping)
            assert ana.hears() == (PING, b"")
        ana.says(frame(BINARY, b"a") * 60)
        until(lambda: len(recorder.heard) == 130)
        ana.says(frame(BINARY, b"a") * 20)
        assert ana.hears_close() == Close.FLOOD


@pytest.mark.parametrize("begun", [frame(BINARY, b"a", final=0), frame(BINARY, b"abc")[:4]], ids=["message", "frame"])
def test_entry_35_what_was_begun_must_end(begun: bytes) -> None:
    with running(fragment_ms=100, ping_ms=300) as server:
        ana = Client(server.port)
        ana.says(begun)
        assert ana.hears_close() == Close.FLOOD


def test_entry_35_what_ends_in_time_starts_no_clock_for_the_next() -> None:
    recorder = Recorder()
    with running(recorder, fragment_ms=1_000, ping_ms=150) as server:
        ana = Client(server.port)
        ana.says(frame(BINARY, b"a", final=0))
        ana.says(frame(0x0, b"b"))
        for _ in range(9):  # over a second of pings: the deadline would have come
            assert ana.hears()[0] == PING
            ana.says(frame(PONG))
        assert recorder.heard == [b"ab"]


def test_entry_104_what_comes_after_our_goodbye_is_dropped(server: Running, recorder: Recorder) -> None:
    ana = Client(server.port)
    until(lambda: recorder.sockets)
    server.call(recorder.sockets[0].close, Close.REPLACED)
    assert ana.hears_close() == Close.REPLACED
    ana.says(frame(BINARY, b"late"), frame(CLOSE, struct.pack("!H", 4409)))
    assert ana.is_let_go()
    assert recorder.heard == []


def test_entry_105_a_reset_in_the_middle_of_a_frame_leaves_no_trace(
    server: Running, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    ana = Client(server.port)
    ana.says(frame(BINARY, b"half of it")[:8])
    ana.plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    ana.closes()
    until(lambda: recorder.closed_sockets)
    assert caplog.records == []


def test_who_answers_pings_stays_and_who_does_not_is_let_go() -> None:
    recorder = Recorder()
    with running(recorder, ping_ms=900, pong_ms=600) as server:
        ana, ben = Client(server.port), Client(server.port)
        until(lambda: len(recorder.sockets) == 2)
        for _ in range(3):
            assert ana.hears() == (PING, b"")
            ana.says(frame(PONG))
        until(lambda: len(recorder.closed_sockets) == 1)
        assert recorder.closed_sockets == [recorder.sockets[1]]
        assert ben.hears_close() == Close.TOO_SLOW


def test_any_frame_is_a_sign_of_life(server: Running, recorder: Recorder) -> None:
    ana = Client(server.port)
    until(lambda: recorder.sockets)
    opened = recorder.sockets[0].answered
    time.sleep(0.01)
    ana.says(frame(BINARY, b"a"))
    ana.hears()
    assert recorder.sockets[0].answered > opened


def test_who_does_not_read_is_asked_to_come_back_and_the_others_hear_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.transport.websocket.CLOSE_SECONDS", 0.5)
    recorder = Recorder()
    with running(recorder, unsent_bytes=65_536) as server:
        _stalled, reading = Client(server.port), Client(server.port)
        until(lambda: len(recorder.sockets) == 2)
        block = frames.framed(bytes(60_000))

        def fan_out() -> None:
            for member in recorder.sockets:
                member.send(block)

        for _ in range(200):
            server.call(fan_out)
            assert reading.hears()[1] == bytes(60_000)
        until(lambda: recorder.closed_sockets == recorder.sockets[:1])


def test_a_dead_member_never_ends_a_fan_out(server: Running, recorder: Recorder) -> None:
    _ana, ben = Client(server.port), Client(server.port)
    until(lambda: len(recorder.sockets) == 2)

    def fan_out() -> None:
        recorder.sockets[0]._transport.abort()
        for member in recorder.sockets:
            member.send(frames.framed(b"hello"))

    server.call(fan_out)
    assert ben.hears() == (BINARY, b"hello")
    until(lambda: recorder.closed_sockets)
    recorder.sockets[0].send(frames.framed(b"nobody"))
    recorder.sockets[0].close(Close.FAULT)


def test_a_goodbye_that_nobody_answers_ends_all_the_same(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.transport.websocket.CLOSE_SECONDS", 0.1)
    with running(recorder, ping_ms=300) as server:
        Client(server.port)
        until(lambda: recorder.sockets)
        server.call(recorder.sockets[0].close, Close.SIGNED_OUT)
        until(lambda: recorder.closed_sockets)


def test_a_bug_behind_one_socket_closes_that_one_and_logs_no_words(caplog: pytest.LogCaptureFixture) -> None:
    def fails(socket: WebSocket, data: bytes) -> None:
        raise ValueError(data.decode())

    with running(Recorder(answer=fails)) as server:
        ana = Client(server.port)
        ana.says(frame(BINARY, b"something private"))
        assert ana.hears_close() == Close.FAULT
    assert "ValueError at test_websocket.py" in caplog.text
    assert "private" not in caplog.text


def test_a_stop_lets_everybody_go_with_come_back_soon() -> None:
    recorder = Recorder()
    with running(recorder, drain_ms=300) as server:
        clients = [Client(server.port) for _ in range(5)]
        until(lambda: len(recorder.sockets) == 5)
        assert server.server is not None
        server.server.should_exit = True
        assert {client.hears_close() for client in clients} == {Close.RESTART}
        for client in clients:
            client.says(frame(CLOSE, struct.pack("!H", 1012)))
            client.is_let_go()
    assert len(recorder.closed_sockets) == 5


def test_an_open_socket_keeps_nothing_of_the_http_parser(server: Running, recorder: Recorder) -> None:
    Client(server.port)
    until(lambda: recorder.sockets)
    assert not hasattr(recorder.sockets[0], "__dict__")
    assert server.server is not None
    connections: set[Any] = server.server.server_state.connections
    until(lambda: connections == set(recorder.sockets))


def test_uvicorn_still_builds_a_socket_class_as_we_know_it() -> None:
    """These are not documented interfaces: when this fails, compare `handle_websocket_upgrade` with guard.py."""
    assert uvicorn.__version__ == "0.54.0", "read the changes of uvicorn's protocol classes, then raise this number"
    upgrade = inspect.getsource(HttpToolsProtocol.handle_websocket_upgrade)
    for step in (
        "self.connections.discard(self)",
        "config=self.config",
        "server_state=self.server_state",
        "app_state=self.app_state",
        "protocol.connection_made(self.transport)",
        'protocol.data_received(b"".join(output))',
        "self.transport.set_protocol(protocol)",
    ):
        assert step in upgrade, f"the upgrade no longer does: {step}"
    assert "connection.shutdown()" in inspect.getsource(Server.shutdown)
    assert isinstance(ServerState().connections, set)
    for callback in (
        "on_message_begin",
        "on_url",
        "on_header",
        "on_headers_complete",
        "on_body",
        "on_message_complete",
    ):
        assert hasattr(HttpToolsProtocol, callback), f"the parser no longer calls {callback}"
    assert "self.send_400_response(msg)" in inspect.getsource(HttpToolsProtocol.data_received)

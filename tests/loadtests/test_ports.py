import socket

import pytest

from loadtests import ports


def test_a_port_is_below_those_of_connections_that_go_out_and_can_be_listened_on() -> None:
    port = ports.free_port()
    assert ports.FIRST <= port <= ports.LAST
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_one_that_is_listened_on_is_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(ports, "FIRST", taken.getsockname()[1])
        monkeypatch.setattr(ports, "LAST", taken.getsockname()[1])
        with pytest.raises(OSError, match="no free port"):
            ports.free_port()

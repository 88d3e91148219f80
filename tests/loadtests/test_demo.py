"""The demonstration starts, and says on every page that its people are simulated."""

import socket
import urllib.request
from pathlib import Path

import pytest

from loadtests import demo


def test_it_starts_with_what_it_asks_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))
    with demo.server(str(tmp_path)) as url, urllib.request.urlopen(url, timeout=10) as page:
        assert b'"demo":true' in page.read()

"""The client's files: what is there, pressed or not, and nothing beside it."""

import gzip
from pathlib import Path

import pytest
from starlette.requests import Request

from server.transport.assets import Assets


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    dist = tmp_path / "dist"
    for name, content in {
        "assets/main-1.js": b"js" * 100,
        "assets/a.woff2": b"font",
        "sw.js": b"sw",
        ".vite/m": b"m",
    }.items():
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_bytes(content)
    (tmp_path / "secret.js").write_bytes(b"secret")
    return Assets(dist)


def asking(encodings: bytes = b"") -> Request:
    return Request({"type": "http", "headers": [(b"accept-encoding", encodings)]})


def test_a_file_is_sent_as_it_is_or_pressed(assets: Assets) -> None:
    plain, pressed = assets.answer("assets/main-1.js", asking()), assets.answer("assets/main-1.js", asking(b"br, gzip"))
    assert plain is not None
    assert pressed is not None
    assert plain.body == gzip.decompress(pressed.body) == b"js" * 100
    assert (pressed.headers["content-encoding"], pressed.headers["vary"]) == ("gzip", "accept-encoding")


def test_a_font_is_pressed_already(assets: Assets) -> None:
    answer = assets.answer("assets/a.woff2", asking(b"gzip"))
    assert answer is not None
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "font/woff2"


def test_only_hashed_names_are_kept_for_ever(assets: Assets) -> None:
    hashed, named = assets.answer("assets/main-1.js", asking()), assets.answer("sw.js", asking())
    assert hashed is not None
    assert named is not None
    assert "immutable" in hashed.headers["cache-control"]
    assert named.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["", "assets", "../secret.js", "assets/../../secret.js", "/sw.js", ".vite/m", "SW.JS", "sw.js\0"]
)
def test_nothing_else_can_be_asked_for(assets: Assets, name: str) -> None:
    assert assets.answer(name, asking()) is None

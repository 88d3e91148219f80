"""The client's built files, read once and pressed once; nothing outside this list can be asked for."""

import gzip
import mimetypes
from pathlib import Path

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

PRESSED = frozenset({".js", ".css", ".svg", ".html", ".json", ".txt", ".map"})
FOR_EVER = "public, max-age=31536000, immutable"  # the name changes with the content
EACH_TIME = "no-cache"  # the name stays: ask whether it is still so
mimetypes.add_type("font/woff2", ".woff2")


class Asset(Struct, frozen=True):
    media: str
    plain: bytes
    pressed: bytes | None
    keep: str


class Assets:
    """By path below `dist`: what is in its `assets` folder, and the few files that keep their name."""

    def __init__(self, dist: Path) -> None:
        files = [path for path in dist.rglob("*") if path.is_file() and ".vite" not in path.parts]
        self._files = {path.relative_to(dist).as_posix(): _read(path, dist) for path in files}

    def answer(self, name: str, request: Request) -> Response | None:
        """The file, or nothing where there is none of that name."""
        asset = self._files.get(name)
        if asset is None:
            return None
        headers = {"cache-control": asset.keep, "vary": "accept-encoding"}
        if asset.pressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(asset.pressed, media_type=asset.media, headers={**headers, "content-encoding": "gzip"})
        return Response(asset.plain, media_type=asset.media, headers=headers)


def _read(path: Path, dist: Path) -> Asset:
    plain = path.read_bytes()
    return Asset(
        media=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        plain=plain,
        pressed=gzip.compress(plain, mtime=0) if path.suffix in PRESSED else None,
        keep=FOR_EVER if path.parent == dist / "assets" else EACH_TIME,
    )

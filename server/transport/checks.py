"""What every request must pass before a page or an action is reached, and what every answer carries."""

import logging
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.actions.faults import where
from server.config import Settings
from server.transport import headers
from server.transport.answers import refused
from server.transport.origins import House, arrived_in_clear, house

log = logging.getLogger("porchlight.http")

PROBES = frozenset({"/healthz", "/readyz"})  # asked by machines, by whatever name they know us
CHANGING = frozenset({"POST", "DELETE"})
FORM = "/page/"
OURS = b"1"  # of `X-Porchlight`, which a form or a link elsewhere can't send


class Checks:
    """Host, https, and who may change anything; the security headers; and no traceback, ever."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._url = settings.url
        self._house: House = house(settings)
        self._security = headers.security(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._dress(message)
            await send(message)

        try:
            await (self._judged(scope) or self._app)(scope, receive, dressed)
        except Exception as fault:  # whatever it is, the other side learns nothing of it
            log.error("a request failed: %s", where(fault))
            if not begun:
                await refused(500, "internal")(scope, receive, dressed)

    def _judged(self, scope: Scope) -> ASGIApp | None:
        """The answer that says no, or nothing."""
        said = _Said(scope)
        path = scope["path"]
        if any(sign < " " or sign in "\\\x7f" for sign in path):
            return refused(400, "bad_request")
        if path in PROBES:
            return None
        hosts = said.all(b"host")
        if len(hosts) != 1:
            return refused(400, "host")
        if hosts[0] not in self._house.hosts:
            return refused(421, "host")
        if arrived_in_clear(self._house, _peer(scope), said.first(b"x-forwarded-proto")):
            return self._in_clear(scope)
        if scope["method"] in CHANGING and not (self._same_origin(said) or _is_pressed(path, said)):
            return refused(403, "forbidden")
        return None

    def _in_clear(self, scope: Scope) -> ASGIApp:
        if scope["method"] in CHANGING:
            return refused(403, "https_only")
        return refused(301, "https_only", {"location": self._url + scope["raw_path"].decode("latin-1")})

    def _same_origin(self, said: "_Said") -> bool:
        """Sec-Fetch-Site first, Origin where it is missing, and a header of our own in any case."""
        origins = said.all(b"origin")
        site = said.first(b"sec-fetch-site")
        return (
            said.all(b"x-porchlight") == [OURS]
            and (site == b"same-origin" or (site is None and len(origins) == 1))
            and all(origin in self._house.origins for origin in origins)
        )

    def _dress(self, message: Message) -> None:
        said = {name.lower() for name, _ in message["headers"]}
        extra = [pair for pair in self._security if pair[0] not in said]
        if b"cache-control" not in said:
            extra.append((b"cache-control", b"no-store"))
        message["headers"] = [*message["headers"], *extra]


def _is_pressed(path: str, said: "_Said") -> bool:
    """The one form that works without scripts, which can't send a header of ours: what it may do stands in its address,
    which nobody guesses, and no cookie is looked at. Its Origin says nothing, for pages of ours send no referrer."""
    return path.startswith(FORM) and said.first(b"sec-fetch-site") in (b"same-origin", None)


class _Said:
    """The headers of a request; names come in lower case."""

    def __init__(self, scope: Scope) -> None:
        self._pairs: list[tuple[bytes, bytes]] = scope["headers"]

    def all(self, name: bytes) -> list[bytes]:
        return [value for field, value in self._pairs if field == name]

    def first(self, name: bytes) -> bytes | None:
        return next(iter(self.all(name)), None)


def _peer(scope: Scope) -> str:
    client: Any = scope.get("client")
    return str(client[0]) if client else ""

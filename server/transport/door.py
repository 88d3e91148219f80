"""The WebSocket handshake: who may open a socket, judged on the bytes of the request alone."""

import hashlib
import re
from binascii import b2a_base64

from msgspec import Struct

from server.config import Settings
from server.transport import headers
from server.transport.origins import House, arrived_in_clear, house

PATH = b"/ws"
VERSION = b"13"
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
KEY = re.compile(rb"[A-Za-z0-9+/]{21}[AQgw]==")  # 16 bytes in base64, exactly
# A request line of ours and headers of visible ASCII; possessive, so that no byte is looked at twice.
PLAIN = rb"GET /ws HTTP/1\.1\r\n(?:[!#$%%&'*+.^_`|~0-9A-Za-z-]++:[ -~]*+\r\n){1,%d}+\r\n"
NEVER_PLAIN = frozenset({b"content-length", b"expect", b"transfer-encoding"})
LOOKED_AT = re.compile(
    rb"\n(?i:(connection|content-length|cookie|expect|host|origin|sec-websocket-(?:key|protocol|version)"
    rb"|transfer-encoding|upgrade|x-forwarded-(?:for|proto))):([ -~]*+)"
)
ASKS = (b"upgrade", b"keep-alive, upgrade")
COOKIES = 25  # pieces in the cookie header; browsers on shared localhost ports keep a few


class Turned(Exception):
    """Not through this door; `code` is all that the other side learns."""

    def __init__(self, status: int, code: str, extra: headers.Headers = ()) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.extra = extra


class Knock(Struct, frozen=True):
    """One request for a socket: every header as it came, and by name the last of each."""

    method: bytes
    target: bytes
    fields: list[tuple[bytes, bytes]]
    named: dict[bytes, bytes]

    def all(self, name: bytes) -> list[bytes]:
        if len(self.named) == len(self.fields):  # none came twice
            return [self.named[name]] if name in self.named else []
        return [value for field, value in self.fields if field == name]

    def one(self, name: bytes) -> bytes | None:
        """The only value of a header, None without one; two of them are an attack or a broken proxy."""
        if len(self.named) != len(self.fields) and len(self.all(name)) > 1:
            raise Turned(400, "bad_request")
        return self.named.get(name)


class Opened(Struct, frozen=True):
    """Come in: the answer to send, the session the browser brought, and what a proxy said about the address."""

    answer: bytes
    cookie: str | None
    forwarded: bytes | None


class Door:
    """Knows the names of the house and its limits, and nothing of who is inside."""

    def __init__(self, settings: Settings) -> None:
        self.house: House = house(settings)
        self._settings = settings
        self._security = headers.security(settings)
        self._cookie = cookie_name(settings).encode()
        self._plain = re.compile(PLAIN % settings.headers)
        self._plain_bytes = min(settings.header_bytes, settings.header_field_bytes)

    def knock(self, request: bytes | Knock, peer: str) -> Opened:
        """Judges a request; raises `Turned`."""
        is_plain = isinstance(request, Knock)
        knock = request if isinstance(request, Knock) else self._read(request)
        cookies = knock.all(b"cookie")
        self._check_cookies(cookies)
        if not is_plain:  # `plain` lets nothing pass that asks for something else
            _check_target(knock)
            _check_upgrade(knock)
        key = _key(knock)
        self._check_names(knock, peer)
        forwarded = b",".join(knock.all(b"x-forwarded-for")) or None
        return Opened(_switching(key), self._session(cookies), forwarded)

    def plain(self, data: bytes) -> Knock | None:
        """A whole handshake that no two HTTP parsers could read in two ways: it need not go through one."""
        if len(data) > self._plain_bytes or self._plain.fullmatch(data) is None:
            return None
        fields = LOOKED_AT.findall(data)
        named = {name.lower(): value.strip() for name, value in fields}
        asks = named.get(b"upgrade", b"").lower() == b"websocket" and named.get(b"connection", b"").lower() in ASKS
        if not asks or len(named) != len(fields) or not NEVER_PLAIN.isdisjoint(named):
            return None
        return Knock(b"GET", PATH, list(named.items()), named)

    def refusal(self, turned: Turned) -> bytes:
        return headers.refusal(turned.status, turned.code, self._security, turned.extra)

    def _read(self, request: bytes) -> Knock:
        limits, knock = self._settings, read(request)
        if len(knock.target) > limits.request_line_bytes:
            raise Turned(414, "too_long")
        if (
            len(request) - len(knock.target) > limits.header_bytes
            or len(knock.fields) > limits.headers
            or any(len(name) + len(value) > limits.header_field_bytes for name, value in knock.fields)
        ):
            raise Turned(431, "too_large")
        return knock

    def _check_cookies(self, cookies: list[bytes]) -> None:
        for value in cookies:
            if len(value) > self._settings.cookie_bytes or value.count(b";") >= COOKIES:
                raise Turned(431, "too_large")

    def _check_names(self, knock: Knock, peer: str) -> None:
        host = knock.one(b"host")
        if host is None:
            raise Turned(400, "host")
        if host not in self.house.hosts:
            raise Turned(421, "host")
        # Without this check any page a signed-in person visits could open a socket in their name.
        if knock.one(b"origin") not in self.house.origins:
            raise Turned(403, "origin")
        if arrived_in_clear(self.house, peer, knock.one(b"x-forwarded-proto")):
            raise Turned(403, "https_only")

    def _session(self, cookies: list[bytes]) -> str | None:
        for header in cookies:
            for pair in header.split(b";"):
                name, _, value = pair.strip().partition(b"=")
                if name == self._cookie:
                    return value.decode("latin-1")
        return None


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host and to https; plain http on one's own machine can't have it."""
    return "__Host-porchlight" if settings.secure else "porchlight"


def read(request: bytes) -> Knock:
    """A request as the HTTP parser writes it again: names in lower case, one header per line."""
    line, *lines = request.partition(b"\r\n\r\n")[0].split(b"\r\n")
    method, _, rest = line.partition(b" ")
    fields = [(name.lower(), value.strip()) for name, _, value in [field.partition(b":") for field in lines]]
    return Knock(method, rest.rpartition(b" ")[0], fields, dict(fields))


def _check_target(knock: Knock) -> None:
    if knock.method != b"GET":
        raise Turned(405, "method", ((b"allow", b"GET"),))
    path, asked, _ = knock.target.partition(b"?")
    if path != PATH:
        raise Turned(404, "not_found")
    # We take no query; whoever sends one has put a secret where proxies write it down.
    if asked:
        raise Turned(400, "token_in_url")


def _check_upgrade(knock: Knock) -> None:
    if (knock.one(b"upgrade") or b"").lower() != b"websocket" or b"upgrade" not in _tokens(knock, b"connection"):
        raise Turned(400, "upgrade")


def _key(knock: Knock) -> bytes:
    if knock.one(b"sec-websocket-version") != VERSION:
        raise Turned(426, "version", ((b"sec-websocket-version", VERSION),))
    key = knock.one(b"sec-websocket-key")
    if key is None or not KEY.fullmatch(key):
        raise Turned(400, "key")
    if knock.all(b"sec-websocket-protocol"):
        raise Turned(400, "subprotocol")
    return key


def _tokens(knock: Knock, name: bytes) -> set[bytes]:
    return {token.strip().lower() for value in knock.all(name) for token in value.split(b",")}


def _switching(key: bytes) -> bytes:
    """The answer that opens the socket; extensions are never accepted (security.md, 1)."""
    accept = b2a_base64(hashlib.sha1(key + MAGIC, usedforsecurity=False).digest(), newline=False)
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
        b"sec-websocket-accept: " + accept + b"\r\n\r\n"
    )

"""How many may come in: connections per network and per process, and handshakes per second."""

import hmac
import ipaddress
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from socket import AF_INET, inet_pton

from server.config import Settings
from server.transport.allowance import Allowance

KEY_SECONDS = 72 * 3600  # then the key is destroyed and no tag leads back to an address
TAG_BYTES = 8
NETWORKS = 10_000  # networks remembered at once for their rate of new people

LOOPBACK = 127  # the first byte of every IPv4 address of this machine itself
UNCOUNTED = b""  # the tag of this machine itself, and of who has no address


class Full(Exception):
    """Not now; `seconds` says when it is worth asking again."""

    def __init__(self, seconds: int) -> None:
        super().__init__("full")
        self.seconds = seconds


@dataclass(slots=True)
class Admission:
    """Counts by a keyed tag of the network an address is in. The address itself is never kept and never logged."""

    settings: Settings
    clock: Callable[[], float]
    connections: int = 0
    is_open: bool = True  # not while the process is being emptied
    _by_tag: Counter[bytes] = field(default_factory=Counter)
    _newcomers: dict[bytes, Allowance] = field(default_factory=dict)
    _logins: dict[bytes, Allowance] = field(default_factory=dict)
    _all_logins: Allowance = field(init=False)
    _handshakes: Allowance = field(init=False)
    _key: bytes = field(init=False)
    _key_since: float = field(init=False)

    def __post_init__(self) -> None:
        limits = self.settings
        self._handshakes = Allowance(limits.handshakes_per_second * 60, limits.handshake_burst)
        self._all_logins = Allowance(limits.logins_per_second * 60, limits.logins_per_second)
        self._renew_key(self.clock())

    def enter(self, address: str) -> bytes:
        """Counts one connection in and returns its tag, for `leave`; raises `Full`."""
        if not self.is_open:
            raise Full(1)
        if self.connections >= self.settings.connections:
            raise Full(5)
        tag = self.tag(address)
        if tag != UNCOUNTED and self._by_tag[tag] >= self.settings.connections_per_prefix:
            raise Full(30)
        if wait := self._handshakes.take(self.clock()):
            raise Full(1 + round(wait))
        self.connections += 1
        self._by_tag[tag] += 1
        return tag

    def leave(self, tag: bytes) -> None:
        self.connections -= 1
        self._by_tag[tag] -= 1
        if not self._by_tag[tag]:
            del self._by_tag[tag]

    def newcomer(self, address: str) -> None:
        """Counts one new person from this network; raises `Full` so that nobody can fill the store with people."""
        self._count(self._newcomers, self.tag(address), self.settings.sessions_per_prefix)

    def login(self, address: str) -> None:
        """Counts one try at a staff sign-in, before its costly comparison; raises `Full`."""
        self._count(self._logins, self.tag(address), self.settings.logins_per_prefix)
        if wait := self._all_logins.take(self.clock()):
            raise Full(1 + round(wait))

    def tag(self, address: str) -> bytes:
        """Eight bytes that stand for the address's network until the key is destroyed."""
        now = self.clock()
        if now - self._key_since > KEY_SECONDS:
            self._renew_key(now)
        network = prefix(address)
        return hmac.digest(self._key, b"v1" + network, "sha256")[:TAG_BYTES] if network else UNCOUNTED

    def _count(self, allowances: dict[bytes, Allowance], tag: bytes, per_minute: int) -> None:
        if tag == UNCOUNTED:
            return
        if len(allowances) >= NETWORKS:
            allowances.clear()
        if wait := allowances.setdefault(tag, Allowance(per_minute, per_minute)).take(self.clock()):
            raise Full(1 + round(wait))

    def _renew_key(self, now: float) -> None:
        self._key = secrets.token_bytes(32)
        self._key_since = now


def prefix(address: str) -> bytes:
    """The /24 (IPv4) or /56 (IPv6) that an address is in; nothing for this machine itself."""
    try:  # the common case, in one call
        packed = inet_pton(AF_INET, address)
    except OSError:
        return _other_prefix(address)
    return b"" if packed[0] == LOOPBACK else packed[:3]


def _other_prefix(address: str) -> bytes:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return b""
    if isinstance(known, ipaddress.IPv6Address):
        known = known.ipv4_mapped or known
    if known.is_loopback:
        return b""
    return known.packed[:3] if known.version == 4 else known.packed[:7]

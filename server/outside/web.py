"""An address of the operator's on the web: how it is reached, and how each side knows what the other has signed."""

import hmac
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from server.outside.thread import context

PORTS = {"https": 443, "http": 80}
ANSWERED = range(200, 300)
REDIRECT = range(300, 400)
TIMESTAMP, SIGNATURE = "X-Porchlight-Timestamp", "X-Porchlight-Signature"


class Address:
    """What follows no redirect, for nothing here does: whoever sends us elsewhere would get what we carry."""

    def __init__(self, url: str, ca_file: str, deadline_s: float) -> None:
        self._parts = urlsplit(url)
        self._deadline_s = deadline_s
        self._context = context(ca_file)
        self.target = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")

    def connection(self) -> HTTPConnection:
        """A new one, not open yet."""
        host, port = self._parts.hostname or "", self._parts.port or PORTS[self._parts.scheme]
        if self._parts.scheme == "https":
            return HTTPSConnection(host, port, timeout=self._deadline_s, context=self._context)
        return HTTPConnection(host, port, timeout=self._deadline_s)


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """By which who knows the secret is known, and what they say is as they said it."""
    return f"sha256={hmac.digest(secret, f'{stamp}.'.encode() + body, 'sha256').hex()}"


def signed(secret: bytes, body: bytes, now: int) -> dict[str, str]:
    """Headers by which the other side knows that it was we, and when (seconds from 1970); see docs/operating.md."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Porchlight",
        TIMESTAMP: str(now),
        SIGNATURE: signature(secret, str(now), body),
    }

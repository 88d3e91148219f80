"""A webhook: the alert as signed JSON, posted once, to where it is told and nowhere else."""

import hmac
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

import msgspec

from server.domain.paging import Alert, Kind
from server.domain.routes import Webhook
from server.paging.route import ANSWER_BYTES, Failed
from server.paging.thread import Opened, Threads, context

PORTS = {"https": 443, "http": 80}
DELIVERED = range(200, 300)
REDIRECT = range(300, 400)


class WebhookRoute:
    """Says "answer" to a server that answers no, "redirect" to one that sends us elsewhere with what we carry."""

    def __init__(self, way: Webhook, secret: str, deadline_s: float) -> None:
        self.name = way.name
        self._parts = urlsplit(way.url)
        self._secret = secret.encode()
        self._deadline_s = deadline_s
        self._context = context(way.ca_file)
        self._threads = Threads(way.name, deadline_s)

    async def tell(self, alert: Alert) -> bytes:
        opened = Opened()
        return await self._threads.run(opened, lambda: self._post(opened, alert))

    def close(self) -> None:
        self._threads.close()

    def _post(self, opened: Opened, alert: Alert) -> bytes:
        body = msgspec.json.encode(alert)
        target = self._parts.path or "/"
        if self._parts.query:
            target += f"?{self._parts.query}"
        with closing(self._connection()) as connection:
            connection.connect()
            opened.sock = connection.sock
            connection.request("POST", target, body, headers=signed(self._secret, body, int(time.time())))
            with connection.getresponse() as answer:
                if answer.status in REDIRECT:
                    raise Failed("redirect")
                if answer.status not in DELIVERED:
                    raise Failed("answer")
                return answer.read(ANSWER_BYTES) if alert.kind is Kind.DRILL else b""

    def _connection(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port or PORTS[self._parts.scheme]
        if self._parts.scheme == "https":
            return HTTPSConnection(host, port, timeout=self._deadline_s, context=self._context)
        return HTTPConnection(host, port, timeout=self._deadline_s)


def signed(secret: bytes, body: bytes, now: int) -> dict[str, str]:
    """Headers by which the other side knows that it was we, and when (seconds from 1970); see docs/operating.md."""
    signature = hmac.digest(secret, f"{now}.".encode() + body, "sha256").hex()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Porchlight",
        "X-Porchlight-Timestamp": str(now),
        "X-Porchlight-Signature": f"sha256={signature}",
        "Connection": "close",
    }

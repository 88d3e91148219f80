"""A webhook: the alert as signed JSON, posted once, to where it is told and nowhere else."""

import time
from contextlib import closing

import msgspec

from server.domain.paging import Alert, Kind
from server.domain.routes import Webhook
from server.outside.thread import Failed, Opened, Threads
from server.outside.web import ANSWERED, REDIRECT, Address, signed
from server.paging.route import ANSWER_BYTES


class WebhookRoute:
    """Says "answer" to a server that answers no, "redirect" to one that sends us elsewhere with what we carry."""

    def __init__(self, way: Webhook, secret: str, deadline_s: float) -> None:
        self.name = way.name
        self._secret = secret.encode()
        self._address = Address(way.url, way.ca_file, deadline_s)
        self._threads = Threads(f"pager-{way.name}", deadline_s)

    async def tell(self, alert: Alert) -> bytes:
        opened = Opened()
        return await self._threads.run(opened, lambda: self._post(opened, alert))

    def close(self) -> None:
        self._threads.close()

    def _post(self, opened: Opened, alert: Alert) -> bytes:
        body = msgspec.json.encode(alert)
        headers = signed(self._secret, body, int(time.time())) | {"Connection": "close"}
        with closing(self._address.connection()) as connection:
            connection.connect()
            opened.begins(connection.sock)
            connection.request("POST", self._address.target, body, headers=headers)
            with connection.getresponse() as answer:
                if answer.status in REDIRECT:
                    raise Failed("redirect")
                if answer.status not in ANSWERED:
                    raise Failed("answer")
                return answer.read(ANSWER_BYTES) if alert.kind is Kind.DRILL else b""

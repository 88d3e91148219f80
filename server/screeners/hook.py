"""A screener of the operator's behind HTTP: it is shown a text and a level, and answers with what it saw."""

import hmac
import logging
import time
import weakref
from collections.abc import Callable
from http.client import HTTPConnection

import msgspec

from server.domain.hooks import Answer, HookFile, Question
from server.domain.screening import Opinion, Runs, Screened
from server.outside.breaker import Breaker
from server.outside.thread import Failed, Opened, Threads
from server.outside.web import ANSWERED, REDIRECT, SIGNATURE, Address, signature, signed

ANSWER_BYTES = 16_384  # sixteen signs with all their places take a quarter of it
WAITING = 64  # texts that wait for a thread; one more is held at once rather than late

log = logging.getLogger("porchlight.screening")
_answer = msgspec.json.Decoder(Answer)


class Hook:
    """Whatever goes wrong is `Failed`, and what was asked about it is unscreened."""

    runs = Runs.REMOTE

    def __init__(self, name: str, file: HookFile, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self._surfaces, self._signs = frozenset(file.surfaces), frozenset(file.signs)
        self._secret = secret.encode()
        self._address = Address(file.url, file.ca_file, file.deadline_ms / 1_000)
        self._threads = Threads(f"hook-{name}", file.deadline_ms / 1_000, file.at_once)
        self._breaker = Breaker(f"the hook {name}", clock)
        self._most, self._asked = file.at_once + WAITING, 0
        self._kept: list[HTTPConnection] = []  # open, and used by nobody now
        # Another policy may take its place while texts are still with it: it is let go of with the last of them.
        self.close = weakref.finalize(self, _let_go, self._threads, self._kept)

    async def screen(self, screened: Screened) -> tuple[Opinion, ...]:
        if screened.surface not in self._surfaces:
            return ()
        try:
            with self._breaker.watching():
                return self._opinions(await self._ask(Question(screened.text, screened.level)), screened)
        except Failed as no:
            log.warning("the hook %s gave no opinion: %s", self.name, no.why)
            raise

    async def _ask(self, question: Question) -> Answer:
        if self._asked >= self._most:
            raise Failed("busy")
        self._asked += 1
        opened, body = Opened(), msgspec.json.encode(question)
        try:
            return await self._threads.run(opened, lambda: self._answered(opened, body))
        finally:
            self._asked -= 1

    def _opinions(self, answer: Answer, screened: Screened) -> tuple[Opinion, ...]:
        opinions = tuple(seen.opinion(self.name) for seen in answer.seen)
        if any(seen.sign not in self._signs for seen in answer.seen):
            raise Failed("nonsense")
        if not all(opinion.sensible(len(screened.text)) for opinion in opinions):
            raise Failed("nonsense")
        return opinions

    # -- in a thread

    def _answered(self, opened: Opened, body: bytes) -> Answer:
        try:
            connection = self._kept.pop()
        except IndexError:
            return self._post(opened, self._address.connection(), body)
        try:
            return self._post(opened, connection, body)
        except ConnectionError:  # it was closed while nobody used it; what is asked changes nothing, so ask again
            return self._post(opened, self._address.connection(), body)

    def _post(self, opened: Opened, connection: HTTPConnection, body: bytes) -> Answer:
        try:
            if connection.sock is None:
                connection.connect()
            opened.begins(connection.sock)
            headers = signed(self._secret, body, int(time.time()))
            connection.request("POST", self._address.target, body, headers=headers)
            answer = self._read(connection, headers[SIGNATURE])
        except BaseException:
            connection.close()
            raise
        opened.sock = None  # it is not cut: others go on with it
        if connection.sock is not None:
            self._kept.append(connection)
        return answer

    def _read(self, connection: HTTPConnection, asked: str) -> Answer:
        """Signed together with the signature of what was asked: an answer to something else is none."""
        with connection.getresponse() as answer:
            if answer.status in REDIRECT:
                raise Failed("redirect")
            if answer.status not in ANSWERED:
                raise Failed("answer")
            body = answer.read(ANSWER_BYTES + 1)
            if len(body) > ANSWER_BYTES:
                raise Failed("answer")
            given = answer.headers.get(SIGNATURE, "")
        if not hmac.compare_digest(given.encode(errors="replace"), signature(self._secret, asked, body).encode()):
            raise Failed("signature")
        try:
            return _answer.decode(body)
        except msgspec.MsgspecError:
            raise Failed("nonsense") from None


def _let_go(threads: Threads, kept: list[HTTPConnection]) -> None:
    threads.close()
    while kept:
        kept.pop().close()

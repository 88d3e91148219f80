"""The drill: a labelled crisis of nobody's, sent through the running service from socket to phone, and timed."""

import asyncio
import secrets
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, cast

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from server import embedded, files
from server.actions import doing, tickets
from server.actions.accounts import SECRET_BYTES
from server.actions.services import Desk
from server.config import Settings
from server.domain import care, identity
from server.domain.accounts import Person, digest
from server.domain.care import TicketRecord
from server.domain.channels import DESK
from server.domain.drill import Result, Step
from server.domain.moderation import AuditRow
from server.protocol import codec
from server.protocol.commands import VERSION, Answer, Command, Hello, Help
from server.protocol.events import PageSeen, TicketChanged
from server.protocol.fields import CardAnswer, PageStep, TicketOutcome
from server.protocol.people import Role
from server.protocol.refusals import Refused
from server.store.desk import Drawer
from server.store.paging import Called
from server.store.store import Store, opened
from server.transport.door import cookie_name

PATIENCE_S = 30.0  # for each step
POLL_S = 0.02
LOGGED = 200  # of the desk's latest events


class Missed(Exception):
    """A step did not come to its end."""


async def drill(settings: Settings, *, patience_s: float = PATIENCE_S) -> Result:
    """Runs it and keeps its result. A step that fails ends it; what was opened is closed again."""
    store = await opened(settings, embedded.attach(settings))
    try:
        run = Run(settings, store, settings.secret.encode() or await store.secret(), patience_s)
        await run.all()
        result = Result(store.clock.now(), tuple(run.steps))
        await store.paging.keep_drill(msgspec.json.encode(result))
        return result
    finally:
        await store.close()


def told(result: Result) -> str:
    """A line for each step, and the last word."""
    lines = [
        f"{'ok' if step.is_well else 'FAILED' if step.counts else '-':7}{step.name:28}{step.ms:>7} ms  {step.says}"
        for step in result.steps
    ]
    return "\n".join(line.rstrip() for line in [*lines, "PASS" if result.passed else "FAIL"])


class Run:
    """One drill. The person is known as nobody by their id, which only we can make; no room ever hears of them."""

    def __init__(self, settings: Settings, store: Store, secret: bytes, patience_s: float) -> None:
        self.steps: list[Step] = []
        self._settings, self._store = settings, store
        self._person = identity.drill_person(secret, secrets.token_hex(8))
        self._patience_s = patience_s
        self._routes = files.pager(settings).of(PageStep.TEAM)

    async def all(self) -> None:
        try:
            async with self._someone() as socket:
                ticket = await self._step("ticket is kept", lambda: self._ticket(socket))
                try:
                    await self._step("desk is told", lambda: self._desk_told(ticket))
                    await self._pages(ticket)
                finally:
                    await self._step("ticket is closed again", lambda: self._close(socket, ticket))
        except Missed:
            pass

    async def _pages(self, ticket: str) -> None:
        if not self._routes:
            self.steps.append(Step("page", 0, is_well=False, says="no route calls the team: see pager.toml"))
            return
        began = monotonic()
        await asyncio.gather(*(self._paged(route, ticket, began) for route in self._routes))
        back = (await self._store.paging.called(ticket)).back
        if back:
            link = next(iter(back.values()))
            await self._step("seen by phone", lambda: self._seen(link, ticket))
        else:
            self.steps.append(Step("seen by phone", 0, is_well=False, says="not acknowledged", counts=False))

    async def _paged(self, route: str, ticket: str, began: float) -> None:
        try:
            await self._until(lambda: self._called(ticket), lambda called: route in called.sent)
            self.steps.append(Step(f"page by {route}", _since(began), is_well=True))
        except Missed:
            self.steps.append(Step(f"page by {route}", _since(began), is_well=False, says="not sent"))

    async def _step(self, name: str, work: Callable[[], Awaitable[str]]) -> str:
        """What it found; noted either way."""
        began = monotonic()
        try:
            async with asyncio.timeout(self._patience_s + 1):
                found = await work()
        except (Missed, Refused, OSError, TimeoutError, WebSocketException) as fault:
            says = str(fault) if isinstance(fault, Missed) else type(fault).__name__
            self.steps.append(Step(name, _since(began), is_well=False, says=says))
            raise Missed from None
        self.steps.append(Step(name, _since(began), is_well=True))
        return found

    @asynccontextmanager
    async def _someone(self) -> AsyncIterator[ClientConnection]:
        """Signed in, and greeted over a socket like anyone."""
        token = f"{self._person}.{secrets.token_urlsafe(SECRET_BYTES)}"
        await self._store.accounts.begin(Person(self._person, Role.PEER, "", digest(token)))
        url, opened_one = self._settings.url, None
        headers = {"Cookie": f"{cookie_name(self._settings)}={token}", "Origin": url}

        async def greeted() -> str:
            nonlocal opened_one
            address = f"ws{url.removeprefix('http')}/ws"
            opened_one = await connect(address, additional_headers=headers, compression=None, proxy=None)
            await _ask(opened_one, Hello(ref=1, version=VERSION))
            return ""

        try:
            await self._step("socket is greeted", greeted)
            assert opened_one is not None
            yield opened_one
        finally:
            if opened_one is not None:
                await opened_one.close()

    async def _ticket(self, socket: ClientConnection) -> str:
        """Asks for help, and finds the ticket in the store, with its label."""
        answer = await _ask(socket, Help(ref=2, client_id=secrets.token_bytes(16), channel=None))
        ticket = str(answer["ticket"])
        kept = await self._store.desk.record(Drawer.TICKETS, ticket)
        if not kept or not msgspec.msgpack.decode(kept, type=TicketRecord).ticket.drill:
            raise Missed("the store has no such ticket with the label")
        return ticket

    async def _desk_told(self, ticket: str) -> str:
        await self._until(
            self._logged, lambda log: any(isinstance(e, TicketChanged) and e.ticket.ticket == ticket for e in log)
        )
        return ""

    async def _seen(self, link: str, ticket: str) -> str:
        """What a phone does: looks, and presses."""
        status, page = await asyncio.to_thread(_http, link, "GET")
        if status != 200 or "<form" not in page:
            raise Missed(f"the link showed no button ({status})")
        if any(isinstance(e, PageSeen) and e.ticket == ticket for e in await self._logged()):
            raise Missed("looking at it acknowledged it")
        status, _ = await asyncio.to_thread(_http, link, "POST")
        if status != 200:
            raise Missed(f"the button did nothing ({status})")
        await self._until(self._logged, lambda log: any(isinstance(e, PageSeen) and e.ticket == ticket for e in log))
        return ""

    async def _close(self, socket: ClientConnection, ticket: str) -> str:
        """The person says that it was a mistake, and the ticket is settled as an audited drill."""
        await _ask(socket, Answer(ref=3, card=ticket, says=CardAnswer.MISTAKE))
        now = self._store.clock.now()
        row = AuditRow(who="drill", what="settle_ticket", which=ticket, why="drill", at=now)
        services = cast(Any, Desk(self._settings, self._store, doing.do))
        await tickets.change_ticket(
            services, ticket, lambda record: care.settled(record, "", TicketOutcome.DECLINED, now), row=row
        )
        return ""

    async def _called(self, ticket: str) -> Called:
        return await self._store.paging.called(ticket)

    async def _logged(self) -> list[object]:
        return [codec.inside(entry.frame) for entry in await self._store.channels.before(DESK, None, LOGGED)]

    async def _until(self, look: Callable[[], Awaitable[Any]], is_there: Callable[[Any], bool]) -> None:
        until = monotonic() + self._patience_s
        while not is_there(await look()):
            if monotonic() > until:
                raise Missed("not in time")
            await asyncio.sleep(POLL_S)


async def _ask(socket: ClientConnection, command: Command) -> dict[str, Any]:
    """One command and its answer; a refusal is a miss."""
    await socket.send(codec.encode(command))
    async for frame in socket:
        _, event = msgspec.msgpack.decode(cast(bytes, frame))
        if event.get("ref") == command.ref:
            if event["type"] == "refused":
                raise Missed(f"refused: {event['code']}")
            return cast(dict[str, Any], event)
    raise Missed("the socket ended")


def _http(link: str, method: str) -> tuple[int, str]:
    request = urllib.request.Request(link, data=b"" if method == "POST" else None, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as no:
        with no:
            return no.code, ""


def _since(began: float) -> int:
    return round((monotonic() - began) * 1000)

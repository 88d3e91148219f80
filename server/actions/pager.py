"""The pager: calls people who do not look at the desk, by every route of a step, until someone has seen or taken it."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from msgspec import msgpack

from server import metrics
from server.actions import background
from server.actions.faults import where
from server.config import Settings
from server.domain import channels, paging
from server.domain.care import TicketRecord
from server.domain.errands import CallFor, Page
from server.domain.opening import State, happening
from server.domain.paging import Alert, Call, Kind, Link, Verdict
from server.domain.routes import PagerFile
from server.domain.supervised import Ask
from server.protocol.fields import TicketState, Urgency
from server.protocol.refusals import Refused
from server.store.desk import Drawer
from server.store.listening import decoded
from server.store.store import Store

log = logging.getLogger("porchlight.pager")

AT_ONCE = 4  # alerts of one route that one process has under way
COUNTED_MS = 1_000  # all tickets are read for it
BEATS = 3  # in a lease: so often it is said that a call is still being made

_tickets = msgpack.Decoder(TicketRecord)


class Route(Protocol):
    """A way to reach people; `server.paging` has them."""

    async def tell(self, alert: Alert) -> bytes: ...
    def close(self) -> None: ...


class OnDuty(Protocol):
    """Who is on duty everywhere, as it was last heard."""

    @property
    def names(self) -> tuple[str, ...]: ...


@dataclass(slots=True)
class Pager:
    """`failed`: the exception with which a route says why it told nobody."""

    settings: Settings
    store: Store
    roster: OnDuty
    file: PagerFile
    routes: Mapping[str, Route]
    failed: type[Exception]
    secret: bytes
    _busy: set[str] = field(default_factory=set)
    _counted: int = 0
    _counted_at: int = 0

    async def page(self, page: Page) -> None:
        """Durable when it is done: each route of the step has a call to make. The same page again changes nothing."""
        record = await self._ticket(page.ticket)
        is_drill = record is not None and record.ticket.drill
        kind = Kind.DRILL if is_drill else Kind.TICKET
        call = Call(kind, page.ticket, page.urgency, page.step.value, page.since, page.times)
        await self.leave(call, self.file.of(page.step))

    async def call_for(self, what: CallFor) -> None:
        """A listener's question waits: as with a ticket, and without a word of what is asked."""
        call = Call(Kind.ASK, channels.name(what.ask), Urgency.SERIOUS, what.step.value, what.since, what.times)
        await self.leave(call, self.file.for_ask(what.step))

    async def leave(self, call: Call, routes: tuple[str, ...]) -> None:
        left = [await self.store.paging.leave(route, call) for route in routes]
        if any(left) or not routes:
            metrics.pages.inc(call.step)
        if not routes and self.routes:
            log.error("the step %s of the pager has no route", call.step)
        for route in routes:
            background.spawn(self.deliver(route))

    async def deliver(self, route: str) -> None:
        """Makes the calls that are due by one route; one that hangs or fails is nothing to the others."""
        if route in self._busy:
            return
        self._busy.add(route)
        try:
            while taken := await self.store.paging.take(route, AT_ONCE, self.settings.page_lease_ms):
                await asyncio.gather(*(self._make(route, call) for call in taken))
        finally:
            self._busy.discard(route)

    def is_red(self) -> bool:
        """Nobody is on duty, and someone is meant to be."""
        hours = self.file.hours
        if hours is None or self.roster.names:
            return False
        moment = datetime.fromtimestamp(self.store.clock.now() / 1000, ZoneInfo(hours.zone))
        return happening(hours.openings, moment)[0] is State.OPEN

    async def is_waiting(self, call: Call) -> bool:
        """Whether what someone is called for still needs them."""
        if call.kind is Kind.ALARM:
            return self.is_red()
        if call.kind is Kind.ASK:
            return await self._is_asking(call)
        record = await self._ticket(call.ticket)
        return record is not None and record.ticket.state is TicketState.OPEN

    async def waiting(self) -> list[TicketRecord]:
        """The tickets that nobody has taken, without those of a drill."""
        records = [_tickets.decode(record) for record in await self.store.desk.records(Drawer.TICKETS)]
        return [each for each in records if each.ticket.state is TicketState.OPEN and not each.ticket.drill]

    async def failing(self) -> tuple[str, ...]:
        """Of the routes that there are; what the file no longer names fails no more."""
        return tuple(route for route in await self.store.paging.failing() if route in self.routes)

    async def test(self) -> dict[str, str]:
        """Tells a test by every route, at once and once: by its name, "told" or why not."""
        now = self.store.clock.now()
        call = Call(Kind.TEST, "test", Urgency.CONCERN, "test", now)
        return dict(await asyncio.gather(*(self._tried(route, call) for route in self.routes)))

    def close(self) -> None:
        for route in self.routes.values():
            route.close()

    async def _make(self, route: str, call: Call) -> None:
        """Held for as long as this process lives and no longer: nobody waits for the calls of a dead one."""
        holding = asyncio.create_task(self._hold(route, call))
        try:
            await self._settle(route, call)
        finally:
            holding.cancel()

    async def _hold(self, route: str, call: Call) -> None:
        lease_ms = self.settings.page_lease_ms
        while True:
            await asyncio.sleep(lease_ms / BEATS / 1000)
            with suppress(Refused):  # the store is away: it is said with the next beat
                await self.store.paging.put_off(route, call, self.store.clock.now() + lease_ms)

    async def _settle(self, route: str, call: Call) -> None:
        store, now = self.store.paging, self.store.clock.now()
        called = await store.called(call.ticket)
        match paging.verdict(call, is_waiting=await self.is_waiting(call), quiet=called.quiet, now=now):
            case Verdict.OVER:
                await store.put_off(route, call, 0)
            case Verdict.LATER:
                await store.put_off(route, call, called.quiet.until)
            case Verdict.SEND:
                await self._tell(route, call)

    async def _tell(self, route: str, call: Call) -> None:
        alert = await self._alert(route, call)
        try:
            said = await self.routes[route].tell(alert)
        except Exception as fault:  # of ours too: the desk must learn that nobody was told
            why = str(fault) if isinstance(fault, self.failed) else where(fault)
            metrics.pages_failed.inc(route, why if isinstance(fault, self.failed) else "fault")
            tries = await self.store.paging.failed(route, call)
            log.warning("the pager's route %s failed (%s), try %d", route, why, tries)
            return
        metrics.pages_sent.inc(route)
        came_back = call.kind is Kind.DRILL and alert.link.encode() in said
        await self.store.paging.sent(route, call, alert.link if came_back else "")

    async def _tried(self, route: str, call: Call) -> tuple[str, str]:
        try:
            await self.routes[route].tell(await self._alert(route, call))
        except self.failed as no:
            return route, str(no)
        return route, "told"

    async def _alert(self, route: str, call: Call) -> Alert:
        link = Link(call, route, self.store.clock.now() + self.settings.page_link_ms)
        return Alert(
            kind=call.kind,
            service=self.settings.service_name,
            urgency=call.urgency,
            step=call.step,
            ticket=call.ticket,
            since=call.since,
            waiting=await self._count(),
            link=f"{self.settings.url}/page/{paging.token(self.secret, link)}",
        )

    async def _count(self) -> int:
        """How many wait, looked up once for many alerts."""
        now = self.store.clock.now()
        if now >= self._counted_at + COUNTED_MS:
            self._counted, self._counted_at = len(await self.waiting()), now
        return self._counted

    async def _is_asking(self, call: Call) -> bool:
        thread = channels.ask(call.ticket)
        ask = decoded((await self.store.listening.kept([thread]))[thread])
        return isinstance(ask, Ask) and ask.waits and ask.since == call.since

    async def _ticket(self, ticket: str) -> TicketRecord | None:
        record = await self.store.desk.record(Drawer.TICKETS, ticket)
        return _tickets.decode(record) if record else None

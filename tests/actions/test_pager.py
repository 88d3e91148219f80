"""The pager: who is called, by independent routes, until someone has seen or taken it; and what no alert holds."""

import asyncio
import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from msgspec import json, structs
from prometheus_client import REGISTRY

from server.actions import background, errands, tickets
from server.actions.services import Services
from server.domain import identity
from server.domain.channels import DESK
from server.domain.errands import OpenTicket, Page, unpacked
from server.domain.paging import Alert, Kind
from server.domain.routes import Command, PagerFile, Steps
from server.outside.thread import Failed
from server.protocol.commands import Desk, Duty, Help, Take
from server.protocol.events import DeskState, HelpReceived
from server.protocol.fields import DutyState, PageStep, TicketSource, Urgency
from server.protocol.people import Role
from server.store import keys
from tests.actions.conftest import Arrive
from tests.waiting import LIMIT_S, until

CANARY = "canary-7741"

pytestmark = pytest.mark.usefixtures("carer")


@dataclass
class Recorder:
    """A route that writes down what it is told, or fails as it is told to."""

    alerts: list[Alert] = field(default_factory=list)
    fails: bool = False
    held: asyncio.Event | None = None

    async def tell(self, alert: Alert) -> bytes:
        if self.held is not None:
            await self.held.wait()
        if self.fails:
            raise Failed("connection")
        self.alerts.append(alert)
        return alert.link.encode()

    def close(self) -> None:
        pass


Routes = dict[str, Recorder]


@pytest.fixture
def routes(services: Services) -> Routes:
    """`phones` for the team, `phones` and `mail` for the operator and the alarm."""
    recorders = {"phones": Recorder(), "mail": Recorder()}
    both = ("phones", "mail")
    services.pager.file = PagerFile(
        routes=tuple(Command(name=name, program=name) for name in recorders),
        steps=Steps(team=("phones",), deputy=("phones",), everyone=("phones",), operator=both, alarm=both),
    )
    services.pager.routes = recorders
    return recorders


@pytest.fixture
async def carer(arrive: Arrive) -> None:
    """Someone is on duty, so that the clocks go up the ladder step by step."""
    await arrive("wren", Role.MODERATOR).does(Duty, state=DutyState.ON)


def worry(ticket: str = "t1", urgency: Urgency = Urgency.IMMINENT, person: str = "ana") -> OpenTicket:
    return OpenTicket(
        ticket=ticket,
        person=person,
        source=TicketSource.SCREENING,
        urgency=urgency,
        channel="room:evening",
        handle=f"{CANARY}-handle",
        text=f"{CANARY}-text",
        rule=f"{CANARY}-rule",
        since=1_700_000_000_000,
    )


async def opens(services: Services, because: OpenTicket) -> None:
    """As if it were said now; what follows from it at once is carried."""
    await errands.open_ticket(services, structs.replace(because, since=services.store.clock.now()))


def told(recorder: Recorder, times: int = 1) -> Callable[[], bool]:
    return lambda: len(recorder.alerts) >= times


async def deliver(services: Services) -> None:
    """As the timers do; a route that is at it already is left alone."""
    for route in services.pager.routes:
        await services.pager.deliver(route)


async def make_due(services: Services, route: str, ticket: str = "t1") -> None:
    await services.store.scripts.ask("ZADD", keys.calls_due(route), 0, ticket)


async def test_a_grave_ticket_calls_the_team_at_once(services: Services, routes: Routes) -> None:
    await opens(services, worry(urgency=Urgency.IMMINENT))
    await until(told(routes["phones"]))
    (alert,) = routes["phones"].alerts
    assert (alert.kind, alert.urgency, alert.step, alert.ticket) == (Kind.TICKET, Urgency.IMMINENT, "team", "t1")
    assert (alert.since, alert.waiting) == ((await tickets.ticket(services, "t1")).ticket.since, 1)
    assert routes["mail"].alerts == []


async def test_a_concern_calls_nobody_until_it_becomes_grave(services: Services, routes: Routes) -> None:
    await opens(services, worry(urgency=Urgency.CONCERN))
    await deliver(services)
    assert routes["phones"].alerts == []
    await opens(services, worry("t2", Urgency.IMMINENT))
    await until(told(routes["phones"]))
    assert routes["phones"].alerts[0].ticket == "t1"
    await opens(services, worry("t3", Urgency.IMMINENT))
    await deliver(services)
    assert len(routes["phones"].alerts) == 1, "the same urgency again is the same call"


async def test_nothing_of_what_anyone_wrote_is_in_an_alert(services: Services, routes: Routes) -> None:
    await opens(services, worry())
    await services.pager.page(Page("t1", Urgency.SERIOUS, PageStep.OPERATOR, 1_700_000_000_000))
    await until(lambda: bool(routes["mail"].alerts))
    for recorder in routes.values():
        for alert in recorder.alerts:
            said = json.encode(alert).decode()
            assert CANARY not in said
            assert "room" not in said
            assert "evening" not in said
            assert "ana" not in said


async def test_a_call_that_a_dead_process_left_is_found(services: Services, routes: Routes) -> None:
    await opens(services, worry())
    await until(told(routes["phones"]))
    page = Page("t1", Urgency.SERIOUS, PageStep.DEPUTY, 1_700_000_000_000)
    await errands.carry(services, DESK, {"page:t1:deputy": page})
    await errands.carry(services, DESK, {"page:t1:deputy": page})
    await until(told(routes["phones"], 2))
    await deliver(services)
    assert [alert.step for alert in routes["phones"].alerts] == ["team", "deputy"]


async def test_the_call_is_left_in_the_same_step_as_the_ticket(
    services: Services, routes: Routes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as death:
        death.setattr(background, "spawn", lambda work: work.close())
        await opens(services, worry())
    left = (await services.store.outbox.left())[DESK]
    since = (await tickets.ticket(services, "t1")).ticket.since
    assert [unpacked(what) for what in left.values()] == [Page("t1", Urgency.IMMINENT, PageStep.TEAM, since)]
    await errands.sweep(services)
    await until(told(routes["phones"]))


async def test_one_route_that_hangs_or_fails_does_not_stop_the_other(services: Services, routes: Routes) -> None:
    await opens(services, worry())
    await until(told(routes["phones"]))
    routes["phones"].held = asyncio.Event()
    await services.pager.page(Page("t1", Urgency.SERIOUS, PageStep.OPERATOR, 1_700_000_000_000))
    await until(told(routes["mail"]))
    routes["phones"].fails = True
    routes["phones"].held.set()
    routes["mail"].fails = True
    await until(lambda: not services.pager._busy)
    assert await services.store.paging.waiting("phones") == 1


async def test_a_failed_call_is_told_at_the_desk_and_tried_again_until_it_is_made(
    services: Services, routes: Routes, arrive: Arrive
) -> None:
    routes["phones"].fails = True
    await opens(services, worry())
    await _until_failing(services, ("phones",))
    mo = arrive("mo", Role.MODERATOR)
    state = await mo.does(Desk)
    assert isinstance(state, DeskState)
    assert state.pager == ("phones",)
    for _ in range(3):
        await make_due(services, "phones")
        await deliver(services)
    routes["phones"].fails = False
    await make_due(services, "phones")
    await deliver(services)
    assert len(routes["phones"].alerts) == 1
    await _until_failing(services, ())


async def test_a_ticket_that_someone_has_is_called_for_no_more(
    services: Services, routes: Routes, arrive: Arrive
) -> None:
    routes["phones"].fails = True
    await opens(services, worry())
    await _until_failing(services, ("phones",))
    await arrive("mo", Role.MODERATOR).does(Take, ticket="t1")
    routes["phones"].fails = False
    await make_due(services, "phones")
    await deliver(services)
    assert routes["phones"].alerts == []
    assert await services.store.paging.waiting("phones") == 0


async def test_many_calls_go_a_few_at_a_time(services: Services, routes: Routes) -> None:
    routes["phones"].held = asyncio.Event()
    for place in range(12):
        await opens(services, worry(f"t{place}", person=f"p{place}"))
    routes["phones"].held.set()
    await until(lambda: services.pager._busy == set())
    await deliver(services)
    assert {alert.ticket for alert in routes["phones"].alerts} == {f"t{place}" for place in range(12)}


async def test_a_test_goes_by_every_route_once_and_says_what_happened(services: Services, routes: Routes) -> None:
    routes["mail"].fails = True
    assert await services.pager.test() == {"phones": "told", "mail": "connection"}
    assert [alert.kind for alert in routes["phones"].alerts] == [Kind.TEST]
    assert await services.store.paging.failing() == ()


async def test_who_presses_help_in_a_drill_is_labelled_everywhere(
    services: Services, routes: Routes, arrive: Arrive
) -> None:
    nobody = arrive(identity.drill_person(services.secret, "0123456789abcdef"))
    received = await nobody.does(Help, client_id=b"1" * 16)
    assert isinstance(received, HelpReceived)
    await until(told(routes["phones"]))
    (alert,) = routes["phones"].alerts
    assert (alert.kind, alert.waiting) == (Kind.DRILL, 0), "a drill is no ticket that waits"
    assert (await tickets.ticket(services, received.ticket)).ticket.drill
    assert (await services.store.paging.called(received.ticket)).back == {"phones": alert.link}
    assert routes["mail"].alerts == [], "an exercise wakes nobody but the team"


async def test_a_fault_of_our_own_is_a_failed_call_like_any(
    services: Services, routes: Routes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(alert: Alert) -> bytes:
        raise KeyError(CANARY)

    monkeypatch.setattr(routes["phones"], "tell", breaks)
    await opens(services, worry())
    await _until_failing(services, ("phones",))
    assert REGISTRY.get_sample_value("porchlight_pages_failed_total", {"route": "phones", "why": "fault"}) == 1


async def test_a_route_that_is_no_longer_in_the_file_fails_no_more(services: Services, routes: Routes) -> None:
    routes["phones"].fails = True
    await opens(services, worry())
    await _until_failing(services, ("phones",))
    services.pager.routes = {"mail": routes["mail"]}
    assert await services.pager.failing() == ()


async def test_without_routes_nobody_is_called_and_nothing_breaks(services: Services) -> None:
    await opens(services, worry())
    await services.pager.page(Page("t1", Urgency.SERIOUS, PageStep.OPERATOR, 1, times=2))


async def _until_failing(services: Services, names: tuple[str, ...]) -> None:
    async with asyncio.timeout(10):
        while await services.store.paging.failing() != names:
            await asyncio.sleep(0.01)


async def test_a_process_that_dies_with_a_call_holds_it_for_a_moment_and_a_slow_route_keeps_it(
    services: Services, routes: Routes, monkeypatch: pytest.MonkeyPatch
) -> None:
    pager = services.pager
    pager.settings = dataclasses.replace(pager.settings, page_lease_ms=300)
    with monkeypatch.context() as death:
        death.setattr(background, "spawn", lambda work: work.close())
        await opens(services, worry())
        await errands.sweep(services)
    slow, held = routes["phones"], asyncio.Event()
    slow.held = held
    dying = asyncio.create_task(pager.deliver("phones"))
    taken = await _due_after(services, services.store.clock.now())
    await _due_after(services, taken)  # it says that it lives, while the route takes its time
    dying.cancel()
    slow.held = None
    other = dataclasses.replace(pager, _busy=set())
    async with asyncio.timeout(LIMIT_S):
        while not slow.alerts:
            await other.deliver("phones")
            await asyncio.sleep(0.02)
    assert len(slow.alerts) == 1


async def _due_after(services: Services, moment: int) -> int:
    """When the call is due again, once that is later than a moment."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            due = dict(await services.store.scripts.ask("ZRANGE", keys.calls_due("phones"), 0, -1, "WITHSCORES"))
            if due and (at := int(due[b"t1"])) > moment:
                return at
            await asyncio.sleep(0.01)

"""The watch: the red alarm when nobody is on duty in opening hours, by two routes; and what the metrics count."""

from dataclasses import replace

import pytest
from msgspec import json, structs
from prometheus_client import REGISTRY

from server.actions import errands, watch
from server.actions.services import Services
from server.domain.drill import Result, Step
from server.domain.opening import Opening
from server.domain.paging import Kind
from server.domain.routes import Hours
from server.protocol.commands import Duty
from server.protocol.fields import DutyState, Urgency
from server.protocol.listening import Queue
from server.protocol.people import Role
from server.store import keys
from tests.actions.conftest import Arrive
from tests.actions.talking import two_who_talk
from tests.actions.test_asks import a_supervisor
from tests.actions.test_pager import Routes, deliver, routes, told, worry
from tests.waiting import until

__all__ = ["routes"]

ALWAYS = Hours(zone="Europe/London", openings=(Opening(tuple(range(1, 8)), "00:00", "00:00"),))
RED = keys.red_since()


@pytest.fixture
def impatient(services: Services, routes: Routes) -> Services:
    """The alarm is due at once where it is open, which is always."""
    services.pager.file = structs.replace(services.pager.file, hours=ALWAYS)
    return replace(services, settings=replace(services.settings, alarm_ms=0, alarm_again_ms=60_000))


async def test_nobody_on_duty_in_opening_hours_is_told_by_both_routes(impatient: Services, routes: Routes) -> None:
    for _ in range(3):
        await watch.alarm(impatient)
    await until(told(routes["phones"]))
    await until(told(routes["mail"]))
    await deliver(impatient)
    for recorder in routes.values():
        (alert,) = recorder.alerts
        assert (alert.kind, alert.step) == (Kind.ALARM, "alarm")


async def test_the_alarm_comes_again_while_it_lasts(impatient: Services, routes: Routes) -> None:
    await watch.alarm(impatient)
    await until(told(routes["phones"]))
    await impatient.store.scripts.ask("SET", RED, impatient.store.clock.now() - 61_000)
    await watch.alarm(impatient)
    await until(told(routes["phones"], 2))


async def test_a_moment_without_anyone_is_no_alarm(services: Services, impatient: Services, routes: Routes) -> None:
    await watch.alarm(services)
    await deliver(services)
    assert routes["phones"].alerts == []


async def test_outside_of_the_hours_nobody_is_missed(impatient: Services, routes: Routes) -> None:
    impatient.pager.file = structs.replace(impatient.pager.file, hours=None)
    await watch.alarm(impatient)
    await deliver(impatient)
    assert routes["phones"].alerts == []


async def test_with_someone_on_duty_it_is_not_red(impatient: Services, routes: Routes, arrive: Arrive) -> None:
    await arrive("mo", Role.MODERATOR).does(Duty, state=DutyState.ON)
    await watch.alarm(impatient)
    await deliver(impatient)
    assert routes["phones"].alerts == []
    assert REGISTRY.get_sample_value("porchlight_red") == 0


async def test_what_waits_is_counted(services: Services, routes: Routes) -> None:
    routes["phones"].fails = True
    await errands.open_ticket(services, worry())
    await errands.open_ticket(services, worry("t2", Urgency.CONCERN, "ben"))
    await until(lambda: services.pager._busy == set())
    await services.pager.deliver("phones")
    await watch.count(services)
    value = REGISTRY.get_sample_value
    assert value("porchlight_unacknowledged", {"urgency": "imminent"}) == 1
    assert value("porchlight_unacknowledged", {"urgency": "serious"}) == 0
    assert (value("porchlight_oldest_ticket_seconds") or 0) > 1_000
    assert value("porchlight_pages_waiting", {"route": "phones"}) == 1
    assert value("porchlight_pager_routes_failing") == 1
    assert value("porchlight_oldest_hold_seconds") == 0


async def test_the_numbers_of_the_overview_are_counted(services: Services, arrive: Arrive) -> None:
    await two_who_talk(arrive)
    await a_supervisor(arrive)
    await arrive("ben").does(Queue, client_id=b"1" * 16)
    await errands.open_ticket(services, worry())
    await watch.count(services)
    value = REGISTRY.get_sample_value
    assert value("porchlight_one_to_ones") == value("porchlight_waiting") == value("porchlight_high_risk") == 1
    assert value("porchlight_listeners", {"state": "there"}) == value("porchlight_supervisors_on_duty") == 1
    assert value("porchlight_listeners", {"state": "free"}) == 0
    assert (value("porchlight_oldest_wait_seconds") or 0) > 0


async def test_the_last_drill_is_shown(services: Services) -> None:
    result = Result(1_700_000_000_000, (Step("page by phones", 250, is_well=True),))
    await services.store.paging.keep_drill(json.encode(result))
    await watch.count(services)
    assert REGISTRY.get_sample_value("porchlight_drill_passed") == 1
    assert REGISTRY.get_sample_value("porchlight_drill_timestamp_seconds") == 1_700_000_000
    assert REGISTRY.get_sample_value("porchlight_drill_step_seconds", {"step": "page by phones"}) == 0.25

"""The doors tell what is so, and are read for everyone at once."""

from dataclasses import replace

import pytest

from server.actions.doors import Doorway
from server.actions.services import Services
from server.protocol.commands import Duty, Join, SlowMode
from server.protocol.fields import DutyState
from server.protocol.listening import Availability, Listen, Queue
from server.protocol.people import Role
from server.protocol.refusals import Refused
from server.store.call import unavailable
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.talking import a_listener


def fresh(services: Services) -> Doorway:
    settings = replace(services.settings, doors_ms=0)
    return Doorway(services.store, services.content, settings, services.roster, services.condition)


async def test_each_room_says_how_many_are_here_and_who_is_on_duty(arrive: Arrive, services: Services) -> None:
    ana, wren = arrive("ana"), arrive("wren", Role.MODERATOR)
    await ana.does(Join, channel=NIGHT)
    await wren.does(Duty, state=DutyState.ON)
    await wren.does(SlowMode, channel=NIGHT, seconds=30)
    await services.presence.tell()
    doors = await fresh(services).look()
    assert doors.staff == ("wren",)
    assert set(doors.rooms) == set(services.content.rooms)
    assert (doors.rooms["evening"].people, doors.rooms["evening"].slow_seconds) == (1, 30)


async def test_the_door_to_one_listener_tells_who_is_on_duty_and_who_waits(arrive: Arrive, services: Services) -> None:
    before = (await fresh(services).look()).listening["adult"]
    assert (before.listeners, before.free, before.waiting) == (0, 0, 0)
    wren = await a_listener(arrive)
    one = (await fresh(services).look()).listening["adult"]
    assert (one.listeners, one.free) == (1, 1)
    await wren.does(Listen, availability=Availability.BREAK)
    ana = arrive("ana")
    await ana.does(Queue, client_id=b"1" * 16)
    after = (await fresh(services).look()).listening
    assert (after["adult"].listeners, after["adult"].waiting, after["minor"].waiting) == (0, 1, 0)


async def test_a_thousand_pages_cost_what_one_costs(services: Services) -> None:
    doorway = services.doorway
    assert all([await doorway.look() is await doorway.look() for _ in range(10)])


async def test_an_old_truth_is_not_told_when_the_store_is_away(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    doorway = fresh(services)
    await doorway.look()
    monkeypatch.setattr(services.store.link, "ask", gone)
    with pytest.raises(Refused):
        await doorway.look()


def gone(*_: object, **__: object) -> None:
    raise unavailable()

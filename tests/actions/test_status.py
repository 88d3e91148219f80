"""The public status over the real store: what is so, rounded, and looked at once for everyone."""

from dataclasses import replace

import pytest

from server.actions import status
from server.actions.doors import Doorway
from server.actions.services import Services
from server.actions.status import Board
from server.domain.status import Listeners, Status, Wait
from server.protocol.commands import Duty
from server.protocol.fields import DutyState, Part
from server.protocol.listening import Queue
from server.protocol.people import Role
from tests.actions.conftest import Arrive
from tests.actions.talking import a_listener
from tests.actions.test_doors import fresh, gone


async def looked(services: Services) -> Status:
    settings = replace(services.settings, status_ms=0)
    return await Board(replace(services, settings=settings, doorway=fresh(services))).look()


async def test_an_empty_house_says_so(services: Services) -> None:
    found = await looked(services)
    assert (found.on_duty, found.away) == (False, ())
    assert found.open_rooms == found.rooms == len(services.content.rooms)
    assert found.listening is not None
    assert (found.listening.listeners, found.listening.wait) == (Listeners.NONE, Wait.SHORT)


async def test_who_is_there_is_told_and_one_who_waits_is_not(services: Services, arrive: Arrive) -> None:
    await arrive("mo", Role.MODERATOR).does(Duty, state=DutyState.ON)
    await arrive("ana").does(Queue, client_id=b"1" * 16)
    before = await looked(services)
    assert before.on_duty
    assert before.listening is not None
    assert before.listening.waiting == 0
    await a_listener(arrive)
    await a_listener(arrive, "lark")
    after = (await looked(services)).listening
    assert after is not None
    assert (after.listeners, after.free) == (Listeners.FREE, 0)


async def test_without_the_door_to_a_listener_there_is_nothing_about_it(services: Services) -> None:
    assert (await looked(replace(services, settings=replace(services.settings, one_listener=False)))).listening is None


async def test_when_the_store_is_away_that_is_the_status(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    services.condition.away = (Part.SCREENING,)
    monkeypatch.setattr(services.store.link, "ask", gone)
    found = await looked(services)
    assert found.away == (Part.STORE, Part.SCREENING)
    assert (found.on_duty, found.open_rooms, found.listening) == (None, None, None)


async def test_however_many_ask_it_is_looked_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board(services)
    first = await board.look()
    monkeypatch.setattr(status, "numbers", gone)
    monkeypatch.setattr(Doorway, "look", gone)
    assert await board.look() is first

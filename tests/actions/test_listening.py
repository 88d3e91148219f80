"""Steps of listening: a rule is asked again where someone was first, and what it leaves is told once."""

import asyncio

from msgspec import structs

from server.actions import listening
from server.actions.services import Services
from server.domain.listening import Listener, Step, Terms, Waiting, key
from server.protocol.listening import Queue
from tests.actions.conftest import Arrive
from tests.actions.talking import ONCE, waiting_of


async def test_every_one_of_many_changes_counts(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.does(Queue, client_id=ONCE)

    def once_more(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step:
        assert waiting is not None
        return Step({key(waiting): structs.replace(waiting, told=waiting.told + 1)})

    person = ana.connection.person.id
    await asyncio.gather(*(listening.change_waiting(services, person, once_more) for _ in range(10)))
    assert (await waiting_of(services, "ana")).told == 10


async def test_a_step_that_changes_nothing_is_done(services: Services) -> None:
    assert await listening.apply(services, {}, Step({}))

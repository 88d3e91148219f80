"""A lease that each process renews for who is connected to it."""

from server.actions.services import Services
from server.protocol.listening import Queue
from tests.actions.conftest import Arrive


async def test_who_waits_is_there_and_who_has_closed_the_page_is_not_said_to_be(
    arrive: Arrive, services: Services
) -> None:
    ana = arrive("ana")
    await ana.does(Queue, client_id=b"1" * 16)
    assert services.attendance.people == {ana.connection.person.id}
    assert (await services.store.listening.seen()).keys() == {ana.connection.person.id}
    before = (await services.store.listening.seen())[ana.connection.person.id]
    await services.attendance.beat()
    assert (await services.store.listening.seen())[ana.connection.person.id] >= before
    ana.connection.closed()
    assert services.attendance.people == set()


async def test_a_socket_that_answers_nothing_is_nobody(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.does(Queue, client_id=b"1" * 16)
    ana.wire.answered = float("-inf")
    assert services.attendance.people == set()

"""Two people who have found each other: how a one-to-one comes about in the tests."""

from server.actions.services import Services
from server.domain.listening import Listener, Record, Waiting, listener_key, waiting_key
from server.protocol.commands import Join
from server.protocol.events import Joined
from server.protocol.listening import Accept, Availability, Listen, Offered, OneBegan, Queue
from server.protocol.people import Role
from server.store.listening import decoded
from tests.actions.conftest import Arrive, Someone
from tests.waiting import until

ONCE = b"1" * 16


async def a_listener(arrive: Arrive, name: str = "wren", role: Role = Role.LISTENER) -> Someone:
    wren = arrive(name, role)
    await wren.greets()
    await wren.does(Listen, availability=Availability.AVAILABLE)
    return wren


async def offered(someone: Someone, times: int = 1) -> str:
    await until(lambda: len(someone.heard(Offered)) >= times)
    return str(someone.heard(Offered)[-1].offer.offer)


async def two_who_talk(arrive: Arrive, draft: str = "it has been a long week") -> tuple[Someone, Someone, str]:
    """Ana waits, Wren accepts, and both come in."""
    wren, ana = await a_listener(arrive), arrive("ana")
    await ana.greets()
    await ana.does(Queue, client_id=ONCE, draft=draft)
    await wren.does(Accept, offer=await offered(wren))
    await until(lambda: ana.heard(OneBegan) and wren.heard(OneBegan))
    channel = ana.heard(OneBegan)[0].one.channel
    for someone in (ana, wren):
        assert isinstance(await someone.does(Join, channel=channel), Joined)
    return ana, wren, channel


async def kept(services: Services, key: str) -> Record | None:
    return decoded((await services.store.listening.kept([key]))[key])


async def waiting_of(services: Services, name: str) -> Waiting:
    found = await kept(services, waiting_key(name.ljust(32, "0")))
    assert isinstance(found, Waiting)
    return found


async def listener_of(services: Services, name: str) -> Listener:
    found = await kept(services, listener_key(name.ljust(32, "0")))
    assert isinstance(found, Listener)
    return found

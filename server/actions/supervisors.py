"""Who supervises, and who of them is on duty now."""

from server.actions.caller import Caller
from server.actions.services import Services
from server.protocol.people import Role


async def on_duty(services: Services) -> tuple[str, ...]:
    """By the roster's heartbeat, never by a calendar."""
    await services.roster.beat()  # nobody is told on old news that somebody is there
    supervise = await services.store.listening.supervisors()
    return tuple(name for name in services.roster.names if name in supervise)


async def note(services: Services, caller: Caller) -> None:
    """The roster knows names alone; that this is one of a supervisor is kept beside it."""
    if caller.person.role is Role.SUPERVISOR:
        await services.store.listening.supervises(caller.person.name)

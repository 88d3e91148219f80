"""Who supervises now: by the roster's heartbeat, and by what they are."""

from server.actions import supervisors
from server.actions.services import Services
from server.protocol.commands import Duty
from server.protocol.fields import DutyState
from server.protocol.people import Role
from tests.actions.conftest import Arrive


async def test_only_a_supervisor_on_duty_counts(arrive: Arrive, services: Services) -> None:
    sue, mo = arrive("sue", Role.SUPERVISOR), arrive("mo", Role.MODERATOR)
    for someone in (sue, mo):
        await someone.does(Duty, state=DutyState.ON)
    assert await supervisors.on_duty(services) == ("sue",)
    await sue.does(Duty, state=DutyState.OFF)
    assert await supervisors.on_duty(services) == ()

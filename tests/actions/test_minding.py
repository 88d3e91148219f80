"""A listener who is worried: told who of the team has taken it, and if nobody has any more; nobody else is."""

from server.actions.services import Services
from server.protocol.care import Release
from server.protocol.commands import Duty, Take
from server.protocol.fields import DutyState, Urgency
from server.protocol.listening import Worried, Worry, WorryTaken
from server.protocol.people import Role
from server.protocol.standing import Listening
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import two_who_talk
from tests.waiting import until


async def a_moderator(arrive: Arrive) -> Someone:
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Duty, state=DutyState.ON)
    return mo


async def ticket_of(services: Services, name: str) -> str:
    found = await services.store.desk.ticket_of(name.ljust(32, "0"))
    assert found
    return found


def told(someone: Someone) -> list[str]:
    return [event.name for event in someone.heard(WorryTaken)]


async def test_they_hear_who_has_taken_it_and_when_it_is_back_at_the_desk(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    mo = await a_moderator(arrive)
    await wren.does(Worried, channel=channel, urgency=Urgency.SERIOUS)
    assert (await wren.does(Listening)).worries == (Worry(channel=channel, name=""),)
    held = await mo.does(Take, ticket=await ticket_of(services, "ana"))
    await until(lambda: told(wren) == ["mo"])
    assert (await wren.does(Listening)).worries == (Worry(channel=channel, name="mo"),)
    await mo.does(Release, ticket=held.ticket, fence=held.fence)
    await until(lambda: told(wren) == ["mo", ""])
    assert told(ana) == []
    assert (await ana.does(Listening)).worries == ()


async def test_who_has_it_already_is_told_at_once(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive, draft="i want to die and i don't know what to do")
    mo = await a_moderator(arrive)
    await mo.does(Take, ticket=await ticket_of(services, "ana"))
    assert told(wren) == [], "who has not said that they are worried hears of nothing"
    await wren.does(Worried, channel=channel, urgency=Urgency.IMMINENT)
    await until(lambda: told(wren) == ["mo"])

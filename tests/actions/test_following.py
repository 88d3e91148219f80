"""Resuming from farther back than memory reaches."""

from dataclasses import replace

from server import app
from server.actions.services import Services
from server.config import Settings
from server.domain.accounts import Person
from server.protocol.commands import Join
from server.protocol.events import Said
from server.protocol.fields import Position, Resumption
from server.protocol.people import Role
from server.transport.hub import Hub
from tests.actions.conftest import NIGHT, Someone
from tests.waiting import until


def someone(services: Services, hub: Hub, name: str) -> Someone:
    return Someone(services, hub, Person(id=name.ljust(32, "0"), role=Role.PEER, name="", session=name))


async def test_what_memory_lacks_comes_from_the_log_and_what_the_log_lacks_is_said(settings: Settings) -> None:
    small = replace(settings, ring_messages=3, history_messages=8, message_burst=100, history_shown=2)
    async with app.house(small, settings.redis_url) as (services, hub):
        ana = someone(services, hub, "ana")
        epoch = (await ana.does(Join, channel=NIGHT)).position.epoch
        for number in range(1, 13):
            await ana.says(f"line {number}")
        await until(lambda: len(ana.heard(Said)) == 12)

        from_the_log = someone(services, hub, "ben")
        joined = await from_the_log.does(Join, channel=NIGHT, since=Position(epoch=epoch, seq=5))
        assert joined.resumed is Resumption.RESUMED
        assert [said.text for said in from_the_log.heard(Said)] == [f"line {number}" for number in range(6, 13)]

        too_late = someone(services, hub, "cleo")
        joined = await too_late.does(Join, channel=NIGHT, since=Position(epoch=epoch, seq=1))
        assert joined.resumed is Resumption.TRIMMED
        assert [said.text for said in too_late.heard(Said)] == ["line 11", "line 12"]

"""Resuming from farther back than memory reaches."""

from dataclasses import replace

import pytest

from server import app
from server.actions.services import Services
from server.config import Settings
from server.domain.accounts import Person
from server.protocol.commands import Join, Remove
from server.protocol.events import Done, Removed, Said
from server.protocol.fields import Position, Resumption, StaffReason
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


BATCH, RING, KEPT = 5, 3, 30


@pytest.mark.parametrize(
    "missed", [1, RING - 1, RING, RING + 1, *(RING + n * BATCH + d for n in (1, 2, 4) for d in (-1, 0, 1))]
)
@pytest.mark.parametrize("are_removed", [False, True])
async def test_whatever_was_missed_comes_whole_around_the_bounds_of_memory_and_of_a_page(
    settings: Settings, missed: int, are_removed: bool
) -> None:
    small = replace(settings, ring_messages=RING, history_messages=KEPT, resume_messages=BATCH, message_burst=100)
    async with app.house(small, settings.redis_url) as (services, hub):
        ana = someone(services, hub, "ana")
        epoch = (await ana.does(Join, channel=NIGHT)).position.epoch
        for number in range(1, missed + 2):
            await ana.says(f"line {number}")
        await until(lambda: len(ana.heard(Said)) == missed + 1)
        gone = 0
        if are_removed and missed > RING:
            mo = Someone(services, hub, Person(id="m" * 32, role=Role.MODERATOR, name="Mo", session="m"))
            await mo.does(Join, channel=NIGHT)
            gone = missed - RING + 1  # the last that memory lacks, with or without what the removal itself adds
            assert type(await mo.does(Remove, channel=NIGHT, seq=gone, reason=StaffReason.UNKIND)) is Done
            await until(lambda: len(ana.heard(Removed)) == 1)
        ben = someone(services, hub, "ben")
        joined = await ben.does(Join, channel=NIGHT, since=Position(epoch=epoch, seq=1))
        assert joined.resumed is Resumption.RESUMED
        expected = [f"line {number}" for number in range(2, missed + 2) if number != gone]
        await until(lambda: len(ben.heard(Said)) >= len(expected))
        assert [said.text for said in ben.heard(Said)] == expected
        await ana.says("and now")
        await until(lambda: ben.heard(Said)[-1].text == "and now")

"""Whose words they are, for those who act on them, and for nobody else."""

import pytest

from server.actions.messages import author_of, said
from server.actions.services import Services
from server.protocol.commands import Join
from server.protocol.refusals import Code, Refused
from tests.actions.conftest import NIGHT, Arrive


async def test_the_author_of_a_message_and_of_one_that_waits(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    joined = await ana.does(Join, channel=NIGHT)
    posted = await ana.says("hello")
    held = await ana.says("ring me on 07700 900123")
    shown = await author_of(services, NIGHT, posted.seq, None)
    waits = await author_of(services, NIGHT, 0, held.hold)
    assert shown.person == waits.person == ana.connection.person.id
    assert (shown.handle, shown.text, waits.text) == (joined.handle, "hello", "ring me on 07700 900123")
    assert "hello" not in repr(shown)


@pytest.mark.parametrize(
    ("channel", "code"), [(NIGHT, Code.NO_MESSAGE), ("room:nowhere", Code.NO_ROOM), ("ticket:none", Code.NO_MESSAGE)]
)
async def test_what_is_not_there_is_said_so(services: Services, channel: str, code: Code) -> None:
    with pytest.raises(Refused) as refused:
        await said(services, channel, 1)
    assert refused.value.code is code


async def test_a_hold_that_was_decided_is_a_conflict(services: Services) -> None:
    with pytest.raises(Refused) as refused:
        await author_of(services, NIGHT, 0, "gone")
    assert refused.value.code is Code.CONFLICT

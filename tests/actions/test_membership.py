"""Being in a channel, and being sent out of it."""

import re

import pytest

from server.actions import membership
from server.actions.services import Services
from server.protocol.commands import Join
from server.protocol.events import Said
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused
from tests.actions.conftest import NIGHT, Arrive
from tests.waiting import until


async def test_who_was_sent_out_hears_nothing_more_and_is_told_so(arrive: Arrive, services: Services) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    for someone in (ana, ben):
        await someone.does(Join, channel=NIGHT)
    membership.send_out(services, ana.connection, NIGHT)
    await ben.says("hello")
    await until(lambda: ben.heard(Said))
    assert ana.heard(Said) == []
    assert (await ana.says("hello")).code == Code.REMOVED


async def test_who_never_came_in_is_not_in_it(arrive: Arrive) -> None:
    with pytest.raises(Refused) as no:
        membership.name_in(arrive("ana").connection, NIGHT)
    assert no.value.code is Code.NOT_JOINED


async def test_who_comes_in_again_is_in_it(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    joined = await ana.does(Join, channel=NIGHT)
    membership.send_out(services, ana.connection, NIGHT)
    await ana.does(Join, channel=NIGHT)
    assert membership.name_in(ana.connection, NIGHT) == joined.handle
    assert ana.connection.sent_out == ()


def test_staff_are_shown_apart_and_a_peer_by_a_tag_that_names_nobody(arrive: Arrive, services: Services) -> None:
    assert re.fullmatch("p[0-9a-f]{16}", membership.presence_kind(services, arrive("ana").connection, NIGHT))
    assert membership.presence_kind(services, arrive("wren", Role.MODERATOR).connection, NIGHT) == "s"

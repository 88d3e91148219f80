"""Seats: who may be heard in a one-to-one, and whose place another takes."""

from server.actions import seats
from server.actions.services import Services
from server.domain.errands import CloseOne, OpenOne
from server.domain.listening import Talk
from server.protocol.commands import Join
from server.protocol.events import Joined
from server.protocol.refusals import Code
from tests.actions.conftest import Arrive
from tests.actions.talking import kept, two_who_talk


async def test_who_holds_it_no_longer_is_refused_by_the_fence(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    talk = await kept(services, channel)
    assert isinstance(talk, Talk)
    later = OpenOne(channel, talk.person, talk.handle, "lark".ljust(32, "0"), talk.fence + 1, bytes(16), b"")
    await seats.open_one(services, later)
    assert isinstance(await wren.does(Join, channel=channel), Joined), "it believes that it holds them"
    answer = await wren.says("I have lost my lease and do not know it", channel=channel)
    assert answer.code == Code.NOT_JOINED


async def test_one_that_is_over_is_heard_by_nobody(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    talk = await kept(services, channel)
    assert isinstance(talk, Talk)
    for _ in range(2):  # carried twice, it is over once
        await seats.close_one(services, CloseOne(channel, talk.listener))
    assert (await ana.says("one more", channel=channel)).code == Code.CLOSED
    assert (await wren.says("one more", channel=channel)).code == Code.CLOSED

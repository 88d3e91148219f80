"""A listener asks: a thread of staff alone, an answer that ends it, and a pager for when nobody does."""

from msgspec import msgpack

from server.actions import asks
from server.actions.services import Services
from server.domain.supervised import Ask
from server.protocol.commands import Duty, Join
from server.protocol.events import Joined, Posted, Said
from server.protocol.fields import DutyState
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code
from server.protocol.supervising import (
    AskCalled,
    AskChanged,
    AskClosed,
    AskStep,
    AskSupervisor,
    Supervise,
    SupervisorAsked,
    SupervisorWrote,
)
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import kept, two_who_talk
from tests.waiting import until


async def a_supervisor(arrive: Arrive, name: str = "sue") -> Someone:
    sue = arrive(name, Role.SUPERVISOR)
    await sue.greets()
    await sue.does(Duty, state=DutyState.ON)
    await sue.does(Supervise)
    return sue


async def test_it_is_asked_answered_and_the_peer_hears_nothing(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    before = len(ana.wire.heard)
    asked = await wren.does(AskSupervisor, channel=channel)
    assert isinstance(asked, SupervisorAsked)
    assert (asked.supervisors, asked.called) == (("sue",), False)
    await until(lambda: sue.heard(AskChanged))
    assert sue.heard(AskChanged)[0].ask.one == channel
    for someone in (wren, sue):
        assert isinstance(await someone.does(Join, channel=asked.channel), Joined)
    assert isinstance(await wren.says("she speaks of a plan, what now?", channel=asked.channel), Posted)
    assert isinstance(await sue.says("Ask her openly. I stay here.", channel=asked.channel), Posted)
    await until(lambda: wren.heard(SupervisorWrote) and sue.heard(AskChanged)[-1].ask.answered_by == "sue")
    heard = [(said.voice, said.channel) for said in wren.heard(Said) if said.channel == asked.channel]
    assert heard == [(Voice.LISTENER, asked.channel), (Voice.SUPERVISOR, asked.channel)]
    assert len(ana.wire.heard) == before
    rows = await services.store.moderation.audit_rows(["listening"])
    assert [(row.who, row.what) for row in rows] == [("wren", "ask_supervisor")]


async def test_nobody_of_the_peers_side_and_no_stranger_comes_in(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    asked = await wren.does(AskSupervisor, channel=channel)
    lark, mo = arrive("lark", Role.LISTENER), arrive("mo", Role.MODERATOR)
    for someone in (ana, lark, mo):
        assert (await someone.does(Join, channel=asked.channel)).code == Code.NO_ROOM
        assert (await someone.says("hello", channel=asked.channel)).code == Code.NOT_JOINED
    assert (await lark.does(AskSupervisor, channel=channel)).code == Code.NO_ROOM
    assert (await ana.does(AskSupervisor, channel=channel)).code == Code.FORBIDDEN


async def test_with_nobody_on_duty_it_is_said_and_someone_is_called(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    asked = await wren.does(AskSupervisor, channel=channel)
    assert (asked.supervisors, asked.called) == ((), True)
    await until(lambda: wren.heard(AskCalled))
    assert wren.heard(AskCalled)[0].step is AskStep.SUPERVISOR
    again = await wren.does(AskSupervisor, channel=channel)
    assert (again.due, len(wren.heard(AskCalled))) == (asked.due, 1), "asked twice it is one question"


async def test_a_whisper_that_nobody_asked_for_reaches_the_listener_alone(arrive: Arrive) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    before = len(ana.wire.heard)
    thread = channel.replace("one:", "ask:")
    await sue.does(Join, channel=thread)
    await sue.says("You are doing well.", channel=thread)
    await until(lambda: wren.heard(SupervisorWrote))
    assert (wren.heard(SupervisorWrote)[0].channel, wren.heard(SupervisorWrote)[0].name) == (thread, "sue")
    assert len(ana.wire.heard) == before


async def test_it_ends_with_the_one_to_one(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    asked = await wren.does(AskSupervisor, channel=channel)
    await services.store.scripts.ask("HDEL", "{listening}:records", channel)
    ask = await kept(services, asked.channel)
    assert isinstance(ask, Ask)
    await asks.look(services, ask)
    await until(lambda: sue.heard(AskClosed))
    assert await kept(services, asked.channel) is None


async def test_what_a_listener_quotes_of_someone_opens_no_ticket_about_them(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    asked = await wren.does(AskSupervisor, channel=channel)
    await wren.does(Join, channel=asked.channel)
    assert isinstance(await wren.says("they wrote: I want to kill myself", channel=asked.channel), Posted)
    assert not await services.store.desk.ticket_of("wren".ljust(32, "0"))


def test_what_supervisors_hear_holds_no_word_of_anyone() -> None:
    ask = Ask(channel="ask:a", one="one:a", person="p", name="wren", since=1, due=2)
    assert set(msgpack.decode(msgpack.encode(ask.as_item()))) == {
        *("channel", "one", "name", "since", "due", "answered_by", "called")
    }

"""A listener asks: a thread of staff alone, an answer that ends it, and a pager for when nobody does."""

from msgspec import msgpack, structs

from server.actions import asks
from server.actions.services import Services
from server.domain.supervised import Ask
from server.protocol.commands import Duty, Join
from server.protocol.events import Done, Joined, Posted, Said
from server.protocol.fields import DutyState
from server.protocol.listening import Goodbye, OneEnded
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code
from server.protocol.supervising import (
    AskCalled,
    AskChanged,
    AskClosed,
    AskStep,
    AskSupervisor,
    CloseAsk,
    Supervise,
    SupervisorAsked,
    SupervisorWrote,
)
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import a_listener, kept, two_who_talk
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


async def test_a_talk_about_oneself_outlives_the_one_to_one_and_is_on_no_record(
    arrive: Arrive, services: Services
) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    await ana.does(Goodbye, channel=channel)
    await until(lambda: wren.heard(OneEnded))
    asked = await wren.does(AskSupervisor)
    assert isinstance(asked, SupervisorAsked)
    assert (asked.supervisors, asked.called) == (("sue",), False)
    await until(lambda: sue.heard(AskChanged))
    item = sue.heard(AskChanged)[0].ask
    assert (item.one, item.name, item.channel) == (None, "wren", asked.channel)
    assert (await wren.does(AskSupervisor)).channel == asked.channel
    for someone in (wren, sue):
        assert isinstance(await someone.does(Join, channel=asked.channel), Joined)
    before = len(ana.wire.heard)
    await wren.says("I can't put it down", channel=asked.channel)
    await sue.says("I am here. Tell me.", channel=asked.channel)
    await until(lambda: wren.heard(SupervisorWrote))
    assert (wren.heard(SupervisorWrote)[0].one, wren.heard(SupervisorWrote)[0].name) == (None, "sue")
    await until(lambda: sue.heard(AskChanged)[-1].ask.answered_by == "sue")
    state = await arrive("sam", Role.SUPERVISOR).does(Supervise)
    assert [ask.channel for ask in state.asks] == [asked.channel], "it can be found again while it goes on"
    rows = await services.store.moderation.audit_rows(["listening", "supervision", "desk"])
    assert [row.what for row in rows if row.who == "wren"] == []
    assert len(ana.wire.heard) == before


async def test_a_talk_about_oneself_is_closed_to_all_but_supervisors_and_its_words_go_with_it(
    arrive: Arrive, services: Services
) -> None:
    wren, lark, mo = await a_listener(arrive), await a_listener(arrive, "lark"), arrive("mo", Role.MODERATOR)
    sue, ana = await a_supervisor(arrive), arrive("ana")
    thread = (await wren.does(AskSupervisor)).channel
    for someone in (lark, mo, ana):
        assert (await someone.does(Join, channel=thread)).code == Code.NO_ROOM
        assert (await someone.says("hello", channel=thread)).code == Code.NOT_JOINED
    assert (await lark.does(CloseAsk, channel=thread)).code == Code.NO_ROOM
    assert (await lark.does(AskSupervisor)).channel != thread
    await wren.does(Join, channel=thread)
    await wren.says("it was about my own sister", channel=thread)
    assert isinstance(await wren.does(CloseAsk, channel=thread), Done)
    await until(lambda: sue.heard(AskClosed))
    kept_bytes = await services.store.channels.after(thread, 0)
    assert not any(b"sister" in entry.frame for entry in kept_bytes)
    assert (await sue.does(Join, channel=thread)).code == Code.NO_ROOM
    assert isinstance(await wren.does(CloseAsk, channel=thread), Done)


async def test_a_supervisor_who_listens_is_not_there_for_themselves(arrive: Arrive) -> None:
    sue = await a_supervisor(arrive)
    asked = await sue.does(AskSupervisor)
    assert (asked.supervisors, asked.called) == ((), True)
    await sue.does(Join, channel=asked.channel)
    await sue.says("anyone?", channel=asked.channel)
    assert sue.heard(SupervisorWrote) == []
    assert not sue.heard(AskChanged)[-1].ask.answered_by


async def test_a_day_after_the_last_word_it_is_over_and_gone(arrive: Arrive, services: Services) -> None:
    wren, sue = await a_listener(arrive), await a_supervisor(arrive)
    thread = (await wren.does(AskSupervisor)).channel
    await sue.does(Join, channel=thread)
    await sue.says("How are you?", channel=thread)
    ask = await kept(services, thread)
    assert isinstance(ask, Ask)
    old = structs.replace(ask, at=ask.at - services.settings.come_back_ms)
    await services.store.scripts.ask("HSET", "{listening}:records", thread, msgpack.encode(old))
    await asks.look(services, old)
    await until(lambda: sue.heard(AskClosed))
    assert await kept(services, thread) is None
    assert not any(b"How are you" in entry.frame for entry in await services.store.channels.after(thread, 0))


async def test_a_question_that_has_settled_itself_is_closed_by_who_asked(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    sue = await a_supervisor(arrive)
    thread = (await wren.does(AskSupervisor, channel=channel)).channel
    assert isinstance(await wren.does(CloseAsk, channel=thread), Done)
    await until(lambda: sue.heard(AskClosed))
    assert await kept(services, thread) is None


def test_what_supervisors_hear_holds_no_word_of_anyone() -> None:
    ask = Ask(channel="ask:a", one="one:a", person="p", name="wren", since=1, due=2)
    assert set(msgpack.decode(msgpack.encode(ask.as_item()))) == {
        *("channel", "one", "name", "since", "due", "answered_by", "called")
    }

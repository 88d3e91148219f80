"""Looks: what time does is found by one process, for everything that lies there."""

from msgspec import structs

from server.actions import listening, looks
from server.actions.services import Services
from server.domain.listening import Step
from server.domain.supervised import Ask
from server.protocol.listening import Availability, Listen, Queue, Wish
from server.protocol.people import Role
from server.protocol.supervising import AskCalled, AskStep, AskSupervisor, TopicUntaken
from tests.actions.conftest import Arrive
from tests.actions.talking import ONCE, kept, two_who_talk
from tests.actions.test_asks import a_supervisor
from tests.waiting import until


async def test_a_question_that_nobody_answers_is_called_for(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    await a_supervisor(arrive)
    asked = await wren.does(AskSupervisor, channel=channel)
    ask = await kept(services, asked.channel)
    assert isinstance(ask, Ask)
    late = structs.replace(ask, due=services.store.clock.now() - 1)
    raw = await services.store.listening.kept([asked.channel])
    assert await listening.apply(services, raw, Step({asked.channel: late}))
    await until(lambda: wren.heard(AskCalled))
    assert wren.heard(AskCalled)[0].step is AskStep.SUPERVISOR


async def test_a_topic_that_nobody_takes_is_told_to_supervisors_at_once_and_not_to_the_peer(
    arrive: Arrive, services: Services
) -> None:
    sue, wren, ana = await a_supervisor(arrive), arrive("wren", Role.LISTENER), arrive("ana")
    await wren.greets()
    await wren.does(Listen, availability=Availability.AVAILABLE, off_topics=("grief",))
    await ana.greets()
    await ana.does(Queue, client_id=ONCE, wish=Wish(topic="grief"))
    await until(lambda: sue.heard(TopicUntaken))
    await looks.look(services)
    assert [told.topic for told in sue.heard(TopicUntaken)] == ["grief"]
    assert not ana.heard(TopicUntaken)

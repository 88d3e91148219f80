"""After a one-to-one: a tap that only counts, words that a supervisor reads first, a rating that belongs to nobody."""

from dataclasses import replace

from msgspec import structs

from server.actions import feedback
from server.actions.services import Services
from server.protocol.commands import Desk
from server.protocol.events import Done, HelpCard, TicketChanged
from server.protocol.feedback import (
    Eased,
    FeedbackPassed,
    Feedbacks,
    Felt,
    FeltHeard,
    OwnNumbers,
    RateAgain,
    SettleFeedback,
)
from server.protocol.listening import Abuse, Abusive, Accept, Goodbye, OneBegan, OneEnded, Queue
from server.protocol.people import Role
from server.protocol.refusals import Code
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import ONCE, a_listener, offered, two_who_talk
from tests.waiting import until

RISK = "I want to kill myself"


async def after_goodbye(arrive: Arrive) -> tuple[Someone, Someone, str]:
    ana, wren, channel = await two_who_talk(arrive)
    await ana.does(Goodbye, channel=channel)
    await until(lambda: wren.heard(OneEnded))
    return ana, wren, channel


async def test_the_tap_is_its_peers_and_comes_after_goodbye(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    assert (await ana.does(FeltHeard, channel=channel, felt=Felt.YES)).code == Code.CONFLICT
    await ana.does(Goodbye, channel=channel)
    assert (await arrive("ben").does(FeltHeard, channel=channel, felt=Felt.NO)).code == Code.NO_ROOM
    assert isinstance(await ana.does(FeltHeard, channel=channel, felt=Felt.YES), Done)
    assert (await services.store.feedback.counts(wren.connection.person.id))["yes"] == 1
    numbers = await wren.does(OwnNumbers)
    assert (numbers.yes, numbers.partly, numbers.no, numbers.words) == (0, 0, 0, ())


async def test_words_go_to_a_supervisor_who_passes_them_on(arrive: Arrive) -> None:
    ana, wren, channel = await after_goodbye(arrive)
    sue = arrive("sue", Role.SUPERVISOR)
    await ana.does(FeltHeard, channel=channel, felt=Felt.PARTLY, words="a little fast; mail me at a@example.com")
    (item,) = (await sue.does(Feedbacks)).feedbacks
    assert (item.name, item.felt) == ("wren", Felt.PARTLY)
    assert "a@example.com" not in item.words
    assert ana.connection.person.id not in repr(item)
    assert isinstance(await sue.does(SettleFeedback, feedback=item.feedback, pass_on=True), Done)
    await until(lambda: wren.heard(FeedbackPassed))
    assert [each.words for each in (await wren.does(OwnNumbers)).words] == [item.words]
    assert (await sue.does(Feedbacks)).feedbacks == ()
    assert (await sue.does(SettleFeedback, feedback=item.feedback, pass_on=False)).code == Code.GONE


async def test_words_that_are_laid_aside_are_gone(arrive: Arrive) -> None:
    ana, wren, channel = await after_goodbye(arrive)
    sue = arrive("sue", Role.SUPERVISOR)
    await ana.does(FeltHeard, channel=channel, felt=Felt.NO, words="not for me")
    (item,) = (await sue.does(Feedbacks)).feedbacks
    await sue.does(SettleFeedback, feedback=item.feedback, pass_on=False)
    assert (await wren.does(OwnNumbers)).words == ()
    assert wren.heard(FeedbackPassed) == []


async def test_risk_in_feedback_is_answered_like_anywhere_else(arrive: Arrive) -> None:
    ana, _, channel = await after_goodbye(arrive)
    mo = arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    await ana.does(FeltHeard, channel=channel, felt=Felt.NO, words=RISK)
    await until(lambda: ana.heard(HelpCard) and mo.heard(TicketChanged))


async def test_who_was_stopped_does_not_count(arrive: Arrive, services: Services) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    await wren.does(Abusive, channel=channel, abuse=Abuse.HOSTILE)
    assert isinstance(await ana.does(FeltHeard, channel=channel, felt=Felt.NO), Done)
    assert await services.store.feedback.counts(wren.connection.person.id) == {}


async def test_a_rating_counts_beside_the_first_one_and_where_there_was_none_not_at_all(
    arrive: Arrive, services: Services
) -> None:
    ana, _, channel = await after_goodbye(arrive)
    await ana.does(RateAgain, channel=channel, how_hard=2)
    assert await services.store.feedback.ratings() == {}
    ben, lark = arrive("ben"), await a_listener(arrive, "lark")
    await ben.greets()
    await ben.does(Queue, client_id=ONCE, how_hard=4)
    await lark.does(Accept, offer=await offered(lark))
    await until(lambda: ben.heard(OneBegan))
    theirs = ben.heard(OneBegan)[0].one.channel
    await ben.does(Goodbye, channel=theirs)
    for _ in range(2):
        assert isinstance(await ben.does(RateAgain, channel=theirs, how_hard=2), Done)
    assert await services.store.feedback.ratings() == {"4:2": 1}
    assert (await arrive("sue", Role.SUPERVISOR).does(Feedbacks)).eased == Eased()


async def test_words_leave_when_their_time_is_over(arrive: Arrive, services: Services) -> None:
    ana, _, channel = await after_goodbye(arrive)
    await ana.does(FeltHeard, channel=channel, felt=Felt.NO, words="not for me")
    await feedback.clear(services)
    (record,) = await services.store.feedback.everything()
    await feedback.clear(replace(services, settings=replace(services.settings, feedback_ms=-60_000)))
    assert await services.store.feedback.everything() == []
    assert structs.asdict(record.item)["words"] == "not for me"

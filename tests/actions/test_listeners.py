"""Listeners: what they say of themselves, and who is offered to them."""

import asyncio

from msgspec import structs

from server.actions.services import Services
from server.domain.blocks import Apart
from server.domain.channels import LISTENING
from server.protocol.events import Done
from server.protocol.fields import Scope
from server.protocol.listening import (
    Accept,
    Availability,
    DutiesChanged,
    Goodbye,
    LeaveQueue,
    Listen,
    ListenerState,
    OfferEnd,
    OfferEnded,
    OneBegan,
    Queue,
    Skip,
    SkipReason,
    Wish,
)
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.protocol.standing import Listening
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.talking import ONCE, a_listener, listener_of, offered, two_who_talk, waiting_of
from tests.waiting import until


async def test_a_person_who_waits_is_offered_to_who_is_available(arrive: Arrive, services: Services) -> None:
    await arrive("ana").does(Queue, client_id=ONCE, how_hard=4)
    wren = await a_listener(arrive)
    offer = await offered(wren)
    assert (await waiting_of(services, "ana")).offer == offer
    state = await wren.does(Listening)
    assert (state.offer.offer, state.duties.state) == (offer, ListenerState.OFFERED)


async def test_one_person_is_offered_to_one_listener(arrive: Arrive) -> None:
    team = [await a_listener(arrive, name) for name in ("wren", "lark", "ibis")]
    await arrive("ana").does(Queue, client_id=ONCE)
    await until(lambda: any(each.heard(DutiesChanged)[-1].duties.state is ListenerState.OFFERED for each in team))
    await asyncio.sleep(0.1)
    assert sum(len(each.heard(DutiesChanged)) == 2 for each in team) == 1


async def test_accepted_once_by_who_was_asked_and_again_it_is_the_same(arrive: Arrive, services: Services) -> None:
    await arrive("ana").does(Queue, client_id=ONCE)
    wren, lark = await a_listener(arrive), await a_listener(arrive, "lark")
    offer = await offered(wren)
    answers = await asyncio.gather(
        *(each.does(Accept, offer=offer) for each in (lark, wren, lark, wren, lark)), wren.does(Accept, offer="other")
    )
    assert [isinstance(answer, Done) for answer in answers] == [False, True, False, True, False, False]
    assert {answer.code for answer in answers if not isinstance(answer, Done)} == {Code.CONFLICT}
    assert (await listener_of(services, "wren")).ones == (f"one:{offer}",)
    await until(lambda: wren.heard(OneBegan))
    assert len(wren.heard(OneBegan)) == 1


async def test_who_was_blocked_while_they_were_offered_is_not_met(arrive: Arrive, services: Services) -> None:
    ana, wren = arrive("ana"), await a_listener(arrive)
    await ana.does(Queue, client_id=ONCE)
    offer = await offered(wren)
    who, whom = (someone.connection.person.id for someone in (ana, wren))
    side = Apart(block="b", person=whom, channel=NIGHT, scope=Scope.HERE, handle="wren", since=1)
    await services.store.blocks.begin(who, side, {})
    await services.store.blocks.note(whom, "b", 1, structs.replace(side, person=who))
    assert (await wren.does(Accept, offer=offer)).code == Code.CONFLICT
    assert ((await waiting_of(services, "ana")).offer, (await listener_of(services, "wren")).ones) == ("", ())
    lark = await a_listener(arrive, "lark")
    assert isinstance(await lark.does(Accept, offer=await offered(lark)), Done), "another one takes them"


async def test_a_skipped_person_goes_to_the_next_and_two_are_enough_for_an_hour(
    arrive: Arrive, services: Services
) -> None:
    wren = await a_listener(arrive)
    for place, name in enumerate(("ana", "ben"), start=1):
        await arrive(name).does(Queue, client_id=ONCE)
        offer = await offered(wren, place)
        assert isinstance(await wren.does(Skip, offer=offer, reason=SkipReason.TOO_CLOSE), Done)
    await arrive("col").does(Queue, client_id=ONCE)
    refused = await wren.does(Skip, offer=await offered(wren, 3), reason=SkipReason.OTHER)
    assert refused.code == Code.RATE
    assert refused.retry_ms > 0
    lark = await a_listener(arrive, "lark")
    assert await offered(lark) == (await waiting_of(services, "ana")).offer, "the first of who waits"
    rows = await services.store.moderation.audit_rows([LISTENING])
    assert [(row.what, row.why) for row in rows] == [("skip", "too_close"), ("skip", "too_close")]


async def test_a_break_is_granted_during_an_offer_and_in_a_one_to_one(arrive: Arrive, services: Services) -> None:
    await arrive("ana").does(Queue, client_id=ONCE)
    wren = await a_listener(arrive)
    await offered(wren)
    assert isinstance(await wren.does(Listen, availability=Availability.BREAK), Done)
    assert (await waiting_of(services, "ana")).offer == ""
    await until(lambda: wren.heard(OfferEnded))
    assert wren.heard(OfferEnded)[0].why is OfferEnd.WITHDRAWN
    lark = await a_listener(arrive, "lark")
    await lark.does(Accept, offer=await offered(lark))
    await lark.does(Listen, availability=Availability.BREAK)
    assert (await listener_of(services, "lark")).ones, "what goes on is not touched"


async def test_who_no_longer_waits_is_no_longer_offered(arrive: Arrive) -> None:
    ana = arrive("ana")
    await ana.does(Queue, client_id=ONCE)
    wren = await a_listener(arrive)
    offer = await offered(wren)
    await ana.does(LeaveQueue)
    await until(lambda: wren.heard(OfferEnded))
    assert (await wren.does(Accept, offer=offer)).code == Code.CONFLICT


async def test_a_topic_that_is_not_for_today_is_not_offered(arrive: Arrive, services: Services) -> None:
    wren = await a_listener(arrive)
    await wren.does(Listen, availability=Availability.AVAILABLE, not_today=("grief",))
    await arrive("ana").does(Queue, client_id=ONCE, wish=Wish(topic="grief"))
    await arrive("ben").does(Queue, client_id=ONCE, wish=Wish(topic="work"))
    offer = await offered(wren)
    assert (await waiting_of(services, "ben")).offer == offer
    assert (await waiting_of(services, "ana")).offer == ""


async def test_no_offer_comes_in_wrap_up(arrive: Arrive, services: Services) -> None:
    _, wren, channel = await two_who_talk(arrive)
    assert isinstance(await wren.does(Goodbye, channel=channel), Done)
    await arrive("ben").does(Queue, client_id=ONCE)
    await wren.does(Listen, availability=Availability.AVAILABLE)
    await asyncio.sleep(0.2)
    assert (await waiting_of(services, "ben")).offer == ""
    assert wren.heard(DutiesChanged)[-1].duties.state is ListenerState.WRAP_UP


async def test_a_supervisor_may_listen_and_a_moderator_or_peer_may_not(arrive: Arrive) -> None:
    await a_listener(arrive, "sue", Role.SUPERVISOR)
    for name, role in (("mo", Role.MODERATOR), ("ana", Role.PEER)):
        assert (await arrive(name, role).does(Listen, availability=Availability.AVAILABLE)).code == Code.FORBIDDEN

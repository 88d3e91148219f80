"""Time and the matcher: offers lapse, listeners vanish, and the person is at the head again; whoever looks."""

import asyncio

from msgspec import structs

from server.actions import listening, matching
from server.actions.services import Services
from server.domain.ages import Band
from server.domain.listening import Listener, Step, Talk, Waiting, key
from server.protocol.listening import (
    Accept,
    Availability,
    Offered,
    OfferEnd,
    OfferEnded,
    OneBegan,
    OneEnded,
    Queue,
    TalkEnd,
)
from server.protocol.refusals import Code
from tests.actions.conftest import Arrive
from tests.actions.talking import ONCE, a_listener, kept, listener_of, offered, two_who_talk, waiting_of
from tests.waiting import until


async def put(services: Services, record: Waiting | Listener | Talk) -> None:
    """As if time had passed for it."""
    before = await services.store.listening.kept([key(record)])
    assert await listening.apply(services, before, Step({key(record): record}))


async def test_an_offer_that_lapses_goes_to_the_next(arrive: Arrive, services: Services) -> None:
    await arrive("ana").does(Queue, client_id=ONCE)
    wren = await a_listener(arrive)
    await offered(wren)
    lark = await a_listener(arrive, "lark")
    await put(services, structs.replace(await waiting_of(services, "ana"), until=1))
    await until(lambda: wren.heard(OfferEnded))
    assert wren.heard(OfferEnded)[0].why is OfferEnd.LAPSED
    assert (await listener_of(services, "wren")).availability is Availability.BREAK
    await offered(lark)


async def test_a_listener_whose_connection_is_gone_gives_the_person_to_the_next(
    arrive: Arrive, services: Services
) -> None:
    ana, wren, channel = await two_who_talk(arrive)
    lark = await a_listener(arrive, "lark")
    talk = await kept(services, channel)
    assert isinstance(talk, Talk)
    services.attendance.leave(wren.connection)
    long_ago = services.store.clock.now() - 60_000
    await services.store.scripts.ask("ZADD", "{listening}:seen", long_ago, talk.listener)
    await put(services, structs.replace(talk, since=long_ago))
    await until(lambda: ana.heard(OneEnded))
    ended = ana.heard(OneEnded)[0]
    assert (ended.why, ended.waits) == (TalkEnd.LISTENER_GONE, True)
    await offered(lark)
    assert (await waiting_of(services, "ana")).first
    assert len(ana.heard(OneBegan)) == 1


async def test_many_who_match_at_once_offer_each_person_once(arrive: Arrive, services: Services) -> None:
    people = [arrive(f"peer{place}") for place in range(10)]
    for person in people:
        await person.does(Queue, client_id=ONCE)
    team = [await a_listener(arrive, f"wren{place}") for place in range(5)]
    await asyncio.gather(*(matching.match(services) for _ in range(10)))
    offers = [await offered(each) for each in team]
    assert len(set(offers)) == 5
    waiting = [await waiting_of(services, f"peer{place}") for place in range(10)]
    assert sorted(each.offer for each in waiting if each.offer) == sorted(offers)
    assert [bool(each.offer) for each in waiting] == [True] * 5 + [False] * 5, "in their turn"


async def test_an_age_that_is_told_while_waiting_counts(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.does(Queue, client_id=ONCE)
    await services.store.accounts.begin(ana.connection.person, age="minor")
    wren = await a_listener(arrive)
    for _ in range(3):
        await matching.match(services)
    assert wren.heard(Offered) == []
    assert (await waiting_of(services, "ana")).band is Band.MINOR


async def test_an_age_that_is_told_while_an_offer_is_open_ends_the_offer(arrive: Arrive, services: Services) -> None:
    ana, wren = arrive("ana"), await a_listener(arrive)
    await ana.does(Queue, client_id=ONCE)
    offer = await offered(wren)
    await services.store.accounts.begin(ana.connection.person, age="minor")
    assert (await wren.does(Accept, offer=offer)).code == Code.CONFLICT
    await until(lambda: wren.heard(OfferEnded))
    assert wren.heard(OfferEnded)[0].why is OfferEnd.WITHDRAWN
    assert (await listener_of(services, "wren")).availability is Availability.AVAILABLE

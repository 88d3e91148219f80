"""Waiting for a listener: the place, its truth, and a draft that is screened at once."""

from msgspec import msgpack, structs

from server.actions import accounts, listening, matching, queue
from server.actions.services import Services
from server.domain.accounts import person_of
from server.domain.ages import Band
from server.domain.listening import Step, Waiting, key, waiting_key
from server.protocol.commands import Desk
from server.protocol.events import Done, HelpCard, TicketChanged
from server.protocol.fields import TicketSource, Urgency
from server.protocol.listening import (
    Availability,
    LeaveQueue,
    Listen,
    Offered,
    OfferEnd,
    OfferEnded,
    Queue,
    Queued,
    QueueDraft,
    QueueEnd,
    QueueEnded,
    QueuePlace,
    QueueWait,
    Style,
    Wish,
)
from server.protocol.people import Role
from server.protocol.refusals import Code
from server.protocol.standing import Listening
from server.protocol.supervising import AgeUntaken
from server.store import keys
from server.store.listening import decoded
from tests.actions.conftest import Arrive
from tests.actions.talking import a_listener, offered, waiting_of
from tests.actions.test_asks import a_supervisor
from tests.waiting import until

ONCE = b"1" * 16
RISK = "I want to kill myself"


async def waiting(services: Services, name: str) -> Waiting | None:
    key = waiting_key(name.ljust(32, "0"))
    record = decoded((await services.store.listening.kept([key]))[key])
    assert record is None or isinstance(record, Waiting)
    return record


async def test_who_asks_has_a_place_and_its_basis(arrive: Arrive) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    first = await ana.does(Queue, client_id=ONCE)
    second = await ben.does(Queue, client_id=ONCE)
    assert isinstance(first, Queued)
    assert (first.place.ahead, second.place.ahead) == (0, 1)
    assert (second.place.listeners, second.place.free) == (0, 0), "nobody is on duty, and it is said"


async def test_asked_again_the_wish_changes_and_the_place_does_not(arrive: Arrive, services: Services) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    before = await ana.does(Queue, client_id=ONCE)
    await ben.does(Queue, client_id=ONCE)
    again = await ana.does(Queue, client_id=b"2" * 16, wish=Wish(topic="grief", style=Style.LISTEN))
    assert again.place == before.place
    found = await waiting(services, "ana")
    assert found is not None
    assert found.wish.topic == "grief"


async def test_a_listener_who_is_there_is_counted_and_one_on_a_break_is_not(arrive: Arrive) -> None:
    wren, lark = arrive("wren", Role.LISTENER), arrive("lark", Role.LISTENER)
    await wren.does(Listen, availability=Availability.AVAILABLE, off_topics=("grief",))
    await lark.does(Listen, availability=Availability.BREAK)
    place = (await arrive("ana").does(Queue, client_id=ONCE, wish=Wish(topic="grief"))).place
    assert (place.listeners, place.free) == (1, 1)


async def test_risk_in_a_draft_brings_the_card_and_a_ticket_and_moves_the_place(
    arrive: Arrive, services: Services
) -> None:
    ana, ben, mo = arrive("ana"), arrive("ben"), arrive("mo", Role.MODERATOR)
    await mo.does(Desk)
    await ben.does(Queue, client_id=ONCE)
    queued = await ana.does(Queue, client_id=ONCE, draft=RISK)
    assert queued.place.ahead == 0, "urgency goes before waiting, within the bound"
    assert len(ana.heard(HelpCard)) == 1
    assert ana.heard(HelpCard)[0].channel is None
    await until(lambda: mo.heard(TicketChanged))
    ticket = mo.heard(TicketChanged)[0].ticket
    assert (ticket.source, ticket.text) == (TicketSource.SCREENING, RISK)
    found = await waiting(services, "ana")
    assert found is not None
    assert found.draft == RISK
    assert found.urgency in (Urgency.SERIOUS, Urgency.IMMINENT)
    assert ben.heard(HelpCard) == []


async def test_contact_details_in_a_draft_are_masked_and_not_kept(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.does(Queue, client_id=ONCE)
    assert isinstance(await ana.does(QueueDraft, draft="write to ana@example.com"), Done)
    found = await waiting(services, "ana")
    assert found is not None
    assert "ana@example.com" not in found.draft
    assert found.draft.startswith("write to")


async def test_a_draft_survives_a_reload_and_nobody_else_is_shown_it(arrive: Arrive) -> None:
    await arrive("ana").does(Queue, client_id=ONCE, draft="it has been a long week", wish=Wish(topic="work"))
    state = await arrive("ana").does(Listening)
    assert (state.draft, state.wish.topic, state.place.ahead) == ("it has been a long week", "work", 0)
    other = await arrive("ben").does(Listening)
    assert (other.draft, other.wish, other.place, other.ones) == ("", None, None, ())


async def test_who_leaves_waits_no_longer(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.greets()
    await ana.does(Queue, client_id=ONCE)
    assert isinstance(await ana.does(LeaveQueue), Done)
    assert await waiting(services, "ana") is None
    await until(lambda: ana.heard(QueueEnded))
    assert isinstance(await ana.does(LeaveQueue), Done)
    assert (await ana.does(QueueDraft, draft="hello")).code == Code.GONE


async def test_the_truth_about_the_queue_is_told_to_who_waits_here(arrive: Arrive, services: Services) -> None:
    ana, ben = arrive("ana"), arrive("ben")
    await ana.does(Queue, client_id=ONCE)
    await matching.tell_places(services)
    ana.connection.flush()
    assert ana.heard(QueuePlace)[-1].place.listeners == 0
    assert ben.heard(QueuePlace) == []


async def test_an_empty_client_id_is_no_command(arrive: Arrive) -> None:
    assert (await arrive("ana").does(Queue, client_id=bytes(16))).code == Code.BAD_FRAME


async def test_other_ways_are_offered_after_two_minutes(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    await ana.greets()
    await ana.does(Queue, client_id=ONCE)
    key = waiting_key("ana".ljust(32, "0"))
    kept = await services.store.listening.kept([key])
    record = decoded(kept[key])
    assert isinstance(record, Waiting)
    earlier = structs.replace(record, since=record.since - 2 * 60_000)
    assert await listening.apply(services, kept, Step({key: earlier}))
    await until(lambda: ana.heard(QueueWait))
    assert ana.heard(QueueWait)[0].minutes == 2


async def test_who_leaves_the_service_waits_no_longer(arrive: Arrive, services: Services) -> None:
    entry = await accounts.enter(services, None)
    person = person_of(entry.token)
    await arrive(person).does(Queue, client_id=ONCE)
    await accounts.leave(services, accounts._token(person))
    asks = await waiting(services, person)
    assert asks is not None
    assert asks.waits, "a token that opens nothing ends nothing"
    await accounts.leave(services, entry.token)
    asks = await waiting(services, person)
    assert asks is None or not asks.waits


async def tells_their_age(services: Services, name: str) -> None:
    """As the page does at the door, in whatever tab."""
    person = name.ljust(32, "0")
    await services.store.scripts.ask("HSET", keys.person(person), "age", Band.MINOR.value)
    await queue.age_told(services, person, may_wait=True)


async def test_an_age_that_is_told_late_changes_at_once_what_is_said_of_the_wait(
    arrive: Arrive, services: Services
) -> None:
    ana, sue = arrive("ana"), await a_supervisor(arrive)
    await ana.greets()
    await ana.does(Queue, client_id=ONCE, draft="it has been a long week")
    wren = await a_listener(arrive)
    offer = await offered(wren)
    await tells_their_age(services, "ana")
    await until(lambda: ana.heard(QueuePlace) and ana.heard(QueuePlace)[-1].place.under_18)
    place = ana.heard(QueuePlace)[-1].place
    assert (place.listeners, place.free, place.under_18) == (0, 0, True)
    await until(lambda: wren.heard(OfferEnded) and sue.heard(AgeUntaken))
    assert (wren.heard(OfferEnded)[0].offer, wren.heard(OfferEnded)[0].why) == (offer, OfferEnd.WITHDRAWN)
    waiting = await waiting_of(services, "ana")
    assert (waiting.offer, waiting.draft) == ("", "it has been a long week")
    assert len(sue.heard(AgeUntaken)) == 1
    long_ago = structs.replace(waiting, since=waiting.since - 10 * services.settings.wait_minute_ms)
    await services.store.scripts.ask("HSET", keys.listening(), key(waiting), msgpack.encode(long_ago))
    await matching.match(services)
    await until(lambda: ana.heard(QueueEnded))
    assert ana.heard(QueueEnded)[0].why is QueueEnd.IN_VAIN
    assert len(wren.heard(Offered)) == 1, "never an adult"


async def test_where_young_people_are_not_let_in_a_late_word_of_age_ends_the_wait(
    arrive: Arrive, services: Services
) -> None:
    ana = arrive("ana")
    await ana.greets()
    await ana.does(Queue, client_id=ONCE)
    await queue.age_told(services, "ana".ljust(32, "0"), may_wait=False)
    await until(lambda: ana.heard(QueueEnded))
    assert (await ana.does(Listening)).place is None

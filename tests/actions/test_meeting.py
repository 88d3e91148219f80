"""What the matcher is told of a person, and that it goes by it: on the real store."""

from server.actions import matching, meeting
from server.actions.services import Services
from server.domain.ages import Band
from server.domain.blocks import Apart
from server.protocol.fields import Scope
from server.protocol.listening import Offered, Queue
from server.store import keys
from tests.actions.conftest import NIGHT, Arrive
from tests.actions.talking import ONCE, a_listener, offered, waiting_of


async def block(services: Services, person: str, other: str) -> None:
    """`other` has blocked `person`."""
    by = other.ljust(32, "0")
    side = Apart("b1", by, NIGHT, Scope.HERE, handle="", since=1)
    await services.store.blocks.note(person.ljust(32, "0"), "b1", 1, side)


async def is_minor(services: Services, name: str) -> None:
    await services.store.scripts.ask("HSET", keys.person(name.ljust(32, "0")), "age", Band.MINOR.value)


async def test_who_has_blocked_nobody_and_was_not_asked_for_their_age_may_meet_anyone(services: Services) -> None:
    assert await meeting.avoided_by(services, "ana") == ()
    assert await meeting.band_of(services, "ana") is Band.UNTOLD


async def test_a_blocked_pair_is_never_offered_to_each_other(arrive: Arrive, services: Services) -> None:
    await block(services, "ana", "wren")
    wren = await a_listener(arrive)
    await arrive("ana").does(Queue, client_id=ONCE)
    await matching.match(services)
    assert (await waiting_of(services, "ana")).offer == ""
    assert not wren.heard(Offered)
    lark = await a_listener(arrive, "lark")
    await offered(lark)
    assert not wren.heard(Offered)


async def test_a_block_that_is_made_while_someone_waits_counts(arrive: Arrive, services: Services) -> None:
    await arrive("ana").does(Queue, client_id=ONCE)
    await block(services, "ana", "wren")
    wren = await a_listener(arrive)
    lark = await a_listener(arrive, "lark")
    await offered(lark)
    assert not wren.heard(Offered)


async def test_a_minor_is_never_offered_to_an_adult(arrive: Arrive, services: Services) -> None:
    await is_minor(services, "ana")
    wren = await a_listener(arrive)
    await arrive("ana").does(Queue, client_id=ONCE)
    await arrive("ben").does(Queue, client_id=ONCE)
    await offered(wren)
    assert (await waiting_of(services, "ben")).offer
    assert (await waiting_of(services, "ana")).offer == "", "who was not asked counts as an adult, as the team does"

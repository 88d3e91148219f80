"""What one is called in a room is kept for as long as one is known, whether one writes or only reads."""

from server.actions import accounts, background, naming
from server.actions.services import Services
from server.domain import handles
from server.domain.accounts import digest, person_of
from server.protocol.commands import Join, Rename
from server.store import keys
from tests.actions.conftest import NIGHT, Arrive, Someone

DAY_MS = 24 * 3_600_000
SOON_MS = 60_000


async def nearly_lapsed(services: Services, someone: Someone, name: str) -> tuple[str, str]:
    """As after a month in which nothing touched it."""
    both = keys.handle(NIGHT, handles.normal(name)), keys.name(NIGHT, someone.connection.person.id)
    for key in both:
        assert await services.store.scripts.ask("PEXPIRE", key, SOON_MS)
    return both


async def are_kept(services: Services, *names: str) -> bool:
    return all([await services.store.scripts.ask("PTTL", key) > 29 * DAY_MS for key in names])


async def test_a_name_does_not_lapse_under_who_comes_in_again(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    joined = await ana.does(Join, channel=NIGHT)
    both = await nearly_lapsed(services, ana, joined.handle)
    assert (await ana.does(Join, channel=NIGHT)).handle == joined.handle
    assert await are_kept(services, *both)


async def test_a_name_does_not_lapse_under_who_stays_and_only_reads(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    first = (await ana.does(Join, channel=NIGHT)).handle
    second = (await ana.does(Rename, channel=NIGHT)).handle
    earlier, _ = await nearly_lapsed(services, ana, first)
    both = await nearly_lapsed(services, ana, second)
    await naming.keep(services)
    assert await are_kept(services, earlier, *both), "the one before stays theirs, too"


async def test_of_the_names_proposed_the_first_that_is_free_is_taken(arrive: Arrive, services: Services) -> None:
    ana = arrive("ana")
    first = (await ana.does(Join, channel=NIGHT)).handle
    person, first_key = ana.connection.person.id, keys.handle(NIGHT, handles.normal(first))
    await services.store.scripts.ask("DEL", keys.name(NIGHT, person))
    await services.store.scripts.ask("DEL", keys.names(NIGHT, person))
    await services.store.scripts.ask("SET", first_key, "b" * 32)
    assert (await ana.does(Join, channel=NIGHT)).handle not in ("", first)


async def test_who_renews_their_sign_in_keeps_their_names_where_they_do_not_go(services: Services) -> None:
    entry = await accounts.enter(services, None)
    person = person_of(entry.token)
    await services.store.rooms.claim_name(NIGHT, person, [("quietheron", "quiet-heron")])
    await services.store.scripts.ask("PEXPIRE", keys.handle(NIGHT, "quietheron"), SOON_MS)
    assert await services.store.rooms.named_in(person) == [NIGHT]
    await services.store.scripts.ask("HSET", keys.session(person, digest(entry.token)), "at", 1)
    assert (await accounts.enter(services, entry.token)).token
    await background.finished()
    assert await are_kept(services, keys.handle(NIGHT, "quietheron"))

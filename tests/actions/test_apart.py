"""Every process knows who does not meet whom, even where its news of it began anew or came a moment too early."""

from server.actions import apart
from server.actions.services import Services
from server.domain.blocks import PAIRS, Apart, PairChanged
from server.domain.errands import NoteBlock
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.commands import Join
from server.protocol.fields import Scope
from tests.actions.conftest import NIGHT, Arrive, Someone
from tests.waiting import until

BEN = "ben".ljust(32, "0")


def side(person: str = BEN) -> Apart:
    return Apart("k1", person, NIGHT, Scope.HERE, "calm-otter-12", 1)


async def inside(arrive: Arrive, name: str) -> Someone:
    someone = arrive(name)
    await someone.greets()
    await someone.does(Join, channel=NIGHT)
    return someone


async def test_a_note_reaches_the_other_one_and_every_connection_of_theirs(arrive: Arrive, services: Services) -> None:
    tabs = [await inside(arrive, "ben") for _ in range(2)]
    note = NoteBlock("k1", "a" * 32, BEN, NIGHT, Scope.HERE, at=5)
    await apart.note(services, "pair:k1:1", note)
    await until(lambda: all(tab.connection.hidden for tab in tabs))
    await apart.note(services, "pair:k1:2", NoteBlock("k1", "a" * 32, BEN, NIGHT, None, at=6))
    await until(lambda: not any(tab.connection.hidden for tab in tabs))


async def test_who_comes_in_anew_finds_what_has_changed(arrive: Arrive, services: Services) -> None:
    ana = await inside(arrive, "ana")
    await services.store.blocks.begin(ana.connection.person.id, side(), {})
    await ana.does(Join, channel=NIGHT)
    assert ana.connection.hidden == {NIGHT: apart.tags(services, ana.connection, NIGHT)} != {}


async def test_a_process_whose_news_began_anew_reads_everyone_again(arrive: Arrive, services: Services) -> None:
    ana = await inside(arrive, "ana")
    await services.store.blocks.begin(ana.connection.person.id, side(), {})
    assert apart.tags(services, ana.connection, NIGHT) == frozenset()
    standing = await services.store.channels.standing(PAIRS)
    await services.store.channels.begin_anew(PAIRS, standing.epoch, standing.seq + 1)
    of_others = PairChanged(("c" * 32, "d" * 32), at=UNSTAMPED)
    await services.store.channels.append(PAIRS, encode(of_others), "any")
    await until(lambda: ana.connection.hidden)

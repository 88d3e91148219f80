"""The roster and the signs of life, against real stores."""

from dataclasses import replace

from msgspec import structs

from server.domain.accounts import Person
from server.protocol.people import Role
from server.store import keys
from server.store.store import Store

ANA = "a" * 32


async def test_the_roster_names_who_is_on_and_each_once(store: Store) -> None:
    assert await store.duty.beat(on=["p:1\tWren", "q:7\tWren", "p:2\tIbis"]) == ("Ibis", "Wren")
    assert await store.duty.beat(off=["p:1\tWren"]) == ("Ibis", "Wren")
    assert await store.duty.beat(off=["q:7\tWren"]) == ("Ibis",)


async def test_who_stops_answering_lapses(store: Store) -> None:
    brief = structs.replace(store.duty, settings=replace(store.settings, duty_lapse_ms=0))
    await brief.beat(on=["p:1\tWren"])
    assert await store.duty.beat() == ()


async def test_the_fourth_socket_makes_the_oldest_go(store: Store) -> None:
    await store.duty.alive("p")
    for number in range(3):
        assert await opened(store, f"p:{number}") == []
    assert await opened(store, "p:3") == ["p:0"]


async def test_sockets_of_a_process_that_died_do_not_count(store: Store) -> None:
    await store.duty.alive("p")
    for number in range(3):
        await opened(store, f"dead:{number}")
    assert await opened(store, "p:0") == []
    assert await store.link.client.zcard(keys.sockets(ANA)) == 1


async def test_a_closed_socket_leaves_its_place(store: Store) -> None:
    await opened(store, "p:1")
    await store.duty.closed(ANA, "p:1")
    assert await store.link.client.zcard(keys.sockets(ANA)) == 0


async def test_an_allowance_says_when_it_is_there_again(store: Store) -> None:
    assert await store.duty.allowed(ANA, "report", 1, 60_000) == 0
    assert 0 < await store.duty.allowed(ANA, "report", 1, 60_000) <= 60_000
    assert await store.duty.allowed(ANA, "rename", 1, 60_000) == 0


async def opened(store: Store, socket: str) -> list[str]:
    """Who must make way for a socket that has just been opened."""
    await store.accounts.begin(Person(ANA, Role.PEER, "", "s"))
    greeted = await store.people.greet(ANA, "s", socket)
    assert greeted is not None
    return await store.duty.surplus(ANA, greeted.sockets)

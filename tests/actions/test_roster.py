"""The roster believes in heartbeats and hands, and in nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from server.actions.roster import Roster
from server.config import Settings
from server.domain.accounts import Person
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused


class Console:
    def __init__(self, name: str) -> None:
        self.person = Person(id=name, role=Role.MODERATOR, name=name, session=name)
        self.socket_name = f"p:{name}"
        self.answering = True


class Store:
    """Keeps the roster as the script does, and can be away."""

    def __init__(self) -> None:
        self.on: set[str] = set()
        self.is_away = False

    async def beat(self, on: Iterable[str] = (), off: Iterable[str] = ()) -> tuple[str, ...]:
        if self.is_away:
            raise Refused(Code.UNAVAILABLE)
        self.on = (self.on | set(on)) - set(off)
        return tuple(sorted({member.split("\t")[1] for member in self.on}))


def roster(**settings: Any) -> tuple[Roster, Store]:
    store = Store()
    return Roster(cast(Any, store), replace(Settings(), **settings)), store


def console(name: str) -> Any:
    return Console(name)


async def test_who_stops_answering_is_off() -> None:
    team, _ = roster()
    wren = console("Wren")
    team.join(wren)
    await team.beat()
    assert (team.names, team.has(wren)) == (("Wren",), True)
    wren.answering = False
    await team.beat()
    assert (team.names, team.has(wren)) == ((), False)


async def test_a_console_that_no_hand_touches_is_off() -> None:
    team, _ = roster(hand_ms=-1)
    wren = console("Wren")
    team.join(wren)
    await team.beat()
    assert team.names == ()


async def test_a_hand_keeps_duty() -> None:
    team, _ = roster()
    wren = console("Wren")
    team.join(wren)
    team._here[wren] = 0.0
    team.hand(wren)
    await team.beat()
    assert team.names == ("Wren",)


async def test_one_of_two_consoles_closed_is_still_on() -> None:
    team, _ = roster()
    one, other = console("Wren"), console("Wren")
    other.socket_name = "p:other"
    team.join(one)
    team.join(other)
    team.leave(one)
    await team.beat()
    assert team.names == ("Wren",)


async def test_a_leaving_that_the_store_missed_is_told_when_it_is_back() -> None:
    team, store = roster()
    wren = console("Wren")
    team.join(wren)
    await team.beat()
    store.is_away = True
    team.leave(wren)
    await team.beat()
    known: list[tuple[str, ...]] = [team.names]  # what was last known; the lapse in the store ends it for all
    store.is_away = False
    await team.beat()
    known.append(team.names)
    assert known == [("Wren",), ()]

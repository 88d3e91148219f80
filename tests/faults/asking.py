"""How the state machine asks: its own loop, words that are never the same, and what the desk has."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine

from loadtests.client import Refused
from loadtests.following import Event
from tests.faults.model import Room
from tests.faults.world import World

WORDS = "amber birch cedar dusk ember fern grove hazel iris juniper".split()
T = TypeVar("T")


class Asking(RuleBasedStateMachine):
    world: World
    loop: asyncio.AbstractEventLoop
    room: str
    model: Room
    number: int

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def posts(self, name: str, text: str, client_id: bytes) -> Event | Refused:
        rules = self.world.people[name].client.welcome["rules"]
        return self.run(self.world.asked(name, "post", text=text, client_id=client_id, rules=rules))

    def words(self, is_held: bool) -> str:
        """Never the same, and nothing that the house would look at twice."""
        self.number += 1
        text = " ".join(WORDS[int(digit)] for digit in f"{self.number:03}")
        return f"{text} ana@example.com" if is_held else text

    def desk(self) -> Event:
        return self.run(self.world.staff("desk"))

    def newly_listed(self, drawer: str, item: str) -> str:
        """The id under which the desk has what was just done; its news comes a moment later."""
        known: dict[str, str] = getattr(self.model, drawer)

        async def found() -> str:
            while True:
                listed = (await self.world.staff("desk"))[drawer]
                for each in listed:
                    if each["channel"] == self.room and each[item] not in known:
                        return str(each[item])

        return self.run(asyncio.wait_for(found(), 30))


def code(answer: Event | Refused) -> str:
    assert isinstance(answer, Refused), f"not refused: {answer}"
    return answer.code


def event(answer: Event | Refused) -> Event:
    assert isinstance(answer, dict), f"refused: {answer}"
    return answer

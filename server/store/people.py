"""What is remembered of a person beside their sign-in: the rules agreed to, and that they want no cards now."""

from msgspec import Struct

from server.domain.care import Rest
from server.protocol.fields import Urgency
from server.store import keys
from server.store.script import Scripts


class Remembered(Struct, frozen=True):
    accepted: int
    rest: Rest | None


class People(Struct, frozen=True):
    scripts: Scripts

    async def remembered(self, person: str) -> Remembered:
        rules, until, urgency = await self.scripts.ask(
            "HMGET", keys.person(person), "rules", "rest_until", "rest_urgency"
        )
        rest = Rest(int(until), Urgency(urgency.decode()) if urgency else None) if until else None
        return Remembered(int(rules or 0), rest)

    async def accept_rules(self, person: str, version: int) -> None:
        await self.scripts.ask("HSET", keys.person(person), "rules", version)

    async def rest_cards(self, person: str, rest: Rest) -> None:
        urgency = rest.urgency.value if rest.urgency else ""
        await self.scripts.ask("HSET", keys.person(person), "rest_until", rest.until, "rest_urgency", urgency)

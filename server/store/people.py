"""What is remembered of a person beside their sign-in: the rules agreed to, and that they want no cards now."""

from collections.abc import Awaitable
from typing import cast

from msgspec import Struct
from redis.asyncio import Redis

from server.domain.care import Rest
from server.protocol.fields import Urgency
from server.store import keys
from server.store.answers import guarded


class Remembered(Struct, frozen=True):
    accepted: int
    rest: Rest | None


class People(Struct, frozen=True):
    client: Redis

    @guarded
    async def remembered(self, person: str) -> Remembered:
        fields = self.client.hmget(keys.person(person), ["rules", "rest_until", "rest_urgency"])
        rules, until, urgency = await cast(Awaitable[list[bytes | None]], fields)
        rest = Rest(int(until), Urgency(urgency.decode()) if urgency else None) if until else None
        return Remembered(int(rules or 0), rest)

    @guarded
    async def accept_rules(self, person: str, version: int) -> None:
        await self.client.hset(keys.person(person), "rules", str(version))

    @guarded
    async def rest_cards(self, person: str, rest: Rest) -> None:
        urgency = rest.urgency.value if rest.urgency else ""
        await self.client.hset(keys.person(person), mapping={"rest_until": rest.until, "rest_urgency": urgency})

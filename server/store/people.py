"""A person as they come in, and what is remembered of them: the rules agreed to, and that they want no cards now."""

import asyncio

from msgspec import Struct

from server.config import Settings
from server.domain import channels
from server.domain.accounts import Person
from server.domain.ages import Band
from server.domain.blocks import Apart
from server.domain.care import Rest
from server.domain.channels import Entry, Standing
from server.protocol.fields import Urgency
from server.protocol.people import Role
from server.store import keys
from server.store.accounts import GRACE_MS
from server.store.blocks import as_sides
from server.store.channels import Channels, as_entry
from server.store.script import Scripts


class Remembered(Struct, frozen=True):
    accepted: int
    rest: Rest | None


class Known(Struct, frozen=True):
    left_ms: int
    sign_ins: int
    age: bool


class Greeted(Struct, frozen=True):
    """Who came, what is remembered of them, and their inbox; `sockets`, oldest first, only where they are too many."""

    person: Person
    remembered: Remembered
    sides: tuple[Apart, ...]
    sockets: list[str]
    standing: Standing
    recent: list[Entry]


class People(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def greet(self, person: str, session: str, socket: str) -> Greeted | None:
        """Knows a sign-in by its digest and notes its new socket, `<process>:<number>`; one step for a whole hello."""
        inbox, settings = channels.inbox(person), self.settings
        answer = await self.scripts.run(
            "greet",
            {
                "person": keys.person(person),
                "session": keys.session(person, session),
                "sockets": keys.sockets(person),
                "sessions": keys.sessions(person),
                "meta": keys.meta(inbox),
                "log": keys.log(inbox),
                "blocks": keys.blocks(person),
                "blocked_by": keys.blocked_by(person),
            },
            {
                "socket": socket,
                "allowed": settings.connections_per_person,
                "lapse_ms": settings.rotate_ms,
                "shown": settings.ring_messages,
                "rotate_ms": settings.rotate_ms,
                "session_ms": settings.session_ms,
                "person_ms": settings.person_ms,
                "grace_ms": GRACE_MS,
                **self.channels.standing_on(inbox),
            },
        )
        if answer is None:
            return None
        role, name, rules, until, urgency, sockets, blocks, blocked_by, epoch, seq, floor, recent = answer
        return Greeted(
            Person(person, Role(role.decode()), name.decode(), session),
            _remembered(rules, until, urgency),
            as_sides(blocks, blocked_by),
            [socket.decode() for socket in sockets],
            Standing(epoch, seq, floor),
            [as_entry(*row) for row in reversed(recent)],
        )

    async def remembered(self, person: str) -> Remembered:
        return _remembered(*await self.scripts.ask("HMGET", keys.person(person), "rules", "rest_until", "rest_urgency"))

    async def band(self, person: str) -> Band:
        """What they said of their age at the door, for as long as they are known."""
        told: bytes | None = await self.scripts.ask("HGET", keys.person(person), "age")
        return Band((told or b"").decode())

    async def known(self, person: str) -> Known:
        """How long they are still known, how many sign-ins they have, and whether they told their age."""
        ask = self.scripts.ask
        left_ms, age, kept = await asyncio.gather(
            ask("PTTL", keys.person(person)),
            ask("HGET", keys.person(person), "age"),
            ask("SMEMBERS", keys.sessions(person)),
        )
        alive = await asyncio.gather(*(ask("EXISTS", session) for session in map(bytes.decode, kept)))
        return Known(max(left_ms, 0), sum(alive), bool(age))

    async def is_peer(self, person: str) -> bool:
        """Whether they are still known, and one of those who need no account."""
        role: bytes | None = await self.scripts.ask("HGET", keys.person(person), "role")
        return role == Role.PEER.value.encode()

    async def accept_rules(self, person: str, version: int) -> None:
        await self.scripts.ask("HSET", keys.person(person), "rules", version)

    async def rest_cards(self, person: str, rest: Rest) -> None:
        urgency = rest.urgency.value if rest.urgency else ""
        await self.scripts.ask("HSET", keys.person(person), "rest_until", rest.until, "rest_urgency", urgency)


def _remembered(rules: bytes | None, until: bytes | None, urgency: bytes | None) -> Remembered:
    rest = Rest(int(until), Urgency(urgency.decode()) if urgency else None) if until else None
    return Remembered(int(rules or 0), rest)

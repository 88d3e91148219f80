"""Rooms in the store: names, doors, who is here and who is writing."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain.moderation import HeldRecord
from server.protocol.fields import RoomState
from server.store import keys
from server.store.call import Argument
from server.store.script import Scripts

_held = msgpack.Decoder(HeldRecord)

SHOWN = 20  # beyond this, presence is a number in steps and no longer a list


class Threshold(Struct, frozen=True):
    """What stands between a person and writing in a room; times in milliseconds, 0 where nothing does."""

    state: RoomState
    slow_seconds: int
    turn_ms: int
    muted_ms: int
    banned_ms: int
    name: str
    held: tuple[HeldRecord, ...]


class Live(Struct, frozen=True):
    """What can be said of a room from outside."""

    people: int
    state: RoomState
    slow_seconds: int


class Rooms(Struct, frozen=True):
    scripts: Scripts
    settings: Settings

    async def threshold(self, channel: str, person: str) -> Threshold:
        """Banned or not, with what it takes to come in; one step."""
        slow, state, turn_ms, muted_ms, banned, name, held = await self.scripts.run(
            "threshold",
            {
                "meta": keys.meta(channel),
                "turn": keys.turn(channel, person),
                "mute": keys.mute(channel, person),
                "ban": keys.ban(channel, person),
                **_names(channel, person),
                "held": keys.held(channel),
            },
            self._keeping(channel),
        )
        return Threshold(
            state=RoomState((state or b"open").decode()),
            slow_seconds=int(slow or 0),
            turn_ms=max(turn_ms, 0),
            muted_ms=max(muted_ms, 0),
            banned_ms=max(banned, 0),
            name=(name or b"").decode(),
            held=_mine(held, person),
        )

    async def banned_ms(self, channel: str, person: str) -> int:
        """How long this person is still kept out of the room; 0 where nobody keeps them out."""
        return max(int(await self.scripts.ask("PTTL", keys.ban(channel, person))), 0)

    async def prepare(self, slow_seconds: Mapping[str, int]) -> None:
        """Gives new rooms the slow mode of the operator's file; what a moderator has set since stays."""
        for channel, seconds in slow_seconds.items():
            await self.scripts.ask("HSETNX", keys.meta(channel), "slow", seconds)

    async def claim_name(self, channel: str, person: str, offers: Iterable[tuple[str, str]]) -> str:
        """The first of the (normal, shown) names that is free here, now theirs; empty where none is."""
        noted = self.scripts.ask("SADD", keys.named_in(person), channel), self._as_long_as_known(person)
        claimed: bytes = await self.scripts.run(
            "claim_handle",
            _names(channel, person),
            {
                "person": person,
                **self._keeping(channel),
                "offers": "\n".join(f"{normal}\t{shown}" for normal, shown in offers),
            },
        )
        await asyncio.gather(*noted)
        return claimed.decode()

    async def named_in(self, person: str) -> list[str]:
        """The rooms in which a person has a name, some of them long ago; looked at while they are known."""
        found, _ = await asyncio.gather(
            self.scripts.ask("SMEMBERS", keys.named_in(person)), self._as_long_as_known(person)
        )
        return sorted(map(bytes.decode, found))

    async def names(self, person: str, channels: Sequence[str]) -> dict[str, str]:
        """What a person is called, by room; those where they have no name are left out. One round trip."""
        found = await asyncio.gather(*(self.scripts.ask("GET", keys.name(channel, person)) for channel in channels))
        return {channel: name.decode() for channel, name in zip(channels, found, strict=True) if name}

    async def keep_names(self, channel: str, person: str) -> None:
        """Coming in does it; this is for who stays."""
        await self.scripts.run("keep_names", _names(channel, person), self._keeping(channel))

    async def live(self, channels: Sequence[str]) -> list[Live]:
        """The same order as asked; one round trip."""
        ask = self.scripts.ask
        metas = [ask("HMGET", keys.meta(channel), "slow", "state", "people") for channel in channels]
        lives = [ask("EXISTS", keys.here(channel)) for channel in channels]
        answers = zip(await asyncio.gather(*metas), await asyncio.gather(*lives), strict=True)
        return [
            Live(
                people=int(people or 0) if anyone else 0,
                state=RoomState((state or b"open").decode()),
                slow_seconds=int(slow or 0),
            )
            for (slow, state, people), anyone in answers
        ]

    async def seen_here(self, channel: str, came: Iterable[str], went: Iterable[str]) -> None:
        """Notes arrivals and departures, given as `member` makes them, and tells the room."""
        await self.scripts.run(
            "here",
            {"here": keys.here(channel), "meta": keys.meta(channel)},
            {
                "channel": keys.tag(channel),
                "id": channel,
                "came": msgpack.encode(list(came)),
                "went": msgpack.encode(list(went)),
                "lapse_ms": self.settings.presence_lapse_ms,
                "shown": SHOWN,
            },
        )

    async def writing(self, channel: str, began: Iterable[str], ended: Iterable[str] = ()) -> None:
        """Notes who began and who ended writing, and tells the room how many that leaves."""
        await self.scripts.run(
            "typing",
            {"typing": keys.typing(channel)},
            {
                "channel": keys.tag(channel),
                "id": channel,
                "began": msgpack.encode(list(began)),
                "ended": msgpack.encode(list(ended)),
                "lapse_ms": self.settings.typing_shown_ms,
            },
        )

    def _as_long_as_known(self, person: str) -> "asyncio.Future[object]":
        return self.scripts.ask("PEXPIRE", keys.named_in(person), self.settings.person_ms)

    def _keeping(self, channel: str) -> dict[str, Argument]:
        """The arguments of the passage `names`."""
        return {"prefix": keys.handle(channel, ""), "keep_ms": self.settings.handle_ms}


def _names(channel: str, person: str) -> dict[str, str]:
    """The keys of the passage `names`."""
    return {"name": keys.name(channel, person), "names": keys.names(channel, person)}


def _mine(held: Sequence[bytes], person: str) -> tuple[HeldRecord, ...]:
    """Oldest first."""
    if not held:  # mostly nothing is
        return ()
    records = [record for record in map(_held.decode, held) if record.person == person]
    return tuple(sorted(records, key=lambda record: record.hold.since))

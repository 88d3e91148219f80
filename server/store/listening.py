"""Listening in the store: who waits, who listens and what they share, each changed only by who saw it last."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain.channels import LISTENING
from server.domain.errands import Errands, OpenOne, packed
from server.domain.listening import Record, Step
from server.protocol.codec import encode
from server.store import keys
from server.store.channels import Channels, field
from server.store.script import Scripts

ATTENDANCE_MS = 48 * 3_600_000
LOOKED_AT = 500  # records that one process takes at once
SAID = 100  # the last words of a one-to-one, by which it is known who owes the next
SUPERVISOR = "s"

_record = msgpack.Decoder(Record)


class Listening(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    channels: Channels

    async def kept(self, ids: Sequence[str]) -> dict[str, bytes]:
        """The records as they lie there, for `change`; empty where there is none."""
        if not ids:
            return {}
        found = await self.scripts.ask("HMGET", keys.listening(), *ids)
        return {each: record or b"" for each, record in zip(ids, found, strict=True)}

    async def everything(self) -> dict[str, bytes]:
        found: dict[bytes, bytes] = await self.scripts.ask("HGETALL", keys.listening())
        return {each.decode(): record for each, record in found.items()}

    async def change(self, kept: Mapping[str, bytes], step: Step, errands: Errands) -> bool:
        """False where someone else changed one of the records meanwhile: read them again."""
        await self.channels.outbox.announce(LISTENING, errands)
        answer = await self.scripts.run(
            "listening",
            {
                "records": keys.listening(),
                "looks": keys.looks(),
                "apart": keys.apart(),
                "out": keys.out(LISTENING),
            },
            {
                "changes": b"".join(
                    _sized(part)
                    for each, record in step.records.items()
                    for part in (each.encode(), kept.get(each, b""), encode(record) if record else b"")
                ),
                "pair": step.apart,
                "pair_ms": self.settings.person_ms,
                "errands": packed(errands),
            },
        )
        return bool(answer)

    async def due(self) -> list[str]:
        """Records to look at now; another process is not given them for a while."""
        due: list[bytes] = await self.scripts.run(
            "look", {"looks": keys.looks()}, {"again_ms": self.settings.look_ms, "most": LOOKED_AT}
        )
        return [each.decode() for each in due]

    async def attend(self, people: Iterable[str]) -> None:
        await self.scripts.run(
            "attend",
            {"attendance": keys.attendance()},
            {"people": msgpack.encode(list(people)), "keep_ms": ATTENDANCE_MS},
        )

    async def seen(self) -> dict[str, int]:
        """When each person was last connected for a one-to-one."""
        found = await self.scripts.ask("ZRANGE", keys.attendance(), 0, -1, "WITHSCORES")
        return {person.decode(): int(at) for person, at in found}

    async def supervises(self, name: str) -> None:
        """Someone of this name is a supervisor; whether they are on duty, the roster says."""
        await self.scripts.ask("ZADD", keys.supervisors(), self.channels.clock.now(), name)
        await self.scripts.ask("PEXPIRE", keys.supervisors(), ATTENDANCE_MS)

    async def supervisors(self) -> frozenset[str]:
        """The names of those who supervise, whether on duty or not."""
        return frozenset(name.decode() for name in await self.scripts.ask("ZRANGE", keys.supervisors(), 0, -1))

    async def apart(self) -> frozenset[str]:
        """Pairs who must not meet again."""
        return frozenset(pair.decode() for pair in await self.scripts.ask("ZRANGE", keys.apart(), 0, -1))

    async def seat(self, one: OpenOne, author_tag: bytes, digest: bytes) -> bool:
        """False where it is over, or a later fence holds. The draft is said once."""
        answer = await self.scripts.run(
            "seat",
            {
                **self.channels.numbering(one.channel),
                "log": keys.log(one.channel),
                "peer": keys.name(one.channel, one.person),
                "listener": keys.name(one.channel, one.listener),
            },
            {
                **self.channels.placing(one.channel),
                "event": one.draft,
                "author_tag": author_tag,
                "person": one.person,
                "handle": one.handle,
                "fence": one.fence,
                "field": field(one.person, one.client_id),
                "digest": digest,
                "seen_ms": 2 * self.settings.seen_ms,
                "name_ms": self.settings.handle_ms,
            },
        )
        return bool(answer)

    async def unseat(self, channel: str, listener: str) -> None:
        await self.scripts.run(
            "unseat",
            {"meta": keys.meta(channel), "listener": keys.name(channel, listener)},
            {"meta_ms": self.channels.retention(channel).meta_ms},
        )

    async def let_in(self, channel: str, supervisor: str) -> str:
        """A seat for a supervisor, who comes in openly."""
        seat = keys.name(channel, supervisor)
        await self.scripts.ask("SET", seat, SUPERVISOR, "PX", self.settings.handle_ms)
        return SUPERVISOR

    async def said(self, channel: str) -> list[tuple[str, int]]:
        """The last words in a one-to-one, oldest first: whose, and when; what was told by itself is nobody's."""
        entries = await self.channels.before(channel, None, SAID)
        return [(entry.person, entry.at) for entry in entries if entry.person]


def decoded(record: bytes) -> Record | None:
    found: Record | None = _record.decode(record) if record else None
    return found


def _sized(part: bytes) -> bytes:
    return len(part).to_bytes(4) + part

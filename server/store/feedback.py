"""Feedback in the store: counts that belong to nobody, and words until a supervisor has looked at them."""

from datetime import UTC, datetime

from msgspec import Struct, msgpack

from server.config import Settings
from server.domain.feedback import FEW, FeedbackRecord
from server.protocol.codec import encode
from server.protocol.feedback import Felt
from server.store import keys
from server.store.clock import Clock
from server.store.script import Scripts

_records = msgpack.Decoder(FeedbackRecord)


class Feedback(Struct, frozen=True):
    scripts: Scripts
    settings: Settings
    clock: Clock

    async def felt(self, channel: str, listener: str, felt: Felt) -> None:
        """Counts how one one-to-one felt, once; said again, the count moves with it."""
        await self.scripts.run(
            "felt",
            {"given": keys.given(channel), "counts": keys.felt(listener)},
            {
                "felt": felt.value,
                "few": FEW,
                "given_ms": self.settings.come_back_ms,
                "counts_ms": self.settings.audit_ms,
            },
        )

    async def counts(self, listener: str) -> dict[str, int]:
        return _counts(await self.scripts.ask("HGETALL", keys.felt(listener)))

    async def rated(self, channel: str, before: int, after: int) -> None:
        """Counts how hard it was before and after, once for each one-to-one."""
        await self.scripts.run(
            "rated",
            {"given": keys.given(channel), "counts": keys.eased(self._month())},
            {
                "pair": f"{before}:{after}",
                "given_ms": self.settings.come_back_ms,
                "counts_ms": self.settings.audit_ms,
            },
        )

    async def ratings(self) -> dict[str, int]:
        """Of this month."""
        return _counts(await self.scripts.ask("HGETALL", keys.eased(self._month())))

    async def keep(self, record: FeedbackRecord) -> None:
        await self.scripts.ask("HSET", keys.feedback(), record.item.feedback, encode(record))

    async def everything(self) -> list[FeedbackRecord]:
        return list(map(_records.decode, await self.scripts.ask("HVALS", keys.feedback())))

    async def one(self, feedback: str) -> FeedbackRecord | None:
        kept = await self.scripts.ask("HGET", keys.feedback(), feedback)
        return _records.decode(kept) if kept else None

    async def forget(self, *feedbacks: str) -> None:
        if feedbacks:
            await self.scripts.ask("HDEL", keys.feedback(), *feedbacks)

    def _month(self) -> str:
        return datetime.fromtimestamp(self.clock.now() / 1000, UTC).strftime("%Y-%m")


def _counts(kept: dict[bytes, bytes]) -> dict[str, int]:
    return {field.decode(): int(count) for field, count in kept.items()}

"""Return words in the store, by their digest, and the summary that lives and dies with them."""

from msgspec import Struct, msgpack

from server.config import Settings
from server.store import keys
from server.store.script import Scripts

GRACE_MS = 60_000  # an answer that was lost on its way can be asked for again


class Summary(Struct, frozen=True):
    """In the person's own words. `share`: the next listener may read it; `shown`: the one-to-one in which they did."""

    text: str = ""
    share: bool = False
    shown: str = ""

    def __repr__(self) -> str:
        return "Summary(...)"


_summary = msgpack.Decoder(Summary)


class Returning(Struct, frozen=True):
    scripts: Scripts
    settings: Settings

    async def give(self, person: str, digest: str) -> None:
        """The words before, where there were any, open nothing any more."""
        before = await self.digest_of(person)
        await self.scripts.ask("HSET", keys.returning(digest), "person", person)
        await self.scripts.ask("PEXPIRE", keys.returning(digest), self.settings.return_words_ms)
        await self.scripts.ask("HSET", keys.person(person), "words", digest)
        if before and before != digest:
            await self.scripts.ask("DEL", keys.returning(before))
        await self.scripts.ask("PEXPIRE", keys.summary(person), self.settings.return_words_ms)

    async def keep(self, person: str) -> None:
        """As long as the person is known; run it when they were seen."""
        if digest := await self.digest_of(person):
            for key in (keys.returning(digest), keys.summary(person)):
                await self.scripts.ask("PEXPIRE", key, self.settings.return_words_ms)

    async def take(self, digest: str, attempt: str) -> str:
        """The person whose words they are, or nothing; a second use is refused."""
        person: bytes | str = await self.scripts.run(
            "return_take", {"words": keys.returning(digest)}, {"try": attempt, "grace_ms": GRACE_MS}
        )
        return person.decode() if isinstance(person, bytes) else person

    async def digest_of(self, person: str) -> str:
        kept: bytes | None = await self.scripts.ask("HGET", keys.person(person), "words")
        return (kept or b"").decode()

    async def left_ms(self, person: str) -> int:
        """How long the words of a person still open; 0 where there are none."""
        digest = await self.digest_of(person)
        return max(await self.scripts.ask("PTTL", keys.returning(digest)), 0) if digest else 0

    async def forget(self, person: str) -> None:
        if digest := await self.digest_of(person):
            await self.scripts.ask("DEL", keys.returning(digest))
        await self.scripts.ask("HDEL", keys.person(person), "words")
        await self.scripts.ask("DEL", keys.summary(person))

    async def keep_summary(self, person: str, summary: Summary) -> None:
        if not summary.text:
            await self.scripts.ask("DEL", keys.summary(person))
            return
        await self.scripts.ask(
            "SET", keys.summary(person), msgpack.encode(summary), "PX", max(await self.left_ms(person), 1)
        )

    async def summary(self, person: str) -> Summary:
        kept = await self.scripts.ask("GET", keys.summary(person))
        return _summary.decode(kept) if kept else Summary()

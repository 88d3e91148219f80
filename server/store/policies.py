"""The screening policy in the store: its versions, their files, and by which of them each process judges."""

import zlib
from collections.abc import Mapping

from msgspec import Struct, msgpack

from server.domain.moderation import AuditRow
from server.domain.policies import Files, Judged, PolicyBook
from server.protocol.events import PolicyChanged
from server.store import keys
from server.store.desk import Change, Desk, Drawer
from server.store.script import Scripts

BOOK = "book"  # the one record of its drawer
LAPSE_MS = 24 * 3_600_000  # what processes said, after the last of them said it

_books = msgpack.Decoder(PolicyBook)
_files = msgpack.Decoder(dict[str, bytes])
_judged = msgpack.Decoder(Judged)


class Policies(Struct, frozen=True):
    scripts: Scripts
    desk: Desk

    async def read(self) -> bytes:
        """The book as it lies there; empty where nobody has written it."""
        return await self.desk.record(Drawer.POLICIES, BOOK)

    async def book(self) -> tuple[bytes, PolicyBook]:
        record = await self.read()
        return record, opened(record)

    async def change(
        self, expected: bytes, book: PolicyBook, event: PolicyChanged | None = None, row: AuditRow | None = None
    ) -> bool:
        """False where someone else changed it meanwhile; files that no version names any more are let go."""
        change = Change(Drawer.POLICIES, BOOK, expected, msgpack.encode(book), event, row=row)
        if not await self.desk.change(change):
            return False
        gone = {each.files for each in opened(expected).versions} - {each.files for each in book.versions}
        if gone:
            await self.scripts.ask("HDEL", keys.policy_files(), *gone)
        return True

    async def keep(self, digest: str, files: Files) -> None:
        """To be done before a book names them."""
        packed = zlib.compress(msgpack.encode(dict(files)))
        await self.scripts.ask("HSET", keys.policy_files(), digest, packed)

    async def files(self, digest: str) -> Files:
        """`LookupError` where they are not kept: others must not be taken for them."""
        kept: bytes | None = await self.scripts.ask("HGET", keys.policy_files(), digest)
        if kept is None:
            raise LookupError(digest)
        return _files.decode(zlib.decompress(kept))

    async def say(self, process: str, judged: Judged | None) -> None:
        """None: it ends."""
        if judged is None:
            await self.scripts.ask("HDEL", keys.judging(), process)
            return
        await self.scripts.ask("HSET", keys.judging(), process, msgpack.encode(judged))
        await self.scripts.ask("PEXPIRE", keys.judging(), LAPSE_MS)

    async def said(self, since: int) -> Mapping[str, Judged]:
        """By process, those that have said something since then; the others are gone."""
        found: dict[bytes, bytes] = await self.scripts.ask("HGETALL", keys.judging())
        judged = {process.decode(): _judged.decode(said) for process, said in found.items()}
        if gone := [process for process, each in judged.items() if each.at < since]:
            await self.scripts.ask("HDEL", keys.judging(), *gone)
        return {process: each for process, each in judged.items() if each.at >= since}


def opened(record: bytes) -> PolicyBook:
    return _books.decode(record) if record else PolicyBook()

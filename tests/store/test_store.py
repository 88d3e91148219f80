"""The store as a whole."""

import asyncio
from pathlib import Path

from server.store import keys
from server.store.store import Store


async def test_it_says_that_it_answers(store: Store) -> None:
    assert await store.ready()


async def test_the_secret_is_made_once(store: Store) -> None:
    first = await store.secret()
    assert len(first) == 32
    assert await store.secret() == first


async def test_what_was_deleted_leaves_the_files_too(store: Store) -> None:
    settings = await store.link.client.config_get("dir", "appenddirname")
    files = Path(settings["dir"] or "", settings["appenddirname"] or "")
    await store.link.client.set("canary", "words of a person")
    await store.link.client.delete("canary")
    await asyncio.sleep(0)
    assert holds(files, b"words of a person")
    await store.rewrite()
    async with asyncio.timeout(20):
        while holds(files, b"words of a person"):
            await asyncio.sleep(0.05)
    assert 0 < await store.link.client.pttl(keys.rewritten()) <= store.settings.rewrite_ms


def holds(files: Path, words: bytes) -> bool:
    return any(words in file.read_bytes() for file in files.iterdir())

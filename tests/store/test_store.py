"""The store as a whole."""

import asyncio
from pathlib import Path

from server.store import keys
from server.store.store import Store


async def test_it_says_that_it_answers(store: Store) -> None:
    assert await store.ready()


async def test_a_full_one_says_that_it_answers_and_keeps_nothing(store: Store) -> None:
    """The probe itself writes nothing, and works again as soon as there is room."""
    assert await store.keeps()
    assert await store.link.client.exists(keys.nothing()) == 0
    before = (await store.link.client.config_get("maxmemory"))["maxmemory"] or "0"
    await store.link.client.config_set("maxmemory", 1)
    try:
        assert (await store.ready(), await store.keeps()) == (True, False)
    finally:
        await store.link.client.config_set("maxmemory", before)
    assert await store.keeps()


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
    return any(words in content(file) for file in files.iterdir())


def content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # a rewrite renames what it has finished, also between a listing and a reading
        return b""

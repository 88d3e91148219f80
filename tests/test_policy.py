"""What the operator's policy commands say, and how they end."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from server import policy
from server.actions.policy_book import NotNow, Word
from server.config import Settings
from server.domain.policies import Files, Judged, PolicyBook, Version, digest
from server.files import BadContent
from server.screeners import BadPolicy
from server.store.store import Store, opened
from tests.actions.soup import soup

OMAR = Word("Omar", "no soup tonight")
ROOMS = '[[rooms]]\nid = "evening"\nname = "Evening"\nkind = "topic"\nabout = "A room for a test."\n'


def written(folder: Path, files: Files) -> str:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return str(folder)


@pytest.fixture
def with_soup(settings: Settings, tmp_path: Path) -> Settings:
    content = written(tmp_path / "content", {"rooms.toml": ROOMS.encode(), **soup()})
    return replace(settings, content_dir=content)


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    """One that a process has started with."""
    store = await opened(settings, settings.redis_url)
    before = soup("bean soup")
    await store.policies.keep(digest(before), before)
    await store.policies.change(b"", PolicyBook().started(Version(0, "bean soup", digest(before), since=1)))
    yield store
    await store.close()


async def judges(store: Store, number: int, refused: str = "") -> None:
    await store.policies.say("p1", Judged(number, "d1", refused, store.clock.now()))


def test_a_folder_or_one_file_is_checked_with_its_examples(with_soup: Settings, tmp_path: Path) -> None:
    assert policy.check(with_soup, "").startswith("Version pea-soup can be used")
    assert policy.check(with_soup, written(tmp_path / "other", soup("leek soup"))).startswith("Version leek-soup")
    wrong = soup()["screening/soup.toml"].replace(b'patterns = ["pea soup"]', b'patterns = ["gravy"]')
    one = written(tmp_path / "one", {"soup.toml": wrong}) + "/soup.toml"
    with pytest.raises(BadPolicy, match="conduct.soup does not find its example “we had pea soup”"):
        policy.check(with_soup, one)
    with pytest.raises(BadContent, match="is no file and no folder"):
        policy.check(with_soup, "nowhere")


async def test_what_differs_is_told_in_the_words_of_the_desk(with_soup: Settings, store: Store, tmp_path: Path) -> None:
    said = await policy.diff(with_soup, store, "")
    assert said.splitlines() == [
        "  The rule conduct.soup finds “pea soup”, too.",
        "  The rule conduct.soup no longer finds “bean soup”.",
    ]
    same = written(tmp_path / "same", soup("bean soup"))
    assert await policy.diff(with_soup, store, same) == "Nothing is different from what is in force."


async def test_it_is_proposed_put_in_force_and_taken_back(with_soup: Settings, store: Store) -> None:
    said = await policy.propose(with_soup, store, "", OMAR)
    assert "Version 1 is proposed" in said
    assert "finds “pea soup”, too" in said
    taking_up = asyncio.create_task(policy.apply(with_soup, store, OMAR))
    await judges(store, 0)
    await asyncio.sleep(0.1)
    assert not taking_up.done(), "one that lives has not taken it up yet"
    await judges(store, 1)
    assert await taking_up == ("Version 1 is in force; 1 of 1 processes judge by it.", True)
    kept, well = await policy.history(with_soup, store)
    rows = [row.split("\t") for row in kept.splitlines()]
    assert [(row[0], row[1], row[3]) for row in rows[:2]] == [("0", "bean soup", ""), ("1", "pea-soup", "in force")]
    assert (rows[2], well) == (["process p1 judges by version 1 (d1)"], True)
    await judges(store, 0)
    assert await policy.roll_back(with_soup, store, "", OMAR) == (
        "Version 0 is in force; 1 of 1 processes judge by it.",
        True,
    )


async def test_a_process_that_cannot_use_it_is_named_with_its_reason(with_soup: Settings, store: Store) -> None:
    await policy.propose(with_soup, store, "", OMAR)
    await judges(store, 0, "no such screener")
    said, well = await policy.apply(with_soup, store, OMAR)
    assert not well
    assert said.splitlines() == [
        "Version 1 is in force; 0 of 1 processes judge by it.",
        "process p1 judges by version 0 (d1): no such screener",
    ]
    assert not (await policy.history(with_soup, store)).well


async def test_where_nothing_runs_the_next_start_takes_it(with_soup: Settings, store: Store) -> None:
    await policy.propose(with_soup, store, "", OMAR)
    said, well = await policy.apply(with_soup, store, OMAR)
    assert (said, well) == ("Version 1 is in force; no process runs, and the next one starts with it.", True)


async def test_a_proposal_is_withdrawn(with_soup: Settings, store: Store) -> None:
    await policy.propose(with_soup, store, "", OMAR)
    assert await policy.withdraw(with_soup, store, OMAR) == "Version 1 is withdrawn; the desk is told."
    with pytest.raises(NotNow, match="Nothing is proposed"):
        await policy.apply(with_soup, store, OMAR)


async def test_what_cannot_be_used_is_not_proposed(with_soup: Settings, store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadPolicy, match="of the kind mood"):
        await policy.propose(with_soup, store, written(tmp_path / "bad", soup(kind="mood")), OMAR)
    assert (await store.policies.book())[1].waits is None


async def test_a_reason_is_asked_for(with_soup: Settings, store: Store) -> None:
    for step in (policy.propose, policy.roll_back):
        with pytest.raises(NotNow, match="need a reason"):
            await step(with_soup, store, "", Word("Omar", ""))
    with pytest.raises(NotNow, match="is not the number"):
        await policy.roll_back(with_soup, store, "one", OMAR)

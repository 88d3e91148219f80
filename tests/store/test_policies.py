"""The policy's book, against real stores: changed by who saw it last, with its files and what processes say."""

import asyncio

import pytest
from msgspec import structs

from server.domain.channels import DESK
from server.domain.moderation import AuditRow
from server.domain.policies import Judged, PolicyBook, Version, notice
from server.protocol import codec
from server.protocol.codec import UNSTAMPED
from server.protocol.events import PolicyChanged
from server.protocol.policy import PolicyChange, PolicyStep, PolicyWhat
from server.store import keys
from server.store.store import Store

FILES = {"policy.toml": b'version = "1"', "screening/own.toml": b"\x00\xff"}
START = PolicyBook().started(Version(0, "1", "start", since=1))
CHANGE = PolicyChange(PolicyWhat.VERDICT, "unkind", "open", "note", "hold")


async def test_the_book_is_changed_by_who_saw_it_last(store: Store) -> None:
    record, book = await store.policies.book()
    assert (record, book) == (b"", PolicyBook())
    changed = await asyncio.gather(*(store.policies.change(record, START) for _ in range(5)))
    assert sorted(changed) == [False] * 4 + [True]
    assert (await store.policies.book())[1] == START


async def test_a_change_is_told_at_the_desk_and_audited_in_the_same_step(store: Store) -> None:
    said = notice(PolicyStep.PROPOSED, START.versions[0], "Omar", "too strict", [CHANGE], 5)
    row = AuditRow(who="Omar", what="policy_propose", which="policy 0", why="too strict", at=5)
    event = PolicyChanged(policy=said, at=UNSTAMPED)
    assert await store.policies.change(b"", structs.replace(START, notice=said), event, row)
    (entry,) = await store.channels.after(DESK, 0)
    heard = codec.inside(entry.frame)
    assert isinstance(heard, PolicyChanged)
    assert heard.policy == said
    assert await store.moderation.audit_rows([DESK]) == [row]
    assert (await store.policies.book())[1].notice == said


async def test_files_come_back_as_they_were_and_others_are_never_taken_for_them(store: Store) -> None:
    await store.policies.keep("d1", FILES)
    assert await store.policies.files("d1") == FILES
    with pytest.raises(LookupError):
        await store.policies.files("d2")


async def test_files_that_no_version_names_any_more_are_let_go(store: Store) -> None:
    for name in ("start", "one", "two"):
        await store.policies.keep(name, FILES)
    await store.policies.change(b"", START)
    for name in ("one", "two"):
        record, book = await store.policies.book()
        await store.policies.change(record, book.with_proposed(Version(0, name, name)))
    kept = await store.scripts.ask("HKEYS", keys.policy_files())
    assert sorted(kept) == [b"start", b"two"]


async def test_processes_say_by_what_they_judge_until_they_end_or_fall_silent(store: Store) -> None:
    await store.policies.say("p1", Judged(1, "d", "", 100))
    await store.policies.say("p2", Judged(1, "d", "no such file", 200))
    await store.policies.say("p3", Judged(1, "d", "", 200))
    await store.policies.say("p3", None)
    assert await store.policies.said(150) == {"p2": Judged(1, "d", "no such file", 200)}
    assert (await store.policies.said(0)).keys() == {"p2"}, "who is gone is forgotten"

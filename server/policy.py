"""The operator's commands about the screening policy: checked, compared, proposed, put in force and taken back."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from server import files
from server.actions import policy_book
from server.actions.policy_book import NotNow, Word
from server.config import Settings
from server.domain.content import Words
from server.domain.policies import POLICY, Files, Judged, PolicyBook, Version
from server.domain.policy_changes import told
from server.files import BadContent
from server.judging import built, compared, proved
from server.protocol.policy import PolicyChange, PolicyNotice
from server.store.store import Store

LIVES_MS = 30_000  # a process that has said nothing for so long is gone
PATIENCE_S = 30.0  # for every process to build what is in force
POLL_S = 0.25


class Said(NamedTuple):
    """What a command found; not well where a process judges by something else than it should."""

    words: str
    well: bool


def check(settings: Settings, place: str) -> str:
    """Needs no running server; raises a sentence for what can't be used."""
    judging = proved(own_files(settings, place), rooms(settings))
    return f"Version {judging.policy.version} can be used, and every rule does as its examples say."


async def diff(settings: Settings, store: Store, place: str) -> str:
    """Against what is in force; the same sentences as the desk reads."""
    _, book = await store.policies.book()
    if not book.versions:
        raise NotNow("No process has started with this store yet.")
    before = await store.policies.files(book.present.files)
    after = built(own_files(settings, place), rooms(settings)).own
    return "\n".join(_sentences(compared(before, after), settings)) or "Nothing is different from what is in force."


async def propose(settings: Settings, store: Store, place: str, word: Word) -> str:
    _needs_why(word)
    judging = proved(own_files(settings, place), rooms(settings))
    notice = await policy_book.propose(store, judging.own, judging.policy.version, word, compared)
    return "\n".join(
        (
            f"Version {notice.number} is proposed, and the desk can read what it changes:",
            *_noticed(notice, settings),
            "Nothing has changed yet. `python -m server policy apply` puts it in force, `policy withdraw` does not.",
        )
    )


async def withdraw(settings: Settings, store: Store, word: Word) -> str:
    notice = await policy_book.withdraw(store, word, compared)
    return f"Version {notice.number} is withdrawn; the desk is told."


async def apply(settings: Settings, store: Store, word: Word) -> Said:
    """Built here once more, for the program may be another than when it was proposed."""
    _, book = await store.policies.book()
    if book.waits is not None:
        built(await store.policies.files(book.waits.files), rooms(settings))
    return await _taken_up(store, await policy_book.put_in_force(store, word, compared))


async def roll_back(settings: Settings, store: Store, number: str, word: Word) -> Said:
    """To that version, or without a number to the one before."""
    _needs_why(word)
    if number and not number.isdecimal():
        raise NotNow(f"{number} is not the number of a version.")
    to = int(number) if number else None
    return await _taken_up(store, await policy_book.roll_back(store, to, word, compared))


async def history(settings: Settings, store: Store) -> Said:
    """The versions that are kept, oldest first, and by which of them each process judges."""
    _, book = await store.policies.book()
    judged = await store.policies.said(store.clock.now() - LIVES_MS)
    rows = [_row(version, book) for version in book.versions]
    well = all(_follows(each, book) for each in judged.values())
    return Said("\n".join((*rows, *_processes(judged, book))) or "No process has started with this store yet.", well)


def own_files(settings: Settings, place: str) -> Files:
    """CONTENT_DIR, or another folder, or CONTENT_DIR with this one file in the place of its own."""
    if place and not Path(place).exists():
        raise BadContent(f"{place} is no file and no folder.")
    if not place or Path(place).is_dir():
        return files.own(place or settings.content_dir)
    name = POLICY if Path(place).name == POLICY else f"screening/{Path(place).name}"
    return {**files.own(settings.content_dir), name: Path(place).read_bytes()}


def rooms(settings: Settings) -> Mapping[str, str]:
    """Their levels."""
    return {room.id: room.screening for room in files.load(settings).rooms.values()}


def _needs_why(word: Word) -> None:
    if not word.why:
        raise NotNow('The desk and the audit need a reason: --why "..."')


async def _taken_up(store: Store, notice: PolicyNotice) -> Said:
    """Once every process that lives has said by what it judges now, or does not say so in time."""
    _, book = await store.policies.book()
    for _ in range(int(PATIENCE_S / POLL_S)):
        judged = await store.policies.said(store.clock.now() - LIVES_MS)
        if all(_follows(each, book) or each.refused for each in judged.values()):
            break
        await asyncio.sleep(POLL_S)
    follow = sum(_follows(each, book) for each in judged.values())
    first = f"Version {notice.number} is in force; {follow} of {len(judged)} processes judge by it."
    if not judged:
        first = f"Version {notice.number} is in force; no process runs, and the next one starts with it."
    rest = [] if follow == len(judged) else _processes(judged, book)
    return Said("\n".join((first, *rest)), follow == len(judged))


def _follows(judged: Judged, book: PolicyBook) -> bool:
    return not book.leads or (judged.number == book.in_force and not judged.refused)


def _row(version: Version, book: PolicyBook) -> str:
    is_so = {book.proposed: "proposed", book.in_force: "in force"}.get(version.number, "")
    since = _moment(version.since) if version.since else "never in force"
    return "\t".join((str(version.number), version.name, since, is_so, version.by, version.why))


def _processes(judged: Mapping[str, Judged], book: PolicyBook) -> Iterator[str]:
    for process, each in sorted(judged.items()):
        why = f": {each.refused}" if each.refused else "" if _follows(each, book) else ", not yet by what is in force"
        yield f"process {process} judges by version {each.number} ({each.digest}){why}"


def _noticed(notice: PolicyNotice, settings: Settings) -> Iterator[str]:
    yield from _sentences(notice.changes, settings)
    if notice.more:
        yield f"  and {notice.more} more"


def _sentences(changes: Iterable[PolicyChange], settings: Settings) -> Iterator[str]:
    words: Words = files.load(settings).words
    yield from (f"  {told(change, words)}" for change in changes)


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")

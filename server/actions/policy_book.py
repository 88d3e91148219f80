"""The steps of a policy: proposed, withdrawn, put in force, taken back. Each is told at the desk and kept on record."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import structs

from server.domain.moderation import AuditRow
from server.domain.policies import Files, PolicyBook, Version, digest, notice
from server.protocol.codec import UNSTAMPED
from server.protocol.events import PolicyChanged
from server.protocol.policy import PolicyChange, PolicyNotice, PolicyStep
from server.store.store import Store

AUDITED = {
    PolicyStep.PROPOSED: "policy_propose",
    PolicyStep.WITHDRAWN: "policy_withdraw",
    PolicyStep.IN_FORCE: "policy_apply",
    PolicyStep.ROLLED_BACK: "policy_rollback",
}

Compare = Callable[[Files, Files], Sequence[PolicyChange]]


class NotNow(ValueError):
    """A step that can't be made as things stand; the message is for the operator."""


class Word(NamedTuple):
    """Who decides, and why; where no reason is given, it is the version's own."""

    by: str
    why: str


class Turn(NamedTuple):
    """A step: the book after it, and the version that the step is about."""

    step: PolicyStep
    book: PolicyBook
    version: Version


async def propose(store: Store, own: Files, name: str, word: Word, compare: Compare) -> PolicyNotice:
    """Nothing changes by it; whoever decides by the policy can read what would."""
    mine = Version(0, name, digest(own), word.by, word.why, store.clock.now())

    def turn(book: PolicyBook) -> Turn:
        if mine.files == book.present.files:
            raise NotNow("Nothing is different from what is in force.")
        after = book.with_proposed(mine)
        return Turn(PolicyStep.PROPOSED, after, after.version(after.proposed))

    return await _made(store, turn, word, compare, own)


async def withdraw(store: Store, word: Word, compare: Compare) -> PolicyNotice:
    return await _made(store, lambda book: Turn(PolicyStep.WITHDRAWN, book.withdrawn(), _waiting(book)), word, compare)


async def put_in_force(store: Store, word: Word, compare: Compare) -> PolicyNotice:
    """What was proposed; nothing else can be, so that nothing comes into force that the desk could not read."""

    def turn(book: PolicyBook) -> Turn:
        version = _waiting(book)
        return Turn(PolicyStep.IN_FORCE, book.put_in_force(version.number, store.clock.now()), version)

    return await _made(store, turn, word, compare)


async def roll_back(store: Store, number: int | None, word: Word, compare: Compare) -> PolicyNotice:
    """At once, to the version before or to one that was in force earlier: it is known."""

    def turn(book: PolicyBook) -> Turn:
        known = {version.number: version for version in book.versions if version.since}
        version = book.before if number is None else known.get(number)
        if version is None or version.number == book.in_force:
            raise NotNow("There is no such version that was in force before.")
        return Turn(PolicyStep.ROLLED_BACK, book.put_in_force(version.number, store.clock.now()), version)

    return await _made(store, turn, word, compare)


async def _made(
    store: Store, turn: Callable[[PolicyBook], Turn], word: Word, compare: Compare, own: Files | None = None
) -> PolicyNotice:
    kept, now = store.policies, store.clock.now()
    while True:
        record, book = await kept.book()
        if not book.versions:
            raise NotNow("No process has started with this store yet: start one, then there is something to compare.")
        step, after, version = turn(book)
        if own is not None:
            await kept.keep(version.files, own)
        files = await kept.files(version.files) if own is None else own
        changes = compare(await kept.files(book.present.files), files)
        why = word.why or version.why
        told = notice(step, version, word.by, why, changes, now)
        row = AuditRow(who=word.by, what=AUDITED[step], which=f"policy {version.number}", why=why, at=now)
        event = PolicyChanged(policy=told, at=UNSTAMPED)
        if await kept.change(record, structs.replace(after, notice=told), event, row):
            return told


def _waiting(book: PolicyBook) -> Version:
    if book.waits is None:
        raise NotNow("Nothing is proposed.")
    return book.waits

"""Versions of the operator's policy: which is in force, which is proposed, and which were, as all processes agree."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, structs

from server.domain.screening import Policy, Screener
from server.protocol.policy import PolicyChange, PolicyNotice, PolicyStep

POLICY = "policy.toml"
VERSIONS_KEPT = 20  # whoever wants to go back further than this has the files
DIGEST = 16  # hexadecimal digits: enough to tell the versions of one house apart
CHANGES_TOLD = 20
NEWS_MS = 24 * 3_600_000  # what has come into force is told at the desk for so long
STARTED = 0  # what processes started with; it leads until the first version is put in force

Files = Mapping[str, bytes]  # the operator's own, by name; what is not in it is the program's


def concerns(name: str) -> bool:
    """Whether a file of the operator's folder is about screening by its name alone."""
    return name == POLICY or name.startswith("screening/")


def digest(contents: Files) -> str:
    """The same for the same files, whoever has them."""
    parts = (part for name in sorted(contents) for part in (name.encode(), contents[name]))
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:DIGEST]


class Judging(NamedTuple):
    """What judges a text; the operator's own of the files that it was made from, and the digest of all of them."""

    policy: Policy
    screeners: tuple[Screener, ...]
    own: Files
    digest: str


def numbered(policy: Policy, number: int) -> Policy:
    """Named so that what is said of its rules is never taken for another version's, whatever the file calls itself."""
    return structs.replace(policy, version=f"{policy.version}.{number}") if number != STARTED else policy


class Version(Struct, frozen=True):
    """`name` is what its policy file calls it, `files` the digest of the operator's own. `since`: last put in force."""

    number: int
    name: str
    files: str
    by: str = ""
    why: str = ""
    at: int = 0
    since: int = 0


class PolicyBook(Struct, frozen=True):
    """`in_force` and `proposed` are numbers of versions; nothing is proposed where they are one.

    `notice` is what the desk was told last, `last` the highest number that was given: none is given twice.
    """

    in_force: int = STARTED
    proposed: int = STARTED
    versions: tuple[Version, ...] = ()
    notice: PolicyNotice | None = None
    last: int = STARTED

    @property
    def leads(self) -> bool:
        """Whether a version was ever put in force; else each process goes by the files that it started with."""
        return any(version.since for version in self.versions if version.number != STARTED)

    def news(self, now: int) -> PolicyNotice | None:
        """What whoever comes to the desk must know: what waits, and what has lately come into force."""
        told = self.notice
        if told is None or told.step is PolicyStep.WITHDRAWN:
            return None
        return told if told.step is PolicyStep.PROPOSED or now - told.since < NEWS_MS else None

    @property
    def waits(self) -> Version | None:
        """What is proposed."""
        return self.version(self.proposed) if self.proposed != self.in_force else None

    @property
    def present(self) -> Version:
        return self.version(self.in_force)

    @property
    def before(self) -> Version | None:
        """What was in force before what is now, and so is known to work."""
        past = [version for version in self.versions if version.number < self.in_force and version.since]
        return max(past, key=lambda version: version.number, default=None)

    def version(self, number: int) -> Version:
        """`KeyError` where it is not kept."""
        return {version.number: version for version in self.versions}[number]

    def started(self, version: Version) -> "PolicyBook":
        """Where nothing leads yet: what a process has started with is what the next version is compared with."""
        others = [each for each in self.versions if each.number != STARTED]
        return structs.replace(self, versions=(structs.replace(version, number=STARTED), *others))

    def with_proposed(self, version: Version) -> "PolicyBook":
        """With a version that waits to be put in force, under the next number; one that waited before is gone."""
        number = self.last + 1
        past = self.withdrawn().versions
        kept = [each for each in past if each in past[-VERSIONS_KEPT:] or each.number == self.in_force]
        versions = (*kept, structs.replace(version, number=number))
        return structs.replace(self, proposed=number, versions=versions, last=number)

    def withdrawn(self) -> "PolicyBook":
        """Without what waits."""
        kept = tuple(each for each in self.versions if each.since or each.number == self.in_force)
        return structs.replace(self, proposed=self.in_force, versions=kept)

    def put_in_force(self, number: int, at: int) -> "PolicyBook":
        """What waits still waits, unless it is this."""
        proposed = self.proposed if self.proposed not in (self.in_force, number) else number
        versions = (structs.replace(each, since=at) if each.number == number else each for each in self.versions)
        return structs.replace(self, in_force=number, proposed=proposed, versions=tuple(versions))


def notice(
    step: PolicyStep, version: Version, by: str, why: str, changes: Sequence[PolicyChange], at: int
) -> PolicyNotice:
    """What the desk is told of a version, with as many of its changes as can be read there."""
    told = tuple(changes[:CHANGES_TOLD])
    return PolicyNotice(
        number=version.number,
        name=version.name,
        step=step,
        by=by,
        why=why,
        changes=told,
        more=len(changes) - len(told),
        since=at,
    )


class Judged(Struct, frozen=True):
    """By what one process judges, as it says itself; `refused`: why it can't by what is in force, and goes on so."""

    number: int
    digest: str
    refused: str
    at: int

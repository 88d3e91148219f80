"""Builds what judges a text, from the operator's own files and ours, and refuses what does not hold together."""

from collections.abc import Iterator, Mapping
from typing import Any

from server import screeners
from server.domain.languages import FIRST, in_language
from server.domain.policies import POLICY, Files, Judging, concerns, digest
from server.domain.policy_changes import changes
from server.domain.screening import Policy
from server.files import BadContent, Reading, kept_index
from server.protocol.policy import PolicyChange
from server.screeners import BadPolicy, books
from server.screeners.examples import misread


def built(own: Files, rooms: Mapping[str, str]) -> Judging:
    """For rooms with their levels; `BadContent` or `BadPolicy` says in a sentence what can't be used."""
    reading = Reading(own)
    policy = reading(POLICY, Policy)
    if (fault := policy.unfit_for(rooms)) is not None:
        raise BadPolicy(f"{POLICY} can't be used: {fault}.")
    return Judging(policy, screeners.build(policy, reading, kept=kept_index()), reading.own, digest(reading.contents))


def proved(own: Files, rooms: Mapping[str, str]) -> Judging:
    """As `built`, and every rule does with its own examples what its file says."""
    judging = built(own, rooms)
    read = (book for _, book in books(judging.policy, Reading(own)))
    if wrong := list(misread(read, judging.screeners)):
        raise BadPolicy("\n".join(wrong))
    return judging


def compared(before: Files, after: Files) -> list[PolicyChange]:
    """What is different where these are the operator's own files; those before may no longer be usable."""
    names = {POLICY, *_named(before), *_named(after)}
    return changes(*({name: plain for name in names if (plain := _plain(own, name))} for own in (before, after)))


def _named(own: Files) -> Iterator[str]:
    policy = _plain(own, POLICY)
    yield from (name for name in own if concerns(name))
    for file in (source["file"] for source in policy.get("screeners", ()) if "file" in source):
        yield from (in_language(file, language) for language in (FIRST, *policy.get("languages", ())))


def _plain(own: Files, name: str) -> dict[str, Any]:
    try:
        return Reading(own)(name, dict[str, Any])
    except BadContent:
        return {}

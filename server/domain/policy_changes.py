"""What is different between two versions of the policy, each thing by itself, for people who decide by it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from server.domain.content import Words
from server.domain.policies import POLICY
from server.protocol.policy import PolicyChange, PolicyWhat

LONGEST = 200  # characters of a detail
MANY = 12  # numbers of one table; where more differ, it is said how many
BY_RULE = "rule"  # the verdict of a reason that the policy leaves to its rules
PHRASES = (("patterns",), ("unless",))  # of a rule: what it finds, and what it leaves alone
OF_VERDICTS = frozenset((PolicyWhat.VERDICT, PolicyWhat.RULE_ADDED, PolicyWhat.RULE_REMOVED))
ORDER = tuple(PolicyWhat)
NAMED_BY = ("id", "rule", "name")  # what tells the tables of a list apart
SILENT = frozenset(("version", "review", "finds", "spares"))  # nothing is judged by these

_place = re.compile(r"\{(of|where|before|after)\}")

Plain = Mapping[str, Any]  # a file as it was read: tables, lists, texts and numbers


Place = tuple[str, ...]


class Difference(NamedTuple):
    """At a place in a file; one side is None where there was, or is, nothing. `many`: so many numbers at once."""

    place: Place
    before: object
    after: object
    many: int = 0


def changes(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> list[PolicyChange]:
    """Both by the names of their files, each with its policy file; what weighs most comes first."""
    found = list(_of_policy(before[POLICY], after[POLICY]))
    for name in sorted((before.keys() | after.keys()) - {POLICY}):
        found += (_told(name, each) for each in _differences((), before.get(name, {}), after.get(name, {})))
    return sorted(found, key=lambda change: ORDER.index(change.what))


def told(change: PolicyChange, words: Words) -> str:
    """In a sentence of the wording, as the desk says it, too."""
    sentences, reasons = words["policy"], words["console"]
    placed = f"{change.what.value}_where"
    key = placed if change.where and placed in sentences else change.what.value
    filling = {"of": change.of, "where": change.where, "before": change.before, "after": change.after}
    if change.what is PolicyWhat.VERDICT:
        filling["of"] = f"{change.of} ({reasons[f'why_{change.of}']})" if f"why_{change.of}" in reasons else change.of
    if change.what in OF_VERDICTS or (change.what is PolicyWhat.RULE_CHANGED and change.where == "verdict"):
        filling |= {side: sentences.get(f"as_{filling[side]}", filling[side]) for side in ("before", "after")}
    return _place.sub(lambda place: filling[place[1]], sentences[key])


def _of_policy(before: Plain, after: Plain) -> Iterator[PolicyChange]:
    yield from _verdicts(before, after)
    yield from _sets(_allowed(before), _allowed(after), PolicyWhat.ALLOWED_ADDED, PolicyWhat.ALLOWED_REMOVED)
    yield from _sets(_screeners(before), _screeners(after), PolicyWhat.SCREENER_ADDED, PolicyWhat.SCREENER_REMOVED)
    told = {"verdicts", "levels", "allowed", "screeners"}
    rest = [{key: value for key, value in policy.items() if key not in told} for policy in (before, after)]
    yield from (_told(POLICY, each) for each in _differences((), *rest))


def _verdicts(before: Plain, after: Plain) -> Iterator[PolicyChange]:
    """Of each reason everywhere, and at each level that says something of its own about it."""
    levels = sorted(before.get("levels", {}).keys() | after.get("levels", {}).keys())
    for level in ("", *levels):
        for reason in sorted(_own(before, level).keys() | _own(after, level).keys()):
            was, is_now = _verdict(before, level, reason), _verdict(after, level, reason)
            if was != is_now:
                yield PolicyChange(PolicyWhat.VERDICT, reason, level, was, is_now)


def _own(policy: Plain, level: str) -> dict[str, str]:
    found: dict[str, str] = policy.get("levels", {}).get(level, {}) if level else policy.get("verdicts", {})
    return found


def _verdict(policy: Plain, level: str, reason: str) -> str:
    return _own(policy, level).get(reason) or _own(policy, "").get(reason, BY_RULE)


def _allowed(policy: Plain) -> set[tuple[str, str]]:
    return {
        (each, ", ".join(allowed.get("rooms", ())))
        for allowed in policy.get("allowed", ())
        for each in (*allowed.get("phrases", ()), *allowed.get("domains", ()))
    }


def _screeners(policy: Plain) -> set[tuple[str, str]]:
    return {(each["name"], each.get("file", "") or each["kind"]) for each in policy["screeners"]}


def _sets(
    before: set[tuple[str, str]], after: set[tuple[str, str]], added: PolicyWhat, removed: PolicyWhat
) -> Iterator[PolicyChange]:
    yield from (PolicyChange(added, _short(of), _short(where)) for of, where in sorted(after - before))
    yield from (PolicyChange(removed, _short(of), _short(where)) for of, where in sorted(before - after))


def _differences(place: Place, before: Any, after: Any) -> Iterator[Difference]:
    before, after = _by_name(before), _by_name(after)
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_tables(place, before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield from (Difference(place, None, each) for each in after if each not in before)
        yield from (Difference(place, each, None) for each in before if each not in after)
    elif before != after:
        yield Difference(place, before, after)


def _of_tables(place: Place, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    keys = sorted((before.keys() | after.keys()) - SILENT)
    differ = [key for key in keys if before.get(key) != after.get(key)]
    values = [side[key] for key in differ for side in (before, after) if key in side]
    if len(differ) > MANY and all(isinstance(value, int | float) for value in values):
        yield Difference(place, None, None, len(differ))
        return
    for key in differ:
        was, is_now = before.get(key), after.get(key)
        yield from _differences((*place, key), _or_empty(was, is_now), _or_empty(is_now, was))


def _by_name(value: Any) -> Any:
    """A list of tables as a table of them, by what each is called."""
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return value
    key = next((key for key in NAMED_BY if all(key in each for each in value)), None)
    return {str(each[key]): each for each in value} if key else value


def _or_empty(value: Any, other: Any) -> Any:
    """For a list that is not there, one that is empty as the other is filled: that is then told thing by thing."""
    if value or not isinstance(other, list):
        return value
    return {} if isinstance(_by_name(other), dict) else []


def _told(file: str, found: Difference) -> PolicyChange:
    """As of a rule where it is one; else as something at a place in a file."""
    place = found.place[1:] if found.place[:2] == ("phrases", "rules") else found.place  # the rules about contact
    of, fields = (place[1], place[2:]) if place[:1] in (("rules",), ("lessons",)) else (file, found.place)
    what = _what(found, is_rule=of != file, fields=fields)
    where = "" if fields == ("patterns",) else ".".join(fields)
    after = str(found.many) if found.many else _text(found.after)
    return PolicyChange(what, _short(of), _short(where), _text(found.before), after)


def _what(found: Difference, *, is_rule: bool, fields: Place) -> PolicyWhat:
    if found.many:
        return PolicyWhat.MANY_CHANGED
    if is_rule and fields in PHRASES:
        return PolicyWhat.PHRASE_ADDED if found.before is None else PolicyWhat.PHRASE_REMOVED
    if is_rule and fields:
        return PolicyWhat.RULE_CHANGED
    if found.before is None:
        return PolicyWhat.RULE_ADDED if is_rule else PolicyWhat.OTHER_ADDED
    if found.after is None:
        return PolicyWhat.RULE_REMOVED if is_rule else PolicyWhat.OTHER_REMOVED
    return PolicyWhat.OTHER_CHANGED


def _text(value: Any) -> str:
    """Of a whole rule, what follows from it."""
    if isinstance(value, dict):
        return _short(str(value.get("verdict", "")))
    return "" if value is None else _short(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

"""What staff are told of the screening policy: which version, who proposed it and why, and what it changes."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from server.protocol.fields import Code, Count, HandleText, Millis, Note

Detail = Annotated[str, Meta(max_length=200, description="of the operator's files; a longer one ends in …")]


class PolicyStep(StrEnum):
    PROPOSED = "proposed"  # it waits; nothing has changed
    WITHDRAWN = "withdrawn"
    IN_FORCE = "in_force"
    ROLLED_BACK = "rolled_back"  # an earlier version is in force again


class PolicyWhat(StrEnum):
    """In the order of their weight."""

    VERDICT = "verdict"  # what follows from a reason
    SCREENER_ADDED = "screener_added"
    SCREENER_REMOVED = "screener_removed"
    RULE_ADDED = "rule_added"
    RULE_REMOVED = "rule_removed"
    RULE_CHANGED = "rule_changed"
    PHRASE_ADDED = "phrase_added"  # to what a rule finds, or with `where`, to what it leaves alone
    PHRASE_REMOVED = "phrase_removed"
    ALLOWED_ADDED = "allowed_added"
    ALLOWED_REMOVED = "allowed_removed"
    OTHER_ADDED = "other_added"  # anything else in a file: `of` is the file, `where` the place in it
    OTHER_REMOVED = "other_removed"
    OTHER_CHANGED = "other_changed"
    MANY_CHANGED = "many_changed"  # so many numbers of one table at once


class PolicyChange(Struct, frozen=True):
    """One difference: of which reason, rule, phrase, screener or file; where (a level, rooms, a field); from and to."""

    what: PolicyWhat
    of: Detail
    where: Detail = ""
    before: Detail = ""
    after: Detail = ""


class PolicyNotice(Struct, frozen=True, kw_only=True):
    """A version of the policy, and what it changes of the one before; `more` changes than these are not told here."""

    number: Count
    name: Code
    step: PolicyStep
    by: HandleText
    why: Note
    changes: tuple[PolicyChange, ...]
    more: Count
    since: Millis

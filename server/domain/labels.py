"""What moderators decided of what rules held, as counts: no message, no person and no moment is in them."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from server.domain.moderation import HeldRecord
from server.domain.screening import UNSCREENED
from server.protocol.fields import Decision


class Label(Struct, frozen=True, array_like=True):
    """One kind of decision about one rule as it was at that version."""

    rule: str
    version: str
    decision: Decision


class Agreement(Struct, frozen=True, forbid_unknown_fields=True):
    """How often a moderator allowed what a rule held, asked its author to change it, or refused it."""

    rule: str
    version: str
    allowed: int
    returned: int
    refused: int

    @property
    def decided(self) -> int:
        return self.allowed + self.returned + self.refused

    @property
    def agreed(self) -> float:
        """The share that was not shown as it was written; a hold for care may be right and still be allowed."""
        return (self.returned + self.refused) / self.decided


def label(record: HeldRecord, decision: Decision) -> Label:
    """A message that could not be screened was held by no rule, whatever else was seen in it."""
    hold = record.hold
    return Label(UNSCREENED if hold.why == UNSCREENED else hold.rule, record.version, decision)


def agreements(counted: Iterable[tuple[Label, int]]) -> list[Agreement]:
    """By rule and version, in the order of their names; the counts of several rooms are put together."""
    found: dict[tuple[str, str], dict[Decision, int]] = {}
    for each, count in counted:
        by_decision = found.setdefault((each.rule, each.version), dict.fromkeys(Decision, 0))
        by_decision[each.decision] += count
    return [_agreement(rule, version, found[rule, version]) for rule, version in sorted(found)]


def _agreement(rule: str, version: str, by: Mapping[Decision, int]) -> Agreement:
    return Agreement(rule, version, by[Decision.ALLOW], by[Decision.ASK_EDIT], by[Decision.REFUSE])

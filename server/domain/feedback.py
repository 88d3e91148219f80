"""Feedback: what is kept of how a one-to-one felt, and how little of it anyone may see at once."""

from collections.abc import Mapping

from msgspec import Struct, structs

from server.protocol.feedback import Eased, FeedbackItem, Felt

FEW = 5  # a listener sees nothing before so many have answered, and then so many more at a time
MANY = 10  # the same for what is counted of the whole house
RATINGS = range(1, 6)


class FeedbackRecord(Struct, frozen=True):
    """What a peer wrote, with whose words they are and whom they are about: neither leaves the server."""

    item: FeedbackItem
    person: str
    listener: str

    def __repr__(self) -> str:
        return "FeedbackRecord(...)"


def passed(record: FeedbackRecord) -> FeedbackRecord:
    return structs.replace(record, item=structs.replace(record.item, passed=True))


def waiting(records: list[FeedbackRecord]) -> tuple[FeedbackItem, ...]:
    """For a supervisor, oldest first."""
    return tuple(sorted((each.item for each in records if not each.item.passed), key=lambda item: item.since))


def told_to(listener: str, records: list[FeedbackRecord]) -> tuple[FeedbackItem, ...]:
    """What this listener may read, oldest first."""
    theirs = (each.item for each in records if each.item.passed and each.listener == listener)
    return tuple(sorted(theirs, key=lambda item: item.since))


def felt(counts: Mapping[str, int]) -> dict[Felt, int]:
    """Of a listener's counts those that may be seen: as they stood when the last five were full."""
    return {each: counts.get(f"shown:{each.value}", 0) for each in Felt}


def eased(counts: Mapping[str, int]) -> Eased:
    """From `before:after` counts; each kind rounded down, so that no single answer can be told from it."""
    kinds = {"easier": 0, "same": 0, "harder": 0}
    for pair, times in counts.items():
        before, _, after = pair.partition(":")
        kinds["same" if before == after else "easier" if after < before else "harder"] += times
    if sum(kinds.values()) < MANY:
        return Eased()
    return Eased(**{kind: times - times % MANY for kind, times in kinds.items()})

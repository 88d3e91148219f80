"""Age bands: what a person said at the door, and who may be brought together one to one."""

from enum import StrEnum


class Band(StrEnum):
    ADULT = "adult"
    MINOR = "minor"
    UNTOLD = ""


def may_meet(one: Band, other: Band) -> bool:
    """One to one, a young person meets only a young person; who was not asked counts as an adult, as staff do."""
    return (one is Band.MINOR) == (other is Band.MINOR)

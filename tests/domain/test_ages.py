"""Who may be brought together one to one."""

import pytest

from server.domain.ages import Band, may_meet


@pytest.mark.parametrize("other", [Band.ADULT, Band.UNTOLD])
def test_no_adult_and_nobody_who_was_not_asked_meets_a_minor(other: Band) -> None:
    assert not may_meet(Band.MINOR, other)
    assert not may_meet(other, Band.MINOR)


def test_people_of_one_band_may_meet() -> None:
    assert may_meet(Band.MINOR, Band.MINOR)
    assert may_meet(Band.ADULT, Band.ADULT)
    assert may_meet(Band.ADULT, Band.UNTOLD)

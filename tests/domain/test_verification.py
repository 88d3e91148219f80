"""Who is to be looked at again."""

import pytest

from server.domain.lines import Channel, Country, Directory, Line, Way
from server.domain.verification import due

EARLIEST, TODAY = "2026-05-24", "2026-11-20"


def line(verified_on: str) -> Line:
    return Line(name="a", channels=(Channel(Way.PHONE, "1"),), verified_on=verified_on)


def found(verified_on: str) -> list[str]:
    directory = Directory(review="", world=(line(verified_on),), countries={})
    return [each.line.verified_on for each in due(directory, EARLIEST, TODAY)]


@pytest.mark.parametrize("day", ["", "2026-05-23", "2026-11-21"], ids=["never", "too long ago", "still to come"])
def test_a_line_is_due(day: str) -> None:
    assert found(day) == [day]


@pytest.mark.parametrize("day", [EARLIEST, TODAY])
def test_a_line_that_was_checked_in_time_is_not(day: str) -> None:
    assert found(day) == []


def test_the_lines_of_a_country_are_found_with_their_country() -> None:
    lines = Directory(review="", world=(line(TODAY),), countries={"GB": Country("Britain", (), (line(""),))})
    assert [each.country for each in due(lines, EARLIEST, TODAY)] == ["GB"]

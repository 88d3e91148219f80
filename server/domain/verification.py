"""Which crisis lines a named person must look at: what nobody has checked, and what was checked too long ago."""

from msgspec import Struct

from server.domain.lines import Directory, Line

STALE_DAYS = 180  # numbers and hours change; nobody's look at one is taken for longer than half a year


class Due(Struct, frozen=True):
    """A line to look at, with the code of its country; none where it is for every country."""

    country: str
    line: Line


def due(directory: Directory, earliest: str, latest: str) -> tuple[Due, ...]:
    """Lines that were not checked from the one day to the other; a day that is still to come is nobody's check."""
    return tuple(
        Due(country, line) for country, line in directory.every_line() if not earliest <= line.verified_on <= latest
    )

"""Rules that fit above a composer, and times in words."""

import pytest

from server.domain.content import Rules, spoken

WORDS = {
    "minutes_one": "a minute", "minutes_other": "{count} minutes",
    "hours_one": "an hour", "hours_other": "{count} hours",
    "days_one": "a day", "days_other": "{count} days",
}  # fmt: skip
MINUTE = 60_000


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "a minute"),
        (5, "5 minutes"),
        (60, "an hour"),
        (36 * 60, "36 hours"),
        (24 * 60, "a day"),
        (30 * 24 * 60, "30 days"),
    ],
)
def test_a_time_is_said_in_the_largest_unit_that_fits_it_whole(minutes: int, said: str) -> None:
    assert spoken(minutes * MINUTE, WORDS) == said


def test_a_rule_of_twelve_words_is_too_long() -> None:
    eleven = "one two three four five six seven eight nine ten eleven"
    assert Rules(1, (eleven,)).too_long() is None
    assert Rules(1, (eleven, f"{eleven} twelve")).too_long() == f"{eleven} twelve"

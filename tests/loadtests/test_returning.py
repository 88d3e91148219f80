"""A crowd that lost its server does not come back as one."""

import pytest

from loadtests.returning import wait_seconds

NO_CODE = 1006


@pytest.mark.parametrize(
    ("code", "tries", "shortest", "longest"),
    [
        (NO_CODE, 0, 0.5, 1.0),
        (NO_CODE, 1, 0.5, 1.5),
        (NO_CODE, 4, 0.5, 8.5),
        (NO_CODE, 30, 0.5, 20.0),
        (1012, 0, 0.0, 5.0),
        (1012, 1, 0.5, 1.5),
        (1013, 0, 0.0, 30.0),
        (1013, 3, 0.0, 30.0),
    ],
)
def test_the_wait_is_random_and_its_bound_grows(code: int, tries: int, shortest: float, longest: float) -> None:
    assert wait_seconds(code, tries, 0.0) == shortest
    assert wait_seconds(code, tries, 1.0) == longest

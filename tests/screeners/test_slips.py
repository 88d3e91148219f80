import pytest

from server.screeners.slips import Slips

SLIPS = Slips(["suicide", "myself", "train", "goodbye", "cut"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("suicde", "suicide"),
        ("suiciide", "suicide"),
        ("siucide", "suicide"),
        ("suicode", "suicide"),
        ("myslef", "myself"),
        ("goodbyee", "goodbye"),
    ],
)
def test_one_slip_is_forgiven(written: str, meant: str) -> None:
    assert SLIPS.meant(written) == meant


@pytest.mark.parametrize("written", ["suicide", "scde", "brain", "rain", "cat", "yourself", "excited", ""])
def test_what_is_right_or_too_far_away_or_too_short_is_left_alone(written: str) -> None:
    assert SLIPS.meant(written) is None

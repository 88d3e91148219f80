"""How a bug is logged."""

from server.actions.faults import where


def test_a_bug_is_told_by_kind_and_place_and_never_by_its_words() -> None:
    try:
        int("something private")
    except ValueError as fault:
        told = where(fault)
    assert told.startswith("ValueError at test_faults.py:")
    assert "private" not in told


def test_a_bug_without_a_place_is_told_by_its_kind() -> None:
    assert where(ValueError("something private")) == "ValueError at "

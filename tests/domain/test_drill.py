from server.domain.drill import Result, Step

WELL = Step("page", 3, is_well=True)


def test_a_drill_passes_when_all_that_counts_is_well() -> None:
    assert Result(1, (WELL, Step("seen by phone", 0, is_well=False, counts=False))).passed
    assert not Result(1, (WELL, Step("desk", 0, is_well=False))).passed


def test_a_drill_without_a_step_has_not_passed() -> None:
    assert not Result(1, ()).passed

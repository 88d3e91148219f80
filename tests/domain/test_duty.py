"""Who is deputy, and how duty passes: by being accepted."""

import pytest

from server.domain import duty
from server.domain.duty import DutyRecord
from server.protocol.refusals import Code, Refused

BOTH = ("Ibis", "Wren")


def test_one_on_duty_is_deputy_and_a_second_is_not() -> None:
    record = duty.deputised(DutyRecord(), "Wren", BOTH)
    assert duty.deputised(record, "Wren", BOTH) == record
    with pytest.raises(Refused) as refused:
        duty.deputised(record, "Ibis", BOTH)
    assert refused.value.code is Code.CONFLICT


def test_a_deputy_who_is_not_on_duty_is_none() -> None:
    record = duty.deputised(DutyRecord(), "Wren", BOTH)
    assert duty.deputised(record, "Ibis", ("Ibis",)).deputy == "Ibis"
    with pytest.raises(Refused):
        duty.deputised(DutyRecord(), "Lark", BOTH)


def test_duty_passes_only_to_who_was_asked_and_accepts_and_the_deputys_part_with_it() -> None:
    record = duty.passed(duty.deputised(DutyRecord(), "Wren", BOTH), "Wren", "Ibis", BOTH)
    assert record.deputy == "Wren", "until it is accepted nothing has changed"
    with pytest.raises(Refused) as refused:
        duty.accepted(record, "Wren", "Lark", BOTH)
    assert refused.value.code is Code.GONE
    assert duty.accepted(record, "Wren", "Ibis", BOTH) == DutyRecord("Ibis", ())


def test_who_asks_another_colleague_no_longer_asks_the_first() -> None:
    three = (*BOTH, "Lark")
    record = duty.passed(duty.passed(DutyRecord(), "Wren", "Ibis", three), "Wren", "Lark", three)
    assert [each.to for each in record.passing] == ["Lark"]


def test_nobody_hands_over_what_is_not_theirs() -> None:
    with pytest.raises(Refused):
        duty.passed(DutyRecord(), "Lark", "Ibis", BOTH)
    with pytest.raises(Refused):
        duty.passed(DutyRecord(), "Wren", "Wren", BOTH)
    with pytest.raises(Refused):
        duty.passed(DutyRecord(), "Wren", "Lark", BOTH)

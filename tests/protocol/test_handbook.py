"""The handbook's words: only who listens opens it, and a question is named by its id alone."""

from server.protocol.handbook import OpenHandbook, RiskAsked
from server.protocol.listening import LISTENERS


def test_the_handbook_is_for_who_listens() -> None:
    assert OpenHandbook.roles == RiskAsked.roles == LISTENERS


def test_nothing_of_an_answer_can_be_sent() -> None:
    assert set(RiskAsked.__struct_fields__) == {"ref", "channel", "question"}

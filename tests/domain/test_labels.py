import pytest
from msgspec import structs

from server.domain.labels import Agreement, Label, agreements, label
from server.protocol.fields import Decision
from tests.domain.test_moderation import HELD

RECORD = structs.replace(HELD, version="1/3")


def test_a_label_names_the_rule_its_version_and_the_decision_and_nothing_else() -> None:
    assert label(RECORD, Decision.REFUSE) == Label(RECORD.hold.rule, "1/3", Decision.REFUSE)


def test_no_rule_is_blamed_for_what_could_not_be_screened() -> None:
    unscreened = structs.replace(RECORD, hold=structs.replace(RECORD.hold, why="unscreened"))
    assert label(unscreened, Decision.ALLOW).rule == "unscreened"


def test_decisions_of_all_rooms_are_put_together_by_rule_and_version() -> None:
    counted = [
        (Label("contact.phone", "2", Decision.REFUSE), 3),
        (Label("contact.phone", "1", Decision.ALLOW), 1),
        (Label("contact.phone", "2", Decision.REFUSE), 2),
        (Label("contact.phone", "2", Decision.ASK_EDIT), 1),
        (Label("contact.phone", "2", Decision.ALLOW), 2),
    ]
    assert agreements(counted) == [Agreement("contact.phone", "1", 1, 0, 0), Agreement("contact.phone", "2", 2, 1, 5)]


@pytest.mark.parametrize(("counts", "share"), [((1, 0, 0), 0.0), ((0, 1, 1), 1.0), ((2, 1, 1), 0.5)])
def test_who_sends_back_or_refuses_agrees(counts: tuple[int, int, int], share: float) -> None:
    assert Agreement("contact.phone", "1", *counts).agreed == share

from server.domain import feedback
from server.domain.feedback import FeedbackRecord
from server.protocol.feedback import Eased, FeedbackItem, Felt


def record(name: str, since: int = 1, *, listener: str = "wren", passed: bool = False) -> FeedbackRecord:
    item = FeedbackItem(feedback=name, name="Wren", felt=Felt.YES, words="thank you", since=since, passed=passed)
    return FeedbackRecord(item, "ana", listener)


def test_a_listener_sees_what_was_passed_on_to_them_and_nothing_else() -> None:
    records = [record("b", 2, passed=True), record("a", passed=True), record("c"), record("d", listener="lark")]
    assert [item.feedback for item in feedback.told_to("wren", records)] == ["a", "b"]
    assert [item.feedback for item in feedback.waiting(records)] == ["c", "d"]
    assert feedback.passed(record("c")).item.passed


def test_only_what_stood_there_when_five_were_full_is_seen() -> None:
    counts = {"yes": 6, "no": 1, "shown:yes": 4, "shown:no": 1}
    assert feedback.felt(counts) == {Felt.YES: 4, Felt.PARTLY: 0, Felt.NO: 1}
    assert feedback.felt({"yes": 4}) == dict.fromkeys(Felt, 0)


def test_how_it_was_before_and_after_is_told_in_tens_and_of_ten_at_least() -> None:
    assert feedback.eased({"5:3": 9}) == Eased()
    assert feedback.eased({"5:3": 12, "4:3": 9, "2:2": 3, "1:4": 11}) == Eased(easier=20, same=0, harder=10)


def test_a_record_shows_nothing_of_itself() -> None:
    assert repr(record("a")) == "FeedbackRecord(...)"

import msgspec
import pytest

from server.domain.rulebook import Rulebook

RULE = {
    "id": "care.x",
    "reason": "x",
    "verdict": "note",
    "score": 0.5,
    "patterns": ["a b"],
    "finds": ["a b"],
    "spares": ["c"],
}
BOOK = {"version": "1", "review": "none", "lane": "care", "rules": [RULE]}


def test_a_whole_rule_file_is_read() -> None:
    book = msgspec.convert(BOOK, Rulebook)
    assert book.rules[0].urgency is None
    assert book.rules[0].guards == ()


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "ban"},
        {"score": 2},
        {"patterns": []},
        {"finds": []},
        {"spares": []},
        {"id": "No Name"},
        {"urgency": "now"},
        {"x": 1},
    ],
)
def test_a_rule_that_lacks_or_misspells_something_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**BOOK, "rules": [{**RULE, **change}]}, Rulebook)

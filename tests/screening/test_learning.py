import msgspec

from server.config import Settings
from server.domain.lessons import Lesson, Meanings
from server.files import OURS, read
from server.screeners import MEANINGS
from tests.screening.learning import CARE, QUESTIONS, learned, written

LANGUAGES = [read(name, Meanings, Settings()) for name in MEANINGS]
LINES = [
    *((text, "thoughts", 1.0) for text in ("i want to die", "i want to die now", "today i want to die")),
    *((text, "chat", 1.0) for text in ("i want tea", "do you want to die", "i took the train", "we want you to die")),
] * 3


def test_it_learns_what_tells_the_lines_apart() -> None:
    lesson = learned(CARE, LANGUAGES, LINES)
    assert lesson.weights["I_WANT_to_DIE"] > 0
    assert lesson.weights["YOU+DIE"] < 0


def test_what_carries_no_weight_speaks_for_risk_less_than_what_does() -> None:
    weights = learned(CARE, LANGUAGES, LINES).weights
    assert max(weights.get(mark, 0) for mark in ("i", "want", "I_WANT", "WANT", "to")) < weights["I_WANT_to_DIE"]
    assert not [mark for mark, weight in weights.items() if mark.startswith("#") and weight > 0]


def test_what_is_not_asked_of_a_line_is_not_learned_from_it() -> None:
    more = [*LINES, *[("zebra want to die", "pact", 1.0)] * 3]
    assert "zebra" not in learned(CARE, LANGUAGES, more).weights


def test_the_files_are_small_and_come_back_as_they_were() -> None:
    lesson = learned(CARE, LANGUAGES, LINES)
    assert msgspec.json.decode(written(lesson), type=Lesson) == lesson
    assert all((OURS / "screening" / question.file).stat().st_size <= 600_000 for question in QUESTIONS)

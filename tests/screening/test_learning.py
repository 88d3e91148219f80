import msgspec

from server.config import Settings
from server.domain.lessons import Lessons, Meanings
from server.files import OURS, read
from server.screeners import MEANINGS
from tests.screening.learning import learned, written

LANGUAGES = [read(name, Meanings, Settings()) for name in MEANINGS]
LINES = [
    *((text, "thoughts", 1.0) for text in ("i want to die", "i want to die now", "today i want to die")),
    *((text, "chat", 1.0) for text in ("i want tea", "do you want to die", "i took the train", "we want you to die")),
] * 3


def test_it_learns_what_tells_the_lines_apart() -> None:
    lesson = learned(LANGUAGES, LINES).lessons[0]
    assert lesson.weights["I_WANT_to_DIE"] > 0
    assert lesson.weights["YOU+DIE"] < 0


def test_what_carries_no_weight_never_speaks_for_risk() -> None:
    weights = learned(LANGUAGES, LINES).lessons[0].weights
    assert all(weight < 0 for mark, weight in weights.items() if mark in ("i", "want", "I_WANT", "WANT", "to"))


def test_the_file_is_small_and_comes_back_as_it_was() -> None:
    lessons = learned(LANGUAGES, LINES)
    assert msgspec.json.decode(written(lessons), type=Lessons) == lessons
    assert (OURS / "screening" / "learned.json").stat().st_size <= 300_000

import msgspec
import pytest

from server.domain.lessons import Lesson, Meanings

LESSON = {
    "version": "1",
    "meanings": "1",
    "review": "none",
    "read": "end it",
    "rule": "care.x",
    "lane": "care",
    "reason": "x",
    "verdict": "note",
    "least": 100,
    "before": -300,
    "weights": {"END it": 210},
}
MEANINGS = {
    "version": "1",
    "review": "none",
    "same": {},
    "light": "",
    "guards": "",
    "weighty": {"care": "end"},
    "grave": {"care": ""},
    "writer": "",
    "meanings": {"end": "end ending"},
}


def test_a_lesson_calls_no_one_and_doubts_nothing_unless_it_says_so() -> None:
    lesson = msgspec.convert(LESSON, Lesson)
    assert lesson.urgency is None
    assert lesson.calm is None


@pytest.mark.parametrize("change", [{"lane": "x"}, {"verdict": "ban"}, {"rule": "no rule"}, {"weights": {"a": "b"}}])
def test_a_lesson_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**LESSON, **change}, Lesson)


@pytest.mark.parametrize(
    "change", [{"meanings": {"No Name": "a"}}, {"same": {"a": 1}}, {"grave": {"x": "a"}}, {"x": 1}]
)
def test_meanings_that_make_no_sense_are_refused(change: dict[str, object]) -> None:
    assert msgspec.convert(MEANINGS, Meanings).meanings["end"] == "end ending"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**MEANINGS, **change}, Meanings)

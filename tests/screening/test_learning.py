import msgspec
from hypothesis import given
from hypothesis import strategies as st

from server.config import Settings
from server.domain.lessons import Lesson, Meanings
from server.files import OURS, read
from server.screeners import MEANINGS
from server.screeners.marks import Marker, Readers
from tests.screening.learning import CARE, LIGHTEST, LIGHTEST_PIECE, QUESTIONS, SAID, kept, learned, words_of, written

LANGUAGES = [read(name, Meanings, Settings()) for name in MEANINGS]
READERS = Readers([Marker(meanings) for meanings in LANGUAGES])
WORDS = "i you want to really die kill cut . ? film she ago mi vida the train".split()
LINES = [
    *((text, "thoughts", 1.0) for text in ("i want to die", "i want to die now", "today i want to die")),
    *((text, "chat", 1.0) for text in ("i want tea", "do you want to die", "i took the train", "we want you to die")),
] * 3


def test_it_learns_what_tells_the_lines_apart() -> None:
    lesson = learned(CARE, LANGUAGES, LINES)
    assert lesson.weights[" I WANT to DIE "] > 0
    assert lesson.weights[" YOU DIE "] < 0


def test_what_carries_no_weight_speaks_for_risk_less_than_what_does() -> None:
    weights = learned(CARE, LANGUAGES, LINES).weights
    assert (
        max(weights.get(mark, 0) for mark in (" i ", " want ", " I WANT ", " WANT ", " to "))
        < weights[" I WANT to DIE "]
    )
    assert not [mark for mark, weight in weights.items() if not mark.startswith(" ") and weight > 0]


def test_what_its_letters_tell_of_a_word_that_is_known_is_told_by_the_word() -> None:
    pieces = {"tea": -LIGHTEST / 2, " te": -LIGHTEST / 2, "ea ": -LIGHTEST_PIECE + 1.0}
    assert kept({" tea ": -1.0, **pieces}, ["tea"]) == {" tea ": -LIGHTEST - LIGHTEST_PIECE, "tea": -11, " te": -11}
    assert kept({" tea ": -1.0, "die": 50.0}, ["tea"]) == {"die": 50}


def test_what_is_not_asked_of_a_line_is_not_learned_from_it() -> None:
    more = [*LINES, *[("zebra want to die", "pact", 1.0)] * 3]
    assert " zebra " not in learned(CARE, LANGUAGES, more).weights


def test_the_files_are_small_and_come_back_as_they_were() -> None:
    lesson = learned(CARE, LANGUAGES, LINES)
    assert msgspec.json.decode(written(lesson), type=Lesson) == lesson
    assert all((OURS / "screening" / question.file).stat().st_size <= 720_000 for question in QUESTIONS)


@given(*[st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)] * 2)
def test_a_mark_that_was_learned_from_one_text_is_found_in_another_that_has_it(text: str, other: str) -> None:
    learned_from, in_other = (set(words_of(READERS.sentences(each))) for each in (text, other))
    found = {mark for mark in learned_from for sentence in READERS.sentences(other) if mark in sentence.text()}
    assert found >= learned_from & in_other
    # Beyond them, what meant nothing here and there: it was learned as a row of meanings, and is one of words.
    assert all(mark.islower() and len(mark.split()) > SAID for mark in found - in_other)

"""The words of the training: only who listens has them, and nothing that a listener writes can be sent by them."""

from msgspec import Struct

from server.protocol import codec, training
from server.protocol.events import Event
from server.protocol.listening import LISTENERS
from server.protocol.people import Role, Voice
from server.protocol.shapes import described
from server.protocol.training import AnswerLesson, Lesson, OpenCourse, PracticeLine, PracticeTurn, Practise


def test_the_training_is_for_who_listens() -> None:
    assert OpenCourse.roles == AnswerLesson.roles == Practise.roles == LISTENERS


def test_no_words_of_a_listener_and_no_channel_can_be_sent() -> None:
    assert set(Practise.__struct_fields__) == {"ref", "practice", "moves", "lang"}
    assert set(AnswerLesson.__struct_fields__) == {"ref", "lesson", "choice", "lang"}


def test_what_is_right_is_not_told_before_the_answer() -> None:
    assert set(Lesson.__struct_fields__) == {"id", "title", "paragraphs", "question", "choices"}


def test_the_practice_partner_has_a_voice_that_no_person_can_have() -> None:
    assert Voice.PRACTICE.value not in {role.value for role in Role}
    assert [field.name for field in described(PracticeLine)] == ["voice", "text"]


def test_a_practice_line_stands_in_its_turn_and_nowhere_else() -> None:
    def has(struct: type[Struct]) -> bool:
        return PracticeLine.__name__ in repr(described(struct))

    assert [event for event in codec.EVENTS if has(event)] == [PracticeTurn]
    assert training.PracticeTurn.heard == Event.heard == "reply", "it is an answer to who asked, in no channel"

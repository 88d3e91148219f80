"""The training's file: what can't be gone through is refused, and the same moves lead to the same place."""

import pytest
from msgspec import structs

from server.domain import course
from server.domain.course import ChoiceText, LessonText, MoveText, Script, StepText, TrainingFile
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused
from server.protocol.training import Act

WRONG = ChoiceText(text="Hurry.", about="Too soon.")
RIGHT = ChoiceText(text="Wait.", about="It gives room.", right=True)
LESSON = LessonText(id="silence", title="Silence", paragraphs=("Wait.",), question="And now?", choices=(WRONG, RIGHT))
PUSH = MoveText(id="push", words="Say more.", about="Too fast.", says=("hm",))
WAIT = MoveText(id="wait", words="I am here.", about="That helps.", says=("thank you",), to="later")
BYE = MoveText(id="bye", words="Goodbye.", about="Warm.", act=Act.GOODBYE, to="end")
HELLO, LATER = (
    StepText(id="hello", says=("hi",), moves=(PUSH, WAIT)),
    StepText(id="later", says=("so",), moves=(PUSH, BYE)),
)
TALK = Script(id="evening", title="An evening", about="Short.", steps=(HELLO, LATER))
COURSE = TrainingFile(version=2, lessons=(LESSON,), practices=(TALK,))


def lines(*moves: str) -> list[str]:
    return [line.text for line in course.turn(COURSE, "evening", moves).lines]


def test_it_begins_with_the_first_step_and_offers_its_moves() -> None:
    turn = course.turn(COURSE, "evening", ())
    assert ([move.id for move in turn.moves], turn.last, turn.over) == (["push", "wait"], None, False)
    assert lines() == ["hi"]


def test_a_move_that_helps_leads_on_and_another_one_can_be_mended() -> None:
    assert lines("push") == ["hm"]
    assert lines("push", "push", "wait") == lines("wait") == ["thank you", "so"]
    assert course.turn(COURSE, "evening", ("push",)).moves == course.turn(COURSE, "evening", ()).moves


def test_it_ends_and_nothing_comes_after_the_end() -> None:
    turn = course.turn(COURSE, "evening", ("wait", "bye"))
    assert (turn.over, turn.moves, turn.last) == (True, (), BYE)
    with pytest.raises(Refused) as no:
        course.turn(COURSE, "evening", ("wait", "bye", "push"))
    assert no.value.code is Code.GONE


@pytest.mark.parametrize(("practice", "moves"), [("evening", ("bye",)), ("evening", ("wait", "wait")), ("morning", ())])
def test_moves_of_another_script_lead_nowhere(practice: str, moves: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as no:
        course.turn(COURSE, practice, moves)
    assert no.value.code is Code.GONE


def test_every_line_says_that_it_is_a_script() -> None:
    assert {line.voice for line in course.turn(COURSE, "evening", ("wait",)).lines} == {Voice.PRACTICE}


def test_an_answer_explains_itself_and_one_that_is_not_there_is_none() -> None:
    assert [course.chosen(COURSE, "silence", place).right for place in (0, 1)] == [False, True]
    for lesson, place in (("silence", 2), ("noise", 0)):
        with pytest.raises(Refused):
            course.chosen(COURSE, lesson, place)


def script(*steps: StepText) -> TrainingFile:
    return structs.replace(COURSE, practices=(structs.replace(TALK, steps=steps),))


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (structs.replace(COURSE, lessons=(LESSON, LESSON)), "have the id silence"),
        (structs.replace(COURSE, lessons=(structs.replace(LESSON, id="evening"),)), "have the id evening"),
        (structs.replace(COURSE, lessons=(structs.replace(LESSON, choices=(WRONG, WRONG)),)), "no answer is right"),
        (script(HELLO, LATER, LATER), "two steps later"),
        (script(structs.replace(HELLO, id="end"), LATER), "two steps end"),
        (script(HELLO, structs.replace(LATER, moves=(BYE, BYE))), "two moves bye in step later"),
        (script(HELLO), "to later, which is no step"),
        (script(HELLO, structs.replace(LATER, moves=(PUSH, structs.replace(PUSH, id="more")))), "no way from hello"),
        (script(structs.replace(HELLO, moves=(PUSH, BYE)), LATER), "never comes to later"),
    ],
)
def test_what_cannot_be_gone_through_is_named(file: TrainingFile, fault: str) -> None:
    assert COURSE.fault() is None
    assert fault in str(file.fault())


def test_other_words_are_the_same_training_and_another_answer_or_way_is_not() -> None:
    assert not COURSE.differs(script(structs.replace(HELLO, says=("hola",)), LATER))
    assert COURSE.differs(structs.replace(COURSE, version=3))
    assert COURSE.differs(structs.replace(COURSE, lessons=(structs.replace(LESSON, choices=(RIGHT, WRONG)),)))
    assert COURSE.differs(script(structs.replace(HELLO, moves=(WAIT, PUSH)), LATER))


def test_what_is_right_is_not_in_what_is_given_out() -> None:
    given = course.as_lesson(LESSON)
    assert given.choices == ("Hurry.", "Wait.")
    assert course.as_talk(TALK).title == "An evening"

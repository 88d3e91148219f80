"""The training against a real store: the gate, what is told, what is on record, and that a practice leaves nothing."""

from dataclasses import replace
from typing import Any

import pytest

from server.actions import training
from server.actions.services import Services
from server.config import Settings
from server.domain.accounts import Account, name_key
from server.domain.channels import LISTENING
from server.protocol.events import Done
from server.protocol.listening import Availability, Listen
from server.protocol.people import Role, Voice
from server.protocol.refusals import Code
from server.protocol.standing import Listening
from server.protocol.supervising import Overview, Watch
from server.protocol.training import (
    AnswerLesson,
    Course,
    LessonAnswered,
    OpenCourse,
    PracticeTurn,
    Practise,
    TrainingChanged,
    TrainingDue,
)
from tests.actions.conftest import Arrive, Someone
from tests.actions.talking import listener_of, two_who_talk
from tests.actions.test_asks import a_supervisor
from tests.waiting import until


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, training_required=True)


async def answers(someone: Someone, lesson: Any) -> LessonAnswered:
    """Each choice until one is right."""
    for choice in range(len(lesson.choices)):
        answered = await someone.does(AnswerLesson, lesson=lesson.id, choice=choice)
        assert isinstance(answered, LessonAnswered)
        assert answered.about
        if answered.right:
            return answered
    raise AssertionError(f"no answer is right in {lesson.id}")


async def practises(someone: Someone, practice: str) -> list[PracticeTurn]:
    """Each move until one leads on, as someone who learns."""
    done: list[str] = []
    turns = [await someone.does(Practise, practice=practice)]
    while not turns[-1].over:
        for move in turns[-1].moves:
            turn = await someone.does(Practise, practice=practice, moves=(*done, move.id))
            assert isinstance(turn, PracticeTurn)
            assert turn.about
            done.append(move.id)
            turns.append(turn)
            if turn.helps:
                break
    return turns


async def goes_through(someone: Someone) -> None:
    course = await someone.does(OpenCourse)
    for lesson in course.lessons:
        await answers(someone, lesson)
    for practice in course.practices:
        await practises(someone, practice.id)


async def a_trainee(arrive: Arrive, name: str = "wren", role: Role = Role.LISTENER) -> Someone:
    wren = arrive(name, role)
    await wren.greets()
    return wren


def is_available(someone: Someone) -> Any:
    return someone.does(Listen, availability=Availability.AVAILABLE)


async def test_nobody_is_available_before_it_and_a_break_needs_none(arrive: Arrive) -> None:
    for name, role in (("wren", Role.LISTENER), ("sue", Role.SUPERVISOR)):
        someone = await a_trainee(arrive, name, role)
        assert (await is_available(someone)).code == Code.TRAINING
        assert isinstance(await someone.does(Listen, availability=Availability.BREAK), Done)
        assert (await someone.does(Listening)).training.due is TrainingDue.FIRST


async def test_who_has_gone_through_all_of_it_is_told_once_and_may_be_available(
    arrive: Arrive, services: Services
) -> None:
    wren = await a_trainee(arrive)
    await goes_through(wren)
    await until(lambda: wren.heard(TrainingChanged))
    (changed,) = wren.heard(TrainingChanged)
    assert (changed.training.due, changed.training.to_watch) == (None, services.settings.watched_first)
    assert (await wren.does(Listening)).training == changed.training
    assert isinstance(await is_available(wren), Done)
    rows = await services.store.moderation.audit_rows([LISTENING])
    assert [(row.who, row.what, row.which) for row in rows] == [("wren", "trained", "1")]


async def test_what_is_done_stays_done_over_a_reload_and_in_another_language(arrive: Arrive) -> None:
    wren = await a_trainee(arrive)
    english, spanish = await wren.does(OpenCourse, lang="en"), await wren.does(OpenCourse, lang="es")
    assert isinstance(english, Course)
    assert english.lessons[0].title != spanish.lessons[0].title
    await answers(wren, english.lessons[0])
    assert (await wren.does(OpenCourse, lang="es")).done == (english.lessons[0].id,)


async def test_a_wrong_answer_explains_itself_and_changes_nothing(arrive: Arrive) -> None:
    wren = await a_trainee(arrive)
    lesson = (await wren.does(OpenCourse)).lessons[0]
    answered = [await wren.does(AnswerLesson, lesson=lesson.id, choice=place) for place in range(len(lesson.choices))]
    assert len({each.about for each in answered}) == len(answered)
    assert (await wren.does(AnswerLesson, lesson=lesson.id, choice=7)).code == Code.GONE
    assert (await wren.does(AnswerLesson, lesson="unknown", choice=0)).code == Code.GONE
    wrong = next(place for place, each in enumerate(answered) if not each.right)
    lark = await a_trainee(arrive, "lark")
    await lark.does(AnswerLesson, lesson=lesson.id, choice=wrong)
    assert (await lark.does(OpenCourse)).done == ()


async def test_a_practice_is_a_script_in_every_line_and_leaves_nothing_in_the_store(
    arrive: Arrive, services: Services
) -> None:
    wren = await a_trainee(arrive)
    before = await everything(services)
    practice = (await wren.does(OpenCourse)).practices[0].id
    turn = await wren.does(Practise, practice=practice)
    again = await wren.does(Practise, practice=practice, moves=(turn.moves[0].id,))
    assert {line.voice for line in (*turn.lines, *again.lines)} == {Voice.PRACTICE}
    assert await everything(services) == before
    assert wren.wire.heard[-1][0] == 0, "an answer, in no channel"
    assert (await wren.does(Practise, practice=practice, moves=("unknown",))).code == Code.GONE


async def test_nobody_else_can_reach_it(arrive: Arrive) -> None:
    for role in (Role.PEER, Role.MODERATOR, Role.PROFESSIONAL, Role.OPERATOR):
        someone = arrive(role.value, role)
        assert (await someone.does(OpenCourse)).code == Code.FORBIDDEN
        assert (await someone.does(AnswerLesson, lesson="listening", choice=0)).code == Code.FORBIDDEN
        assert (await someone.does(Practise, practice="heavy-week")).code == Code.FORBIDDEN
        assert (await someone.does(Listening)).training is None


async def test_what_was_learned_elsewhere_counts_by_the_operators_word(arrive: Arrive, services: Services) -> None:
    wren = await a_trainee(arrive)
    for name, role in (("wren", Role.LISTENER), ("mona", Role.MODERATOR)):
        account = Account(name.ljust(32, "0"), name, role, "kept elsewhere")
        await services.store.accounts.take_name(name_key(name), account)
        await services.store.accounts.open_account(name_key(name), account.person)
    assert await training.trained_elsewhere(services, " WREN ") == "wren"
    await until(lambda: wren.heard(TrainingChanged))
    assert isinstance(await is_available(wren), Done)
    assert await training.trained_elsewhere(services, "mona") is None
    assert await training.trained_elsewhere(services, "nobody") is None


async def test_in_the_first_ones_a_supervisor_is_asked_to_read_along_and_both_are_told(
    arrive: Arrive, services: Services
) -> None:
    await goes_through(await a_trainee(arrive))
    ana, wren, channel = await two_who_talk(arrive)
    for someone in (ana, wren):
        assert (await someone.does(Listening)).ones[0].watched
    assert (await listener_of(services, "wren")).to_watch == services.settings.watched_first - 1
    sue = await a_supervisor(arrive)
    assert [one.to_watch for one in (await sue.does(Overview)).ones] == [True]
    await sue.does(Watch, channel=channel)
    assert [one.to_watch for one in (await sue.does(Overview)).ones] == [False]


async def everything(services: Services) -> dict[bytes, bytes]:
    """What the store keeps but for the clocks of those who are here."""
    ask = services.store.link.ask
    return {key: await ask(("DUMP", key)) for key in await ask(("KEYS", "*")) if b"process" not in key}

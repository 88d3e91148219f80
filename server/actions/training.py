"""The training of who listens: given out in their language, its answers judged here, its practice a script walked here.

What a listener writes in a practice never comes to the server; what they did there is forgotten with the answer.
"""

from server.actions import listening
from server.actions.caller import Caller
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain import course as texts
from server.domain import training as rules
from server.domain.accounts import name_key
from server.domain.channels import LISTENING
from server.domain.course import TrainingFile
from server.domain.listening import Listener, Step, Terms, Waiting
from server.protocol.listening import LISTENERS
from server.protocol.training import AnswerLesson, Course, LessonAnswered, OpenCourse, PracticeTurn, Practise


async def open_course(services: Services, caller: Caller, command: OpenCourse) -> Course:
    course = _course(services, command.lang)
    listener = await listening.listener_of(services, caller.person.id)
    return Course(
        ref=command.ref,
        lessons=tuple(map(texts.as_lesson, course.lessons)),
        practices=tuple(map(texts.as_talk, course.practices)),
        done=rules.done(listener.trained, course) if listener is not None else (),
    )


async def answer_lesson(services: Services, caller: Caller, command: AnswerLesson) -> LessonAnswered:
    course = _course(services, command.lang)
    choice = texts.chosen(course, command.lesson, command.choice)
    if choice.right:
        await _did(services, caller, command.lesson, course)
    return LessonAnswered(ref=command.ref, right=choice.right, about=choice.about)


async def practise(services: Services, caller: Caller, command: Practise) -> PracticeTurn:
    course = _course(services, command.lang)
    turn = texts.turn(course, command.practice, command.moves)
    if turn.over:
        await _did(services, caller, command.practice, course)
    return PracticeTurn(
        ref=command.ref,
        lines=turn.lines,
        helps=turn.last is None or turn.last.to is not None,
        about=turn.last.about if turn.last is not None else "",
        moves=turn.moves,
        over=turn.over,
    )


async def trained_elsewhere(services: Services, name: str) -> str | None:
    """By the operator's word: their name as it is shown; nothing where nobody of that name may listen."""
    account = await services.store.accounts.account(name_key(name))
    if account is None or account.role not in LISTENERS:
        return None

    def rule(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step:
        listener = listener or Listener(person=account.person, name=account.name)
        return rules.passed(listener, services.content.training_version, now, terms)

    await listening.change_listener(services, account.person, rule)
    return account.name


async def _did(services: Services, caller: Caller, item: str, course: TrainingFile) -> None:
    person = caller.person

    def rule(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        listener = listener or Listener(person=person.id, name=person.name)
        return rules.did(listener, item, course, now, terms)

    step = await listening.change_listener(services, person.id, rule)
    if step is not None and step.told:
        await services.store.moderation.note(LISTENING, audit_row(services, caller, "trained", str(course.version), ""))


def _course(services: Services, lang: str) -> TrainingFile:
    wordings = services.content.wordings
    return wordings.get(lang, wordings[services.settings.language]).training

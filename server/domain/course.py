"""The training as its file has it, what is kept of who goes through it, and practice talks: scripts, walked by rule."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta, Struct

from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused
from server.protocol.training import Act, Item, Lesson, Move, Paragraph, PracticeLine, PracticeTalk, Title

END = "end"  # where a move leads that ends the talk

Said = Annotated[tuple[Paragraph, ...], Meta(max_length=4)]


class Trained(Struct, frozen=True, kw_only=True):
    """What is kept of a listener's training. `done`: of the course in this `version`, since it was last gone through.

    `passed`: when that was, and `passed_version` of which course.
    """

    version: int = 0
    done: tuple[str, ...] = ()
    passed: int = 0
    passed_version: int = 0


class ChoiceText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`about` is read once it was chosen."""

    text: Paragraph
    about: Paragraph
    right: bool = False


class LessonText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Item
    title: Title
    paragraphs: Annotated[tuple[Paragraph, ...], Meta(min_length=1, max_length=6)]
    question: Paragraph
    choices: Annotated[tuple[ChoiceText, ...], Meta(min_length=2, max_length=8)]


class MoveText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`about` says what it does to a talk; `says` is what the partner answers. Without `to` the step stays the same."""

    id: Item
    words: Paragraph
    about: Paragraph
    act: Act = Act.SAY
    says: Said = ()
    to: Item | None = None


class StepText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`says`: what the partner says when the talk comes here."""

    id: Item
    moves: Annotated[tuple[MoveText, ...], Meta(min_length=2, max_length=6)]
    says: Said = ()


class Script(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Begins with its first step."""

    id: Item
    title: Title
    about: Paragraph
    steps: Annotated[tuple[StepText, ...], Meta(min_length=1, max_length=20)]

    def fault(self) -> str | None:
        """Why it can't be walked: every step is named once, is come upon, and has a way to the end."""
        ids = [step.id for step in self.steps]
        leads = {step.id: {move.to for move in step.moves if move.to is not None} for step in self.steps}
        if (twice := _twice([*ids, END])) is not None:
            return f"{self.id} has two steps {twice}"
        for step in self.steps:
            if (twice := _twice(move.id for move in step.moves)) is not None:
                return f"{self.id} has two moves {twice} in step {step.id}"
            if lost := leads[step.id] - {*ids, END}:
                return f"{self.id} leads from {step.id} to {min(lost)}, which is no step"
            if END not in _reached(step.id, leads):
                return f"{self.id} has no way from {step.id} to its end"
        if missed := set(ids) - _reached(ids[0], leads):
            return f"{self.id} never comes to {min(missed)}"
        return None


class TrainingFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: Annotated[int, Meta(ge=1)]
    lessons: Annotated[tuple[LessonText, ...], Meta(min_length=1, max_length=20)]
    practices: Annotated[tuple[Script, ...], Meta(min_length=1, max_length=6)]

    @property
    def items(self) -> tuple[str, ...]:
        """All that is to be gone through."""
        return (*(lesson.id for lesson in self.lessons), *(script.id for script in self.practices))

    def fault(self) -> str | None:
        if (twice := _twice(self.items)) is not None:
            return f"two lessons or practices have the id {twice}"
        for lesson in self.lessons:
            if not any(choice.right for choice in lesson.choices):
                return f"no answer is right in lesson {lesson.id}"
        return next((fault for script in self.practices if (fault := script.fault()) is not None), None)

    def differs(self, other: "TrainingFile") -> bool:
        """Is this not the same training in other words? Half of it may be done in one language and half in another."""
        return _bones(self) != _bones(other)


class Turn(Struct, frozen=True, kw_only=True):
    """Where a practice stands. `last` is the move that led here; without moves it is `over`."""

    lines: tuple[PracticeLine, ...]
    last: MoveText | None
    moves: tuple[Move, ...]

    @property
    def over(self) -> bool:
        return not self.moves


def as_lesson(lesson: LessonText) -> Lesson:
    """Without what is right."""
    return Lesson(
        id=lesson.id,
        title=lesson.title,
        paragraphs=lesson.paragraphs,
        question=lesson.question,
        choices=tuple(choice.text for choice in lesson.choices),
    )


def as_talk(script: Script) -> PracticeTalk:
    return PracticeTalk(id=script.id, title=script.title, about=script.about)


def chosen(course: TrainingFile, lesson: str, choice: int) -> ChoiceText:
    found = next((each for each in course.lessons if each.id == lesson), None)
    if found is None or choice >= len(found.choices):
        raise Refused(Code.GONE)
    return found.choices[choice]


def turn(course: TrainingFile, practice: str, moves: Iterable[str]) -> Turn:
    """Walks the script by all moves so far; the same moves lead to the same place, whichever process is asked."""
    script = next((each for each in course.practices if each.id == practice), None)
    if script is None:
        raise Refused(Code.GONE)
    steps = {step.id: step for step in script.steps}
    step, last, said = script.steps[0], None, script.steps[0].says
    for name in moves:
        found = next((move for move in step.moves if move.id == name), None)
        if found is None or (last is not None and last.to == END):
            raise Refused(Code.GONE)
        last, said = found, found.says
        if found.to is not None and found.to != END:
            step = steps[found.to]
            said = (*said, *step.says)
    is_over = last is not None and last.to == END
    return Turn(lines=tuple(map(_line, said)), last=last, moves=() if is_over else tuple(map(_move, step.moves)))


def _line(text: str) -> PracticeLine:
    return PracticeLine(voice=Voice.PRACTICE, text=text)


def _move(move: MoveText) -> Move:
    return Move(id=move.id, act=move.act, words=move.words)


def _twice(ids: Iterable[str]) -> str | None:
    known: set[str] = set()
    return next((each for each in ids if each in known or known.add(each)), None)  # type: ignore[func-returns-value]


def _reached(start: str, leads: dict[str, set[str]]) -> set[str]:
    reached, found = {start}, [start]
    while found:
        new = leads.get(found.pop(), set()) - reached
        reached |= new
        found += new
    return reached


def _bones(course: TrainingFile) -> object:
    return (
        course.version,
        [(each.id, [choice.right for choice in each.choices]) for each in course.lessons],
        [
            (each.id, [(step.id, [(move.id, move.act, move.to) for move in step.moves]) for step in each.steps])
            for each in course.practices
        ],
    )

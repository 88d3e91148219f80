"""The training gate: what of the training is behind a listener, until when it holds, and who may be available."""

from msgspec import structs

from server.domain.course import Trained, TrainingFile
from server.domain.listening import Listener, Step, Terms, key, told
from server.protocol.codec import UNSTAMPED
from server.protocol.refusals import Code, Refused
from server.protocol.training import Training, TrainingChanged, TrainingDue


def standing(listener: Listener, version: int, now: int, terms: Terms) -> Training:
    trained = listener.trained
    return Training(due=_due(trained, version, now, terms), until=_until(trained, terms), to_watch=listener.to_watch)


def check(listener: Listener, version: int, now: int, terms: Terms) -> None:
    """Nobody is available before it, or once its time is over; what goes on already is not touched."""
    if _due(listener.trained, version, now, terms) is not None:
        raise Refused(Code.TRAINING)


def done(trained: Trained, course: TrainingFile) -> tuple[str, ...]:
    """What is behind them of this course, in its order."""
    return tuple(each for each in course.items if trained.version == course.version and each in trained.done)


def did(listener: Listener, item: str, course: TrainingFile, now: int, terms: Terms) -> Step | None:
    """One lesson or practice more; with the last one they are through. Done again before that, nothing changes."""
    before = done(listener.trained, course)
    if {*before, item} >= {*course.items}:
        return passed(listener, course.version, now, terms)
    if item in before:
        return None
    trained = structs.replace(listener.trained, version=course.version, done=(*before, item))
    listener = structs.replace(listener, trained=trained)
    return Step({key(listener): listener})


def passed(listener: Listener, version: int, now: int, terms: Terms) -> Step:
    """They are through, here or elsewhere. Renewed in time, nobody is asked to read along anew."""
    is_renewed = _holds(listener.trained, now, terms)
    listener = structs.replace(
        listener,
        trained=Trained(passed=now, passed_version=version),
        to_watch=listener.to_watch if is_renewed else terms.watched,
    )
    changed = TrainingChanged(training=standing(listener, version, now, terms), at=UNSTAMPED)
    return Step({key(listener): listener}, (told(listener.person, changed),))


def _due(trained: Trained, version: int, now: int, terms: Terms) -> TrainingDue | None:
    if not terms.gate:
        return None
    if not trained.passed:
        return TrainingDue.FIRST
    is_same = trained.passed_version == version
    return None if is_same and _holds(trained, now, terms) else TrainingDue.AGAIN


def _until(trained: Trained, terms: Terms) -> int:
    return trained.passed + terms.training if trained.passed else 0


def _holds(trained: Trained, now: int, terms: Terms) -> bool:
    return now < _until(trained, terms)

"""The gate: opened by the whole training, closed by time or by another version, and the first ones are watched."""

import pytest
from msgspec import structs

from server.domain import queue, training
from server.domain.course import Trained
from server.domain.errands import Tell
from server.domain.listening import Listener, Talk, Terms
from server.protocol.refusals import Code, Refused
from server.protocol.training import TrainingDue
from tests.domain.listening_people import MINUTE, NOON, TERMS, who_listens, who_waits
from tests.domain.test_course import COURSE

VERSION = COURSE.version
YEAR = TERMS.training


def does(listener: Listener, *items: str, now: int = NOON) -> Listener:
    for item in items:
        step = training.did(listener, item, COURSE, now, TERMS)
        if step is not None:
            changed = step.records["listener:wren"]
            assert isinstance(changed, Listener)
            listener = changed
    return listener


def due(listener: Listener, now: int = NOON, version: int = VERSION, terms: Terms = TERMS) -> TrainingDue | None:
    return training.standing(listener, version, now, terms).due


def test_it_opens_with_the_last_part_that_was_missing() -> None:
    wren = does(who_listens(), "silence")
    assert (due(wren), training.done(wren.trained, COURSE)) == (TrainingDue.FIRST, ("silence",))
    with pytest.raises(Refused) as no:
        training.check(wren, VERSION, NOON, TERMS)
    assert no.value.code is Code.TRAINING
    wren = does(wren, "evening")
    training.check(wren, VERSION, NOON, TERMS)
    assert training.standing(wren, VERSION, NOON, TERMS).until == NOON + YEAR
    assert training.done(wren.trained, COURSE) == (), "and can be gone through anew"


def test_it_is_told_when_all_is_done_and_not_before() -> None:
    half = training.did(who_listens(), "silence", COURSE, NOON, TERMS)
    assert half is not None
    assert half.told == ()
    step = training.did(does(who_listens(), "silence"), "evening", COURSE, NOON, TERMS)
    assert step is not None
    (told,) = step.told
    assert isinstance(told, Tell)
    assert (told.channel, b"training_changed" in told.event) == ("inbox:wren", True)


def test_the_same_part_twice_is_once() -> None:
    wren = does(who_listens(), "silence")
    assert training.did(wren, "silence", COURSE, NOON, TERMS) is None


def test_a_part_that_was_taken_out_of_the_file_holds_nobody_up() -> None:
    wren = does(who_listens(), "silence")
    shorter = structs.replace(COURSE, practices=())
    step = training.did(wren, "silence", shorter, NOON, TERMS)
    assert step is not None
    assert step.told, "they are through"


def test_its_time_is_over_to_the_millisecond() -> None:
    wren = does(who_listens(), "silence", "evening")
    assert due(wren, NOON + YEAR - 1) is None
    assert due(wren, NOON + YEAR) is TrainingDue.AGAIN


def test_another_version_is_gone_through_again_from_its_beginning() -> None:
    half, whole = does(who_listens(), "silence"), does(who_listens(), "silence", "evening")
    newer = structs.replace(COURSE, version=VERSION + 1)
    assert due(whole, version=newer.version) is TrainingDue.AGAIN
    assert training.done(half.trained, newer) == ()
    step = training.did(half, "evening", newer, NOON, TERMS)
    assert step is not None
    assert step.told == (), "what was done of the older one does not count"


def test_without_a_gate_nobody_is_held_up() -> None:
    assert due(who_listens(), terms=structs.replace(TERMS, gate=False)) is None


def test_a_supervisor_is_asked_to_read_along_in_the_first_ones_and_not_anew_when_renewed_in_time() -> None:
    wren = does(who_listens(), "silence", "evening")
    assert wren.to_watch == TERMS.watched
    renewed = does(structs.replace(wren, to_watch=0), "silence", "evening", now=NOON + YEAR - 1)
    assert (renewed.to_watch, renewed.trained.passed) == (0, NOON + YEAR - 1)
    lapsed = does(structs.replace(wren, to_watch=0), "silence", "evening", now=NOON + YEAR)
    assert lapsed.to_watch == TERMS.watched


def test_each_one_to_one_that_begins_is_one_fewer_to_watch() -> None:
    wren = who_listens(trained=Trained(passed=NOON, passed_version=VERSION), to_watch=1)
    for at, watched in ((NOON, True), (NOON + MINUTE, False)):
        waiting = who_waits(offer="abc", to="wren", until=at + MINUTE)
        step = queue.accepted(waiting, structs.replace(wren, offer="abc", ones=()), "abc", at, TERMS)
        talk, listener = step.records["one:abc"], step.records["listener:wren"]
        assert isinstance(talk, Talk)
        assert isinstance(listener, Listener)
        assert talk.watched is watched
        wren = listener

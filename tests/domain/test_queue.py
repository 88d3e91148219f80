"""From asking to a one-to-one: each step changes what it must and nothing else."""

import pytest

from server.domain.errands import OpenOne
from server.domain.listening import Listener, Talk, Waiting
from server.domain.queue import accepted, drafted, lapsed, left, looked_at, offered, queued, skipped
from server.protocol.fields import Urgency
from server.protocol.listening import Availability, QueueEnd, Wish
from server.protocol.refusals import Code, Refused
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS, after, who_listens, who_waits


def an_offer(draft: str = "") -> tuple[Waiting, Listener]:
    records = after({}, offered(who_waits(draft=draft), who_listens(), "abc", NOON, TERMS))
    waiting, listener = records["waiting:ana"], records["listener:wren"]
    assert isinstance(waiting, Waiting)
    assert isinstance(listener, Listener)
    return waiting, listener


def test_who_asks_again_keeps_the_place_and_the_graver_urgency() -> None:
    before = who_waits(urgency=Urgency.SERIOUS)
    step = queued(before, who_waits(since=NOON + 1, wish=Wish(topic="work"), draft="hi"), NOON + 1)
    kept = step.records["waiting:ana"]
    assert isinstance(kept, Waiting)
    assert (kept.since, kept.urgency, kept.wish.topic, kept.draft) == (NOON, Urgency.SERIOUS, "work", "hi")


def test_nobody_waits_while_they_have_a_listener() -> None:
    with pytest.raises(Refused) as no:
        queued(who_waits(one="one:a"), who_waits(), NOON)
    assert no.value.code is Code.CONFLICT


def test_who_fell_silent_comes_back_to_the_head_within_a_day() -> None:
    silent = who_waits(again=NOON + HOUR)
    for now, first in ((NOON, True), (NOON + HOUR, False)):
        back = queued(silent, who_waits(since=now), now).records["waiting:ana"]
        assert isinstance(back, Waiting)
        assert (back.first, back.waits) == (first, True)


def test_what_is_offered_is_accepted_once_in_time_and_by_who_was_asked() -> None:
    waiting, listener = an_offer(draft="hello")
    step = accepted(waiting, listener, "abc", NOON + 44_000, TERMS)
    talk, taken = step.records["one:abc"], step.records["waiting:ana"]
    assert isinstance(talk, Talk)
    assert isinstance(taken, Waiting)
    assert (talk.person, talk.listener, taken.one, taken.offer) == ("ana", "wren", "one:abc", "")
    opening = next(errand for errand in step.told if isinstance(errand, OpenOne))
    assert b"hello" in opening.draft
    for person, who, offer, now in (
        (waiting, listener, "abc", NOON + 45_000),
        (waiting, who_listens("lark", offer="abc"), "abc", NOON),
        (taken, listener, "abc", NOON),
        (waiting, listener, "other", NOON),
        (None, listener, "abc", NOON),
    ):
        with pytest.raises(Refused) as no:
            accepted(person, who, offer, now, TERMS)
        assert no.value.code is Code.CONFLICT


def test_two_skips_in_an_hour_and_never_the_same_person_again() -> None:
    waiting, listener = an_offer()
    for turn in range(2):
        records = after({}, skipped(waiting, listener, "abc", NOON + turn, TERMS))
        passed, listener = records["waiting:ana"], records["listener:wren"]  # type: ignore[assignment]
        assert isinstance(passed, Waiting)
        assert (passed.passed, passed.offer, listener.offer) == (("wren",), "", "")
        waiting, listener = an_offer()[0], who_listens(offer="abc", offered="ana", skips=listener.skips)
    with pytest.raises(Refused) as no:
        skipped(waiting, listener, "abc", NOON + MINUTE, TERMS)
    assert (no.value.code, no.value.retry_ms) == (Code.RATE, HOUR - MINUTE)
    skipped(waiting, listener, "abc", NOON + HOUR + 1, TERMS)


def test_an_offer_that_nobody_answers_goes_on_and_the_listener_has_a_break() -> None:
    waiting, listener = an_offer()
    assert looked_at(waiting, listener, {"ana": NOON}, NOON + 44_000, TERMS) is None
    records = after({}, looked_at(waiting, listener, {"ana": NOON + 40_000}, NOON + 45_000, TERMS))
    resting, back = records["listener:wren"], records["waiting:ana"]
    assert isinstance(resting, Listener)
    assert isinstance(back, Waiting)
    assert (resting.availability, resting.offer, back.offer, back.since) == (Availability.BREAK, "", "", NOON)
    assert lapsed(waiting, None, NOON, TERMS).records.keys() == {"waiting:ana"}


def test_who_leaves_takes_the_offer_with_them() -> None:
    waiting, listener = an_offer()
    records = left(waiting, listener, QueueEnd.LEFT, NOON, TERMS).records
    assert records["waiting:ana"] is None
    free = records["listener:wren"]
    assert isinstance(free, Listener)
    assert free.offer == ""
    with pytest.raises(Refused):
        left(None, None, QueueEnd.LEFT, NOON, TERMS)


def test_a_place_is_kept_for_five_minutes_without_a_connection() -> None:
    waiting = who_waits(told=10)
    assert looked_at(waiting, None, {"ana": NOON}, NOON + 5 * MINUTE - 1, TERMS) is None
    step = looked_at(waiting, None, {"ana": NOON}, NOON + 5 * MINUTE, TERMS)
    assert step is not None
    assert step.records == {"waiting:ana": None}


def test_other_ways_are_offered_at_two_five_and_ten_minutes_once_each() -> None:
    waiting, told = who_waits(), []
    for minute in range(15):
        now = NOON + minute * MINUTE
        step = looked_at(waiting, None, {"ana": now}, now, TERMS)
        if step is not None:
            told.append(minute)
            waiting = step.records["waiting:ana"]  # type: ignore[assignment]
    assert told == [2, 5, 10]


def test_a_draft_raises_the_urgency_and_never_lowers_it() -> None:
    for before, now, then in ((None, Urgency.SERIOUS, Urgency.SERIOUS), (Urgency.IMMINENT, None, Urgency.IMMINENT)):
        changed = drafted(who_waits(urgency=before), "words", now).records["waiting:ana"]
        assert isinstance(changed, Waiting)
        assert (changed.draft, changed.urgency) == ("words", then)
    with pytest.raises(Refused):
        drafted(who_waits(one="one:a"), "words", None)

"""A one-to-one under the clock: nobody is left with a listener who is not there, whatever happens in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack, structs

from server.domain.errands import CloseOne, Tell
from server.domain.listening import Listener, Record, Talk, Waiting, state
from server.domain.one_to_one import ended, extended, flagged, heard_of, looked_at, owed, slowed
from server.protocol.fields import Urgency
from server.protocol.listening import Availability, ListenerState, TalkEnd, Wish
from server.protocol.refusals import Code, Refused
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS, after, who_listens, who_waits

ONE = "one:abc"
LOOK = 2_000
# As the settings have it: with beats, looks and a process that dies, no limbo is longer than five minutes.
TIGHT = structs.replace(TERMS, silent=285_000)


def a_talk(**more: object) -> dict[str, Record]:
    talk = Talk(
        channel=ONE,
        person="ana",
        listener="wren",
        handle="quiet-heron-12",
        name="Wren",
        wish=Wish(),
        since=NOON,
        ends=NOON + 45 * MINUTE,
    )
    return {
        ONE: structs.replace(talk, **more),
        "waiting:ana": who_waits(one=ONE),
        "listener:wren": who_listens(ones=(ONE,)),
    }


def three(records: dict[str, Record]) -> tuple[Talk, Waiting | None, Listener]:
    talk, waiting, listener = records[ONE], records.get("waiting:ana"), records["listener:wren"]
    assert isinstance(talk, Talk)
    assert waiting is None or isinstance(waiting, Waiting)
    assert isinstance(listener, Listener)
    return talk, waiting, listener


def looked(
    records: dict[str, Record],
    now: int,
    said: list[tuple[str, int]],
    seen: int | None = None,
    terms: object = TERMS,
    cared_for: bool = False,
) -> tuple[dict[str, Record], list[dict[str, object]]]:
    talk, waiting, listener = three(records)
    heard = heard_of(talk, said, now if seen is None else seen, cared_for)
    step = looked_at(talk, waiting, listener, heard, now, terms)  # type: ignore[arg-type]
    told = [msgpack.decode(each.event) for each in step.told if isinstance(each, Tell)] if step else []
    return after(records, step), told


def over(records: dict[str, Record]) -> bool:
    return bool(three(records)[0].over)


EVENTS = st.lists(
    st.tuples(
        st.integers(1, 400),
        st.sampled_from(["peer says", "listener says", "listener gone", "listener back", "flagged", "slowly", "down"]),
    ),
    max_size=40,
)


@given(EVENTS)
def test_no_path_leaves_a_person_in_limbo_for_longer_than_five_minutes(events: list[tuple[int, str]]) -> None:
    """Limbo: their page shows a listener who is not connected, or who owes them a word. `down`: processes die, and
    nothing is looked at until another takes over."""
    said: list[tuple[str, int]] = []
    records, now, connected, seen = a_talk(), NOON, True, NOON
    down_until, limbo_since = 0, NOON
    for seconds, what in events:
        for _ in range(seconds):
            now += 1_000
            if connected:
                seen = now
            talk, waiting, _ = three(records)
            owes, _ = owed(talk, said)
            in_limbo = not connected or owes == "wren"
            limbo_since = limbo_since if in_limbo else now
            if now % LOOK == 0 and now >= down_until:
                records, _ = looked(records, now, said, seen, TIGHT)
            if over(records):
                assert now - limbo_since <= 5 * MINUTE or not in_limbo
                _, waiting, listener = three(records)
                if in_limbo and now - limbo_since > TIGHT.beat + LOOK:  # as soon as it can be known
                    assert isinstance(waiting, Waiting)
                    assert waiting.first, "at the head of the queue"
                assert listener.ones == ()
                return
            assert now - limbo_since <= 5 * MINUTE
        match what:
            case "peer says":
                said.append(("ana", now))
            case "listener says" if connected:
                said.append(("wren", now))
            case "listener gone":
                connected = False
            case "listener back":
                connected = True
            case "flagged":
                records = after(records, flagged(three(records)[0]))
            case "slowly":
                records = after(records, slowed(three(records)[0], "ana"))
            case "down":
                down_until = now + 4_000


@given(EVENTS)
def test_nobody_for_whom_someone_is_worried_is_let_go_by_a_clock(events: list[tuple[int, str]]) -> None:
    records, said, now = a_talk(flagged=True), [("wren", NOON)], NOON
    for seconds, what in events:
        now += seconds * 1_000
        if what == "peer says":
            said += [("ana", now), ("wren", now + 1)]
        records, _ = looked(records, now, said)
        assert not over(records)


def test_a_listener_who_is_gone_gives_the_person_back_to_the_head() -> None:
    records, told = looked(a_talk(), NOON + 50_000, [], seen=NOON)
    talk, waiting, listener = three(records)
    assert waiting is not None
    assert (talk.over, waiting.first, waiting.one, waiting.since) == (NOON + 50_000, True, "", NOON)
    assert (listener.availability, listener.ones) == (Availability.BREAK, ())
    ends = [event for event in told if event["type"] == "one_ended"]
    assert [(event["why"], event["waits"]) for event in ends] == [("listener_gone", True), ("listener_gone", False)]


def test_a_silent_listener_is_nudged_once_and_then_let_go() -> None:
    records, nudges, said = a_talk(), [], [("ana", NOON)]
    for minute in range(1, 6):
        records, told = looked(records, NOON + minute * MINUTE, said)
        nudges += [(minute, event["listener"]) for event in told if event["type"] == "one_nudged"]
    assert nudges == [(3, True)]
    assert over(records)


def test_a_listener_who_answers_starts_anew() -> None:
    records, _ = looked(a_talk(), NOON + 3 * MINUTE, [("ana", NOON)])
    said = [("ana", NOON), ("wren", NOON + 3 * MINUTE), ("ana", NOON + 4 * MINUTE)]
    records, told = looked(records, NOON + 6 * MINUTE, said)
    assert not over(records)
    records, told = looked(records, NOON + 7 * MINUTE, said)
    assert [event["type"] for event in told] == ["one_nudged"], "nudged anew, for a silence of its own"


def test_a_word_that_was_said_to_nobody_is_owed_since_nobody_was_there() -> None:
    """A listener who comes back does not have all their time anew; once they have said something, they do."""
    gone, back, said = NOON + 10_000, NOON + 50_000, [("wren", NOON + 5_000), ("ana", NOON + 49_000)]
    records, _ = looked(a_talk(), NOON + 20_000, said[:1], seen=gone, terms=TIGHT)
    for seconds in range(20, 286, 2):
        now = gone + seconds * 1_000
        records, _ = looked(records, now, said, seen=gone if now < back else now, terms=TIGHT)
        assert over(records) == (seconds >= 285)
    records, _ = looked(a_talk(), NOON + 20_000, said[:1], seen=gone, terms=TIGHT)
    said += [("wren", NOON + 52_000), ("ana", NOON + 53_000)]
    records, _ = looked(records, gone + 300_000, said, terms=TIGHT)
    assert not over(records)


@pytest.mark.parametrize("times", [1, 2])
def test_a_silent_peer_is_asked_twice_and_gently_let_go_twice_as_slowly_where_they_type_slowly(times: int) -> None:
    records, seen, said = a_talk(slowly=times == 2), [], [("wren", NOON)]
    for minute in range(1, 21):
        records, told = looked(records, NOON + minute * MINUTE, said)
        seen += [(minute, event["type"]) for event in told if event["type"] in ("one_nudged", "one_ended")][:1]
        if over(records):
            break
    assert seen == [(5 * times, "one_nudged"), (8 * times, "one_nudged"), (10 * times, "one_ended")]
    _, waiting, listener = three(records)
    assert waiting is not None
    assert waiting.again == NOON + 10 * times * MINUTE + 24 * HOUR
    assert listener.availability is Availability.AVAILABLE, "it does not count against the listener"


def test_nobody_is_let_go_for_their_silence_while_their_listener_is_away() -> None:
    away, said = NOON + 570_000, [("wren", NOON)]
    records, _ = looked(a_talk(), NOON + 10 * MINUTE, said, seen=away)
    assert not over(records)
    gone, _ = looked(records, away + 50_000, said, seen=away)
    waiting = three(gone)[1]
    assert waiting is not None
    assert (waiting.waits, waiting.first) == (True, True)
    back, _ = looked(records, away + 40_000, said)
    assert over(back)


def test_an_open_care_ticket_is_noticed_and_kept_to() -> None:
    records, _ = looked(a_talk(), NOON + MINUTE, [("wren", NOON)], cared_for=True)
    assert three(records)[0].flagged
    records, _ = looked(records, NOON + 11 * MINUTE, [("wren", NOON)])
    assert not over(records)


def test_the_agreed_time_is_told_at_ten_five_and_the_end_and_cuts_nothing_off() -> None:
    records, minutes = a_talk(), []
    for minute in range(60):
        now = NOON + minute * MINUTE
        records, told = looked(records, now, [("ana", now - 2), ("wren", now - 1)])
        minutes += [(minute, event["minutes"]) for event in told if event["type"] == "one_time"]
    assert minutes == [(35, 10), (40, 5), (45, 0)]
    assert not over(records)


def test_it_is_extended_when_both_agree_and_then_told_anew() -> None:
    records = a_talk()
    records = after(records, extended(three(records)[0], "ana", TERMS))
    assert three(records)[0].ends == NOON + 45 * MINUTE
    records = after(records, extended(three(records)[0], "wren", TERMS))
    talk = three(records)[0]
    assert (talk.ends, talk.agreed) == (NOON + 60 * MINUTE, ())
    with pytest.raises(Refused):
        extended(talk, "ben", TERMS)


def test_while_someone_is_worried_there_simply_is_more_time() -> None:
    records, told = looked(a_talk(flagged=True), NOON + 35 * MINUTE, [("ana", NOON), ("wren", NOON + 34 * MINUTE)])
    assert three(records)[0].ends == NOON + 60 * MINUTE
    assert [event["type"] for event in told] == ["one_extended"]


@pytest.mark.parametrize(("more", "minutes"), [({}, 2), ({"flagged": True}, 10)])
def test_after_goodbye_there_is_time_to_breathe_and_no_offer(more: dict[str, object], minutes: int) -> None:
    talk, waiting, listener = three(a_talk(**more))
    step = ended(talk, waiting, listener, TalkEnd.GOODBYE, NOON, TERMS)
    assert step.records["waiting:ana"] is None
    rested = step.records["listener:wren"]
    assert isinstance(rested, Listener)
    assert state(rested, NOON + minutes * MINUTE - 1, TERMS) is ListenerState.WRAP_UP
    assert state(rested, NOON + minutes * MINUTE, TERMS) is ListenerState.AVAILABLE
    assert any(isinstance(errand, CloseOne) for errand in step.told)
    with pytest.raises(Refused) as no:
        ended(structs.replace(talk, over=NOON), waiting, listener, TalkEnd.GOODBYE, NOON, TERMS)
    assert no.value.code is Code.GONE


def test_two_of_whom_one_was_stopped_never_meet_again() -> None:
    talk, waiting, listener = three(a_talk())
    step = ended(talk, waiting, listener, TalkEnd.STOPPED, NOON, TERMS)
    assert step.apart == "ana\twren"
    rested = step.records["listener:wren"]
    assert isinstance(rested, Listener)
    assert (rested.availability, rested.wrap_until) == (Availability.BREAK, NOON + 10 * MINUTE)


def test_what_is_over_is_forgotten_after_a_day() -> None:
    records = a_talk(over=NOON)
    assert ONE in looked(records, NOON + 24 * HOUR - 1, [])[0]
    assert ONE not in looked(records, NOON + 24 * HOUR, [])[0]


def test_a_person_in_another_one_to_one_by_now_is_left_alone() -> None:
    talk, _, listener = three(a_talk())
    elsewhere = who_waits(one="one:other", urgency=Urgency.SERIOUS)
    assert "waiting:ana" not in ended(talk, elsewhere, listener, TalkEnd.LISTENER_GONE, NOON, TERMS).records

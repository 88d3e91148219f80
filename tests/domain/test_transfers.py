"""A warm transfer under the clock: the peer's word first, and at every moment exactly one who holds the one-to-one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack, structs

from server.domain import one_to_one, receivers, transfers
from server.domain.errands import OpenOne, Tell
from server.domain.listening import Listener, Record, Step, Talk, Waiting
from server.protocol.listening import Availability, TalkEnd
from server.protocol.refusals import Code, Refused
from server.protocol.transfers import Consent, TransferStep, TransferTo
from tests.domain.listening_people import MINUTE, NOON, TERMS, after, who_listens
from tests.domain.test_one_to_one import ONE, a_talk, three

Records = dict[str, Record]


def start(**lark: object) -> Records:
    return {**a_talk(), "listener:lark": who_listens("lark", **lark)}


def four(records: Records) -> tuple[Talk, Waiting | None, Listener, Listener]:
    lark = records["listener:lark"]
    assert isinstance(lark, Listener)
    return *three(records), lark


def run(records: Records, step: Step | None, now: int = NOON) -> tuple[Records, list[tuple[str, str]]]:
    """The step and what it frees, as the store would have it; and who is told what."""
    if step is None:
        return records, []
    step = receivers.let_go(four(records)[0], step, four(records)[3], now, TERMS)
    told = [(e.channel, msgpack.decode(e.event)["type"]) for e in step.told if isinstance(e, Tell)]
    return after(records, step), told


def proposed(records: Records, now: int = NOON, kind: TransferTo = TransferTo.LISTENER) -> Records:
    return run(records, transfers.proposed(four(records)[0], "wren", kind, "likes to be asked", "t1", now, TERMS), now)[
        0
    ]


def says(records: Records, word: Consent, now: int = NOON) -> tuple[Records, list[tuple[str, str]]]:
    talk, waiting, _, lark = four(records)
    return run(records, transfers.answered(talk, "ana", word, waiting, lark, now, TERMS), now)


def offered(records: Records, now: int = NOON) -> Records:
    talk, waiting, _, lark = four(records)
    return run(records, receivers.offered(talk, waiting, lark, now, TERMS), now)[0]


def both(now: int = NOON) -> Records:
    records = offered(says(proposed(start()), Consent.YES)[0])
    talk, _, _, lark = four(records)
    return run(records, receivers.accepted(talk, lark, now, TERMS), now)[0]


def test_the_peer_is_asked_before_anyone_else_hears_of_it() -> None:
    records = start()
    step = transfers.proposed(four(records)[0], "wren", TransferTo.LISTENER, "", "t1", NOON, TERMS)
    _, told = run(records, step)
    assert told == [("inbox:ana", "transfer_asked"), ("inbox:wren", "transfer_changed")]
    assert offered(proposed(records))["listener:lark"] == records["listener:lark"]


def test_a_no_changes_nothing() -> None:
    records, told = says(proposed(start()), Consent.NO)
    assert told == [("inbox:wren", "transfer_ended")]
    assert records == start()


def test_nobody_accepts_in_time_and_the_first_keeps_it() -> None:
    records = offered(says(proposed(start()), Consent.YES)[0])
    talk, _, listener, lark = four(records)
    assert transfers.looked_at(talk, listener, lark, {}, NOON + MINUTE - 1, TERMS) is None
    records, told = run(records, transfers.looked_at(talk, listener, lark, {}, NOON + MINUTE, TERMS), NOON + MINUTE)
    assert four(records)[0] == three(a_talk())[0]
    assert four(records)[3].offer == ""
    assert {who for who, what in told if what == "transfer_ended"} == {"inbox:wren", "inbox:ana", "inbox:lark"}
    with pytest.raises(Refused) as no:
        receivers.accepted(four(records)[0], lark, NOON + MINUTE, TERMS)
    assert no.value.code is Code.CONFLICT


def test_it_is_handed_on_under_the_same_channel_with_a_higher_fence() -> None:
    records = both()
    talk, _, listener, lark = four(records)
    step = transfers.finished(talk, "wren", listener, lark, NOON + MINUTE, TERMS)
    seats = [errand for errand in step.told if isinstance(errand, OpenOne)]
    assert [(seat.listener, seat.fence) for seat in seats] == [("lark", 2)]
    records, told = run(records, step, NOON + MINUTE)
    talk, waiting, listener, lark = four(records)
    assert waiting is not None
    assert (talk.channel, talk.since, talk.listener, talk.name, talk.handing) == (ONE, NOON, "lark", "Lark", None)
    assert (waiting.one, listener.ones, lark.ones) == (ONE, (), (ONE,))
    assert listener.wrap_until == NOON + 3 * MINUTE, "time to breathe for who has left"
    assert ("inbox:wren", "handed_on") in told
    assert (ONE, "one_handed") in told


def test_who_receives_one_of_their_first_is_read_along_from_the_hand_over_on() -> None:
    records = start(to_watch=1)
    records = offered(says(proposed(records), Consent.YES)[0])
    talk, _, _, lark = four(records)
    step = receivers.accepted(talk, lark, NOON, TERMS)
    assert step is not None
    began = next(e for e in step.told if isinstance(e, Tell) and e.channel == "inbox:lark")
    assert msgpack.decode(began.event)["one"]["watched"]
    records = after(records, step)
    assert not three(records)[0].watched, "the first listener's own were read along long ago"
    talk, _, wren, lark = four(records)
    records, _ = run(records, transfers.finished(talk, "wren", wren, lark, NOON, TERMS))
    assert (four(records)[0].watched, four(records)[3].to_watch) == (True, 0)


def test_after_two_minutes_it_is_handed_on_by_itself_and_only_to_who_is_there() -> None:
    records, later = both(), NOON + 2 * MINUTE
    talk, _, listener, lark = four(records)
    assert transfers.looked_at(talk, listener, lark, {"wren": NOON, "lark": NOON}, NOON + 40_000, TERMS) is None
    here = transfers.looked_at(talk, listener, lark, {"wren": later, "lark": later}, later, TERMS)
    assert four(run(records, here, later)[0])[0].listener == "lark"
    gone = transfers.looked_at(talk, listener, lark, {"wren": later, "lark": NOON}, later, TERMS)
    kept, _ = run(records, gone, later)
    assert four(kept)[0].listener == "wren"
    assert four(kept)[3].ones == ()


def test_a_first_listener_who_vanishes_leaves_nobody_alone() -> None:
    records, now = both(), NOON + 50_000
    talk, _, listener, lark = four(records)
    step = transfers.looked_at(talk, listener, lark, {"wren": NOON, "lark": now}, now, TERMS)
    assert four(run(records, step, now)[0])[0].listener == "lark"


def test_a_supervisor_takes_over_only_once_the_peer_has_said_yes() -> None:
    records = start(availability=Availability.OFF)
    talk, _, _, lark = four(records)
    records, told = run(records, transfers.offered_by(talk, lark, "t1", NOON, TERMS))
    assert ("inbox:ana", "transfer_asked") in told
    assert four(records)[0].listener == "wren"
    agreed, _ = says(records, Consent.YES)
    assert four(agreed)[0].handing is not None
    assert four(agreed)[3].ones == (ONE,)
    refused, told = says(records, Consent.NO)
    assert four(refused)[0].handing is None
    assert ("inbox:lark", "transfer_ended") in told


DEEDS = (
    *("proposes", "yes", "no", "offered", "accepts", "declines", "finishes", "withdraws", "takes over"),
    *("goodbye", "wren gone", "lark gone", "wren back", "lark back"),
)


@given(st.lists(st.tuples(st.integers(1, 70), st.sampled_from(DEEDS)), max_size=50))
def test_whatever_happens_one_holds_it_and_whoever_is_free_is_free(deeds: list[tuple[int, str]]) -> None:
    records, now = start(), NOON
    gone: set[str] = set()
    seen = {"wren": NOON, "lark": NOON}
    fence = 1
    for seconds, what in deeds:
        now += seconds * 1_000
        seen |= {who: now for who in ("wren", "lark") if who not in gone}
        talk, waiting, listener, lark = four(records)
        listener_now = records[f"listener:{talk.listener}"]
        assert isinstance(listener_now, Listener)
        other = lark if talk.listener == "wren" else listener
        step: Step | None = None
        try:
            match what:
                case "proposes":
                    step = transfers.proposed(talk, talk.listener, TransferTo.LISTENER, "", f"t{now}", now, TERMS)
                case "takes over":
                    step = transfers.offered_by(talk, other, f"t{now}", now, TERMS)
                case "yes" | "no":
                    step = transfers.answered(talk, "ana", Consent(what), waiting, other, now, TERMS)
                case "offered":
                    step = receivers.offered(talk, waiting, other, now, TERMS)
                case "accepts":
                    step = receivers.accepted(talk, other, now, TERMS)
                case "declines":
                    step = receivers.declined(talk, other)
                case "finishes":
                    step = transfers.finished(talk, talk.listener, listener_now, other, now, TERMS)
                case "withdraws":
                    step = transfers.withdrawn(talk, talk.listener)
                case "goodbye":
                    step = one_to_one.ended(talk, waiting, listener_now, TalkEnd.GOODBYE, now, TERMS)
                case _:
                    who, _, state = what.partition(" ")
                    (gone.add if state == "gone" else gone.discard)(who)
        except Refused:
            continue
        for each in (step, None):
            if each is None:
                talk = four(records)[0]
                listener_now = records[f"listener:{talk.listener}"]
                assert isinstance(listener_now, Listener)
                other = four(records)[3] if talk.listener == "wren" else four(records)[2]
                each = transfers.looked_at(talk, listener_now, other, seen, now, TERMS)
            if each is not None:
                before = four(records)[0]
                receiver = four(records)[3] if before.listener == "wren" else four(records)[2]
                records = after(records, receivers.let_go(before, each, receiver, now, TERMS))
        talk = four(records)[0]
        holders = [each for each in four(records)[2:] if ONE in each.ones]
        assert talk.fence >= fence
        fence = talk.fence
        if talk.over:
            assert holders == []
            assert all(not each.offer for each in four(records)[2:])
            return
        is_both = talk.handing is not None and talk.handing.step is TransferStep.BOTH
        assert len(holders) == 1 + is_both
        assert talk.listener in [each.person for each in holders]
        if talk.handing is None:
            assert all(not each.offer for each in four(records)[2:])
        else:
            assert now < talk.handing.until
            assert structs.replace(talk, handing=None).listener == talk.listener

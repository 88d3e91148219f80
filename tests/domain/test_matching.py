"""The order of the queue and who may meet whom: for every queue there can be."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack, structs

from server.domain import ages
from server.domain.ages import Band
from server.domain.errands import Tell
from server.domain.listening import DAY_MS, Listener, Record, Waiting, pair, state, with_one
from server.domain.matching import behind, in_turn, in_vain, is_free, may_meet, pairs, place, turn, untaken
from server.domain.queue import untaken as told_untaken
from server.protocol.fields import Urgency
from server.protocol.listening import Availability, ListenerState, Wish
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS, who_listens, who_waits

BANDS = st.sampled_from(Band)
TOPICS = st.sampled_from([None, "grief", "work", "eating"])
MOMENTS = st.integers(NOON - 4 * HOUR, NOON)


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    return [
        who_waits(
            f"peer {place}",
            draw(MOMENTS),
            urgency=draw(st.sampled_from([None, *Urgency])),
            how_hard=draw(st.integers(0, 5)),
            band=draw(BANDS),
            wish=Wish(topic=draw(TOPICS)),
            avoids=tuple(draw(st.sets(st.sampled_from(["listener 0", "listener 1"])))),
            one=draw(st.sampled_from(["", "", "", "one:a"])),
        )
        for place in range(draw(st.integers(0, 8)))
    ]


@st.composite
def teams(draw: st.DrawFn) -> list[Listener]:
    return [
        who_listens(
            f"listener {place}",
            availability=draw(st.sampled_from(Availability)),
            band=draw(BANDS),
            off_topics=tuple(draw(st.sets(st.sampled_from(["grief", "work"])))),
            wrap_until=draw(st.sampled_from([0, NOON - 1, NOON + 1])),
            began=NOON - draw(st.sampled_from([0, 149 * MINUTE, 150 * MINUTE])),
            ones=draw(st.sampled_from([(), (), ("one:b",)])),
            today=draw(st.sampled_from([0, 7, 8])),
            day=NOON // (24 * HOUR),
        )
        for place in range(draw(st.integers(0, 5)))
    ]


def named(waiting: list[Waiting], team: list[Listener]) -> list[Waiting | Listener]:
    return [*waiting, *team]


@given(queues(), teams(), st.data())
def test_nobody_is_offered_to_who_must_not_have_them(
    waiting: list[Waiting], team: list[Listener], data: st.DataObject
) -> None:
    apart = {
        pair(peer.person, listener.person) for peer in waiting for listener in team if data.draw(st.integers(0, 4)) == 0
    }
    everyone: list[Record] = [*waiting, *team]
    seen = {each.person: NOON - data.draw(st.sampled_from([0, 50_000])) for each in named(waiting, team)}
    found = pairs(everyone, seen, apart, NOON, TERMS)
    for peer, listener in found:
        assert ages.may_meet(peer.band, listener.band), "no adult with a minor"
        assert listener.person not in peer.avoids, "nobody who was blocked"
        assert pair(peer.person, listener.person) not in apart, "never again"
        assert peer.wish.topic not in listener.off_topics
        assert state(listener, NOON, TERMS) is ListenerState.AVAILABLE, "no wrap-up, no break, no limit"
        assert not listener.ones
        assert not peer.one
        assert seen[listener.person] == seen[peer.person] == NOON, "both are there"
    assert len({peer.person for peer, _ in found}) == len(found) == len({each.person for _, each in found})


@given(queues(), teams())
def test_nobody_waits_while_someone_free_may_have_them(waiting: list[Waiting], team: list[Listener]) -> None:
    everyone: list[Record] = [*waiting, *team]
    seen = {each.person: NOON for each in named(waiting, team)}
    found = pairs(everyone, seen, (), NOON, TERMS)
    taken = {each.person for _, each in found}
    served = {each.person for each, _ in found}
    for peer in in_turn(everyone, TERMS):
        free = [each for each in team if is_free(each, seen, NOON, TERMS) and each.person not in taken]
        assert peer.person in served or not [each for each in free if may_meet(peer, each, (), NOON, TERMS)]


@given(queues())
def test_nobody_is_overtaken_for_longer_than_the_bonus(waiting: list[Waiting]) -> None:
    order = in_turn(waiting, TERMS)
    for later, first in enumerate(order):
        for second in order[later + 1 :]:
            assert first.since - second.since <= TERMS.imminent, "the bonus is the bound"
            if first.urgency is None and first.since > second.since:
                assert first.since - second.since <= 4 * MINUTE, "how hard it is moves a place by minutes"


def test_urgency_goes_before_waiting_within_its_bonus() -> None:
    early = who_waits("early", NOON)
    serious = who_waits("serious", NOON + 10 * MINUTE - 1, urgency=Urgency.SERIOUS)
    imminent = who_waits("imminent", NOON + 59 * MINUTE, urgency=Urgency.IMMINENT)
    too_late = who_waits("too late", NOON + 11 * MINUTE, urgency=Urgency.SERIOUS)
    order = in_turn([early, too_late, serious, imminent], TERMS)
    assert [each.person for each in order] == ["imminent", "serious", "early", "too late"]


def test_who_lost_a_listener_comes_first_of_all() -> None:
    lost = who_waits("lost", NOON + HOUR, first=True)
    assert turn(lost, TERMS) < turn(who_waits("old", NOON - HOUR, urgency=Urgency.IMMINENT), TERMS)


def test_who_has_rested_longest_is_asked_first() -> None:
    team = [who_listens("a", idle=NOON), who_listens("b", idle=NOON - 1)]
    seen = {"ana": NOON, "a": NOON, "b": NOON}
    assert pairs([who_waits(), *team], seen, (), NOON, TERMS)[0][1].person == "b"


def test_a_place_says_what_it_is_based_on() -> None:
    me = who_waits("me", NOON)
    others = [who_waits("before", NOON - 1), who_waits("after", NOON + 1), who_waits("talks", NOON - 2, one="one:a")]
    team = [
        who_listens("free"),
        who_listens("busy", ones=("one:a",)),
        who_listens("resting", availability=Availability.BREAK),
        who_listens("gone"),
    ]
    seen = dict.fromkeys(["me", "before", "after", "talks", "free", "busy", "resting"], NOON)
    found = place(me, [me, *others, *team], seen, NOON, TERMS)
    assert (found.ahead, found.free, found.listeners) == (1, 1, 2)
    minor = who_waits("me", NOON, band=Band.MINOR)
    adults = [who_listens("free", band=Band.ADULT), who_listens("busy")]
    assert place(minor, [minor, *adults], seen, NOON, TERMS).listeners == 0, "nobody is there for them, and it is said"


def test_a_door_tells_each_age_of_the_listeners_who_may_meet_them() -> None:
    everyone: list[Record] = [
        who_waits("ana"),
        who_waits("kit", band=Band.MINOR),
        who_listens("free"),
        who_listens("busy", ones=("one:a",)),
        who_listens("young", band=Band.MINOR),
        who_listens("resting", availability=Availability.BREAK),
        who_listens("gone"),
    ]
    seen = dict.fromkeys(["ana", "kit", "free", "busy", "young", "resting"], NOON)
    adult = behind(Band.ADULT, everyone, seen, NOON, TERMS)
    assert (adult.listeners, adult.free, adult.waiting) == (2, 1, 1)
    minor = behind(Band.MINOR, everyone, seen, NOON, TERMS)
    assert (minor.listeners, minor.free, minor.waiting) == (1, 1, 1)
    assert behind(Band.ADULT, everyone, {}, NOON, TERMS).listeners == 0, "by a heartbeat and never by what was said"


def test_the_same_two_meet_only_so_often_in_a_day() -> None:
    ana, wren = who_waits(), who_listens()
    for _ in range(TERMS.pair):
        assert may_meet(ana, wren, (), NOON, TERMS)
        wren = structs.replace(with_one(wren, "one:abc", "ana", NOON), ones=())
    assert not may_meet(ana, wren, (), NOON, TERMS)
    assert may_meet(who_waits("ben"), wren, (), NOON, TERMS)
    assert may_meet(ana, wren, (), NOON + DAY_MS, TERMS)
    assert with_one(wren, "one:abc", "ben", NOON + DAY_MS).met == {"ben": 1}, "yesterday is forgotten"


def test_a_topic_that_nobody_takes_who_is_there_is_told_of_once() -> None:
    ana = who_waits(wish=Wish(topic="grief"))
    wren = who_listens(off_topics=("grief",))
    seen = {"ana": NOON, "wren": NOON, "lark": NOON}
    assert untaken([ana, wren], seen, NOON, TERMS) == [(ana, True)]
    assert untaken([ana, wren, who_listens("lark")], seen, NOON, TERMS) == []
    step = told_untaken(ana, is_anyone=True)
    assert step is not None
    told_of = step.records["waiting:ana"]
    assert isinstance(told_of, Waiting)
    assert untaken([told_of, wren], seen, NOON, TERMS) == []
    assert [tell.channel for tell in step.told if isinstance(tell, Tell)] == ["supervision"]


def test_someone_young_with_nobody_there_for_them_is_told_of_once_and_does_not_wait_for_ever() -> None:
    seen = {"ana": NOON, "wren": NOON, "lark": NOON}
    ana, wren = who_waits(band=Band.MINOR), who_listens()
    assert place(ana, [ana, wren], seen, NOON, TERMS).under_18
    assert place(ana, [ana, wren], seen, NOON, TERMS).listeners == 0, "an adult is not there for them"
    assert untaken([ana, wren], seen, NOON, TERMS) == [(ana, False)]
    step = told_untaken(ana, is_anyone=False)
    assert step is not None
    assert [msgpack.decode(each.event)["type"] for each in step.told if isinstance(each, Tell)] == ["age_untaken"]
    assert untaken([step.records["waiting:ana"] or ana, wren], seen, NOON, TERMS) == []
    young = who_listens("lark", band=Band.MINOR)
    assert untaken([ana, wren, young], seen, NOON, TERMS) == []
    assert in_vain([ana, wren], seen, NOON + 10 * MINUTE - 1, TERMS) == []
    assert in_vain([ana, wren], seen, NOON + 10 * MINUTE, TERMS) == [ana]
    later = dict.fromkeys(seen, NOON + 10 * MINUTE)
    assert in_vain([ana, wren, young], later, NOON + 10 * MINUTE, TERMS) == [], "someone may still take them"
    assert in_vain([who_waits(), wren], seen, NOON + 10 * MINUTE, TERMS) == []


def test_a_topic_that_only_an_adult_takes_is_nobodys_for_someone_young() -> None:
    seen = {"ana": NOON, "wren": NOON, "lark": NOON}
    ana = who_waits(band=Band.MINOR, wish=Wish(topic="grief"))
    young = who_listens("lark", band=Band.MINOR, off_topics=("grief",))
    assert untaken([ana, who_listens(), young], seen, NOON, TERMS) == [(ana, True)]
    step = told_untaken(ana, is_anyone=True)
    assert step is not None
    assert [msgpack.decode(each.event)["type"] for each in step.told if isinstance(each, Tell)] == ["topic_untaken"]

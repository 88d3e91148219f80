"""What a listener's state is, and what is seen of each record."""

from server.domain.listening import as_offer, duties, graver, key, state, will_take
from server.protocol.fields import Urgency
from server.protocol.listening import Availability, ListenerState
from tests.domain.listening_people import HOUR, MINUTE, NOON, TERMS, who_listens, who_waits


def test_what_keeps_offers_away_stands_before_what_is_said() -> None:
    assert state(who_listens(), NOON, TERMS) is ListenerState.AVAILABLE
    assert state(who_listens(ones=("one:a",)), NOON, TERMS) is ListenerState.IN_SESSION
    assert state(who_listens(wrap_until=NOON + 1), NOON, TERMS) is ListenerState.WRAP_UP
    assert state(who_listens(availability=Availability.BREAK), NOON, TERMS) is ListenerState.BREAK
    assert state(who_listens(offer="o"), NOON, TERMS) is ListenerState.OFFERED


def test_a_shift_and_a_day_have_a_limit() -> None:
    assert state(who_listens(), NOON + 150 * MINUTE - 1, TERMS) is ListenerState.AVAILABLE
    assert state(who_listens(), NOON + 150 * MINUTE, TERMS) is ListenerState.LIMIT
    eight = who_listens(today=8, day=NOON // (24 * HOUR))
    assert state(eight, NOON, TERMS) is ListenerState.LIMIT
    assert duties(eight, NOON, TERMS).today == 8
    assert duties(eight, NOON + 24 * HOUR, TERMS).today == 0, "a day begins anew"


def test_a_topic_is_not_taken_ever_or_not_today() -> None:
    listener = who_listens(off_topics=("grief",), not_today={"work": NOON + HOUR})
    assert not will_take(listener, "grief", NOON)
    assert not will_take(listener, "work", NOON)
    assert will_take(listener, "work", NOON + HOUR)
    assert will_take(listener, None, NOON)
    told = duties(listener, NOON, TERMS)
    assert (told.off_topics, told.not_today) == (("grief",), ("work",))
    assert duties(listener, NOON + HOUR, TERMS).not_today == ()


def test_an_offer_names_nobody() -> None:
    offer = as_offer(who_waits(offer="o", until=NOON + 45_000), NOON + MINUTE)
    assert (offer.waited_ms, offer.until) == (MINUTE, NOON + 45_000)
    assert not {"person", "handle", "name", "how_hard"} & set(offer.__struct_fields__)


def test_the_graver_urgency_counts() -> None:
    assert graver(None, Urgency.CONCERN) is Urgency.CONCERN
    assert graver(Urgency.IMMINENT, Urgency.SERIOUS) is Urgency.IMMINENT


def test_no_record_shows_whose_it_is() -> None:
    for record in (who_waits("ana"), who_listens("wren")):
        assert record.person in key(record)
        assert record.person not in repr(record)

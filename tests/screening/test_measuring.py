import pytest

from server.domain.folding import Span
from server.domain.screening import Lane
from tests.screening.answers import Answer
from tests.screening.figures import Share
from tests.screening.lines import Line, Tier
from tests.screening.measuring import Heard, among, concealed, covered, joined, measured


def said(tier: Tier = Tier.NONE, *lanes: Lane, held: bool = False, rules: dict[str, Lane] | None = None) -> Answer:
    scores = {lane: float(lane in lanes) for lane in Lane}
    return Answer(tier, frozenset(lanes), held, rules or {}, scores, (), frozenset(), 0.001)


RISK = Line("a", "...", "intent", Tier.IMMINENT, (Lane.CARE,))
WISH = Line("b", "...", "thoughts", Tier.CONCERN, (Lane.CARE,))
PLAN = Line("c", "...", "plan", Tier.IMMINENT, (Lane.CARE,), held=True)
CHAT = Line("d", "...", "chat")
EITHER = Line("e", "...", "encouraging", Tier.NONE, (Lane.CONDUCT, Lane.CARE))


def figures(*all_heard: Heard) -> dict[str, Share]:
    return {f"{section.title}: {row.name}": row.share for section in measured(all_heard) for row in section.rows}


def test_what_is_found_and_what_is_missed_are_counted_where_they_belong() -> None:
    found = figures(Heard(RISK, said(Tier.IMMINENT, Lane.CARE)), Heard(WISH, said()), Heard(CHAT, said()))
    assert found["Found, by lane: care: recall"] == Share(1, 2)
    assert found["Found, by lane: care: precision on this corpus"] == Share(1, 1)
    assert found["Found, by lane: conduct: recall"] == Share(0, 0)
    assert found["A person's own risk: outright"] == Share(1, 2)
    assert found["Found, by kind: thoughts"] == Share(0, 1)


def test_a_false_alarm_costs_precision_and_is_seen_by_its_kind() -> None:
    found = figures(Heard(CHAT, said(Tier.SERIOUS, Lane.CARE, rules={"care.wish": Lane.CARE})))
    assert found["Found, by lane: care: precision on this corpus"] == Share(0, 1)
    assert found["Found, by lane: care: false alarms, ordinary talk"] == Share(1, 1)
    assert found["A person's own risk: pages: all harmless lines"] == Share(1, 1)
    assert found["Alarms on what is harmless, any lane: chat"] == Share(1, 1)
    assert found["Right, by rule: care.wish"] == Share(0, 1)
    assert found["False alarms, by rule: care.wish"] == Share(1, 1)
    assert found["Tiers: this urgency or more: serious: false alarms, all harmless lines"] == Share(1, 1)
    assert found["Tiers: this urgency or more: imminent: false alarms, all harmless lines"] == Share(0, 1)


def test_a_line_of_two_lanes_is_found_by_either_and_counted_in_the_first() -> None:
    found = figures(Heard(EITHER, said(Tier.CONCERN, Lane.CARE, rules={"care.wish": Lane.CARE})))
    assert found["Found, by lane: conduct: recall"] == Share(1, 1)
    assert found["Found, by lane: care: recall"] == Share(0, 0)
    assert found["Found, by lane: care: precision on this corpus"] == Share(1, 1)
    assert found["Right, by rule: care.wish"] == Share(1, 1)


def test_the_wrong_lane_does_not_find_a_line() -> None:
    assert figures(Heard(RISK, said(Tier.NONE, Lane.CONDUCT)))["Found, by lane: care: recall"] == Share(0, 1)


def test_less_urgency_than_wanted_is_not_enough_and_more_is() -> None:
    found = figures(
        Heard(RISK, said(Tier.CONCERN, Lane.CARE)),
        Heard(PLAN, said(Tier.IMMINENT, Lane.CARE)),
        Heard(WISH, said(Tier.SERIOUS, Lane.CARE)),
    )
    tiers = "Tiers: this urgency or more: "
    assert found[f"{tiers}imminent"] == Share(1, 2)
    assert found[f"{tiers}concern"] == Share(1, 1)
    assert found[f"{tiers}concern: exactly, of those found"] == Share(0, 1)
    assert found[f"{tiers}concern that pages"] == Share(1, 1)
    assert found[f"{tiers}serious: precision on this corpus"] == Share(1, 2)


def test_a_plan_must_be_held_and_a_wish_must_not() -> None:
    found = figures(Heard(PLAN, said(Tier.IMMINENT, Lane.CARE)), Heard(WISH, said(Tier.CONCERN, Lane.CARE, held=True)))
    assert found["Held and delivered: method, means, goodbye, plan: held"] == Share(0, 1)
    assert found["Held and delivered: other disclosure: held"] == Share(1, 1)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ((Span(8, 20),), True),
        ((Span(8, 13), Span(13, 20)), True),
        ((Span(0, 12),), False),
        ((), False),
    ],
)
def test_a_detail_is_covered_when_what_is_left_tells_nothing(found: tuple[Span, ...], right: bool) -> None:
    assert covered("call on 07700 900123 please", Span(8, 20), found) is right


def test_only_what_is_found_plain_is_looked_for_in_disguise() -> None:
    plain = Line("f", "I want to kill myself", "thoughts", Tier.CONCERN, (Lane.CARE,))
    missed = Line("g", "gibberish that nobody finds", "thoughts", Tier.CONCERN, (Lane.CARE,))
    section = concealed([Heard(plain, said(Tier.CONCERN, Lane.CARE)), Heard(missed, said())])
    rows = {row.name: row.share for row in section.rows}
    assert rows["zero-width: care, of what was found plain"] == Share(1, 1)


def test_an_alarm_that_was_there_plain_is_not_one_that_a_disguise_added() -> None:
    loud = Line("h", "I want to kill myself", "chat")
    section = concealed([Heard(loud, said(Tier.CONCERN, Lane.CARE))])
    assert all(row.share.of == 0 for row in section.rows)
    section = concealed([Heard(loud, said())])
    rows = {row.name: row.share for row in section.rows}
    assert rows["zero-width: alarms added, ordinary talk"] == Share(1, 1)


def test_what_is_found_alone_is_looked_for_among_ordinary_lines() -> None:
    plain = Line("f", "I want to kill myself", "thoughts", Tier.CONCERN, (Lane.CARE,))
    missed = Line("g", "gibberish that nobody finds", "thoughts", Tier.CONCERN, (Lane.CARE,))
    days = [Line(f"day {day}", f"the soup on day {day} was good", "chat") for day in range(9)]
    section = among(
        [Heard(plain, said(Tier.CONCERN, Lane.CARE)), Heard(missed, said()), *(Heard(day, said()) for day in days)]
    )
    rows = {row.name: row.share for row in section.rows}
    assert rows["one of 4 lines: found, of what was found alone"] == Share(1, 1)
    assert rows["4 lines of ordinary talk: alarms"] == Share(0, 3)


def test_a_line_stands_among_others_at_every_place() -> None:
    texts = [joined(["a", "b!", "c"], number, 2, "it") for number in range(3)]
    assert texts == ["it. a. b!", "c. it. a.", "b! c. it."]
    assert joined(["a", "b!"], 1, 3) == "b! a. b!"


def test_without_ordinary_lines_there_is_nothing_to_stand_among() -> None:
    assert among([Heard(WISH, said(Tier.CONCERN, Lane.CARE))]).rows == ()

import msgspec
import pytest
from msgspec import structs

from server.config import Settings
from server.domain.allowing import Allowed
from server.domain.folding import Span
from server.domain.screening import (
    CALM,
    FAINT,
    CareRuling,
    Lane,
    Opinion,
    Policy,
    Ruling,
    Screened,
    Surface,
    Verdict,
    graded,
    masked,
    rule,
    settled,
    unscreened,
)
from server.files import read
from server.protocol.fields import CardKind, Urgency

POLICY = read("policy.toml", Policy, Settings())
TEXT = "some words that were said"


def opinion(lane: Lane, verdict: Verdict, reason: str, urgency: Urgency | None = None, *spans: Span) -> Opinion:
    return Opinion(lane, verdict, f"{lane}.{reason}", "1", reason, urgency, spans, 0.8)


def ruled(
    *opinions: Opinion, surface: Surface = Surface.MESSAGE, level: str = "standard", policy: Policy = POLICY
) -> Ruling:
    return rule(opinions, policy, Screened.of(TEXT, surface, level))


WISH = opinion(Lane.CARE, Verdict.NOTE, "wish", Urgency.CONCERN)
DISTRESS = opinion(Lane.CARE, Verdict.ALLOW, "distress")
GOODBYE = opinion(Lane.CARE, Verdict.HOLD, "goodbye", Urgency.IMMINENT)
FRIEND = opinion(Lane.CARE, Verdict.NOTE, "friend", Urgency.CONCERN)
PHONE = opinion(Lane.PRIVACY, Verdict.HOLD, "contact", None, Span(5, 10))
INSULT = opinion(Lane.CONDUCT, Verdict.HOLD, "unkind")


def test_a_text_nobody_has_an_opinion_on_is_allowed() -> None:
    assert ruled() == Ruling(Verdict.ALLOW, TEXT)


def test_the_gravest_opinion_decides() -> None:
    assert (ruled(WISH, PHONE).verdict, ruled(WISH, PHONE).why) == (Verdict.HOLD, "contact")
    assert ruled(PHONE, GOODBYE, INSULT).why == "goodbye"


def test_disclosure_is_delivered_with_a_card_and_a_person_asked() -> None:
    ruling = ruled(WISH)
    assert ruling.verdict is Verdict.NOTE
    assert ruling.care == CareRuling(Urgency.CONCERN, CardKind.WORRY, hold=False)


def test_distress_is_a_quiet_offer_that_calls_nobody() -> None:
    assert (ruled(DISTRESS).verdict, ruled(DISTRESS).why) == (Verdict.ALLOW, "")
    assert ruled(DISTRESS).care == CareRuling(None, CardKind.OFFER, hold=False)


def test_worry_about_a_friend_has_a_card_of_its_own() -> None:
    assert ruled(FRIEND).care == CareRuling(Urgency.CONCERN, CardKind.FRIEND, hold=False)
    both = ruled(FRIEND, WISH).care
    assert both is not None
    assert both.kind is CardKind.WORRY


def test_a_goodbye_is_held_and_answered() -> None:
    assert ruled(GOODBYE).verdict is Verdict.HOLD
    assert ruled(GOODBYE).care == CareRuling(Urgency.IMMINENT, CardKind.HELD, hold=True)


def test_a_reading_that_is_sure_of_nothing_changes_nothing_but_the_score() -> None:
    faint = opinion(Lane.CARE, Verdict.ALLOW, FAINT)
    assert ruled(faint) == Ruling(Verdict.ALLOW, TEXT)
    assert ruled(faint, INSULT) == ruled(INSULT)
    assert graded([faint])[Lane.CARE] == 0.8
    assert graded([faint, WISH])[Lane.CARE] == 0.96


def test_a_wish_that_is_doubted_does_not_count_and_what_is_final_only_where_the_doubt_is_sure() -> None:
    calm = structs.replace(opinion(Lane.CARE, Verdict.ALLOW, CALM), score=0.6)
    assert ruled(calm, WISH) == Ruling(Verdict.ALLOW, TEXT)
    assert graded([calm, WISH]) == {Lane.CARE: 0.6, Lane.CONDUCT: 0.0, Lane.PRIVACY: 0.0}
    assert ruled(calm, GOODBYE).verdict is Verdict.HOLD
    sure = structs.replace(calm, score=0.1)
    assert ruled(sure, GOODBYE) == Ruling(Verdict.ALLOW, TEXT)


def test_the_last_word_decides_whether_there_is_doubt() -> None:
    calm = opinion(Lane.CARE, Verdict.ALLOW, CALM)
    advice = structs.replace(opinion(Lane.CARE, Verdict.NOTE, "thoughts"), last=True)
    assert ruled(calm, WISH) == Ruling(Verdict.ALLOW, TEXT)
    assert ruled(calm, WISH, advice).why in ("wish", "thoughts")
    assert ruled(WISH, structs.replace(calm, last=True)) == Ruling(Verdict.ALLOW, TEXT)
    assert ruled(calm, WISH, structs.replace(advice, lane=Lane.CONDUCT, reason="doubtful")).care is None


PLAN = structs.replace(opinion(Lane.CARE, Verdict.HOLD, "plan", Urgency.IMMINENT, Span(5, 10)), leans=0.8)


def test_what_leans_counts_only_beside_what_bears_it() -> None:
    assert ruled(PLAN) == Ruling(Verdict.ALLOW, TEXT)
    assert ruled(PLAN, PLAN) == Ruling(Verdict.ALLOW, TEXT)
    assert ruled(PLAN, WISH).why == "plan"
    assert ruled(PLAN, structs.replace(WISH, score=0.7)).why == "wish"
    assert ruled(PLAN, INSULT).why == "unkind"
    assert [ruled(PLAN, other).why for other in (FRIEND, DISTRESS)] == ["friend", ""]


def test_a_second_reading_that_asks_for_nothing_may_bear_what_leans_and_one_that_is_calm_may_not() -> None:
    faint = opinion(Lane.CARE, Verdict.ALLOW, FAINT, None, Span(0, 12))
    assert ruled(faint, PLAN).why == "plan"
    assert ruled(opinion(Lane.CARE, Verdict.ALLOW, FAINT), PLAN).why == ""
    assert ruled(opinion(Lane.CARE, Verdict.ALLOW, CALM), WISH, PLAN) == Ruling(Verdict.ALLOW, TEXT)
    assert settled(settled([faint, PLAN])) == [structs.replace(PLAN, leans=0.0)]


def test_what_is_calm_but_not_sure_outweighs_one_voice_and_not_two_that_agree() -> None:
    unsure = structs.replace(opinion(Lane.CARE, Verdict.ALLOW, CALM), score=0.7, last=True)
    thoughts = structs.replace(opinion(Lane.CARE, Verdict.NOTE, "thoughts"), rule="care.another")
    assert ruled(unsure, WISH) == Ruling(Verdict.ALLOW, TEXT)
    assert ruled(unsure, WISH, thoughts).care is not None
    assert ruled(structs.replace(unsure, score=0.4), WISH, thoughts) == Ruling(Verdict.ALLOW, TEXT)


@pytest.mark.parametrize(("end", "why"), [(120, "plan"), (121, "thoughts")])
def test_the_last_word_about_a_long_text_tells_no_place_that_could_bear_anything(end: int, why: str) -> None:
    advice = structs.replace(opinion(Lane.CARE, Verdict.NOTE, "thoughts", None, Span(0, end)), last=True)
    assert rule([PLAN, advice], POLICY, Screened.of(TEXT * 4)).why == why


@pytest.mark.parametrize(("begin", "why"), [(70, "plan"), (71, "wish")])
def test_what_leans_is_borne_by_what_is_said_near_it(begin: int, why: str) -> None:
    far = structs.replace(WISH, spans=(Span(begin, begin + 5),))
    assert rule([PLAN, far], POLICY, Screened.of(TEXT * 4)).why == why


def test_nothing_outweighs_a_method_or_what_happens_now() -> None:
    sure = structs.replace(opinion(Lane.CARE, Verdict.ALLOW, CALM), score=0.01)
    assert ruled(sure, opinion(Lane.CARE, Verdict.HOLD, "method", Urgency.IMMINENT)).verdict is Verdict.HOLD


def test_the_most_urgent_opinion_sets_the_urgency_whoever_decides() -> None:
    care = ruled(WISH, INSULT, opinion(Lane.CARE, Verdict.NOTE, "thoughts", Urgency.SERIOUS)).care
    assert care is not None
    assert care.urgency is Urgency.SERIOUS
    assert not care.hold


@pytest.mark.parametrize("reason", ["wish", "thoughts", "selfharm", "friend", "danger", "distress", "anything"])
def test_no_policy_and_no_rule_can_hold_a_person_for_how_they_feel(reason: str) -> None:
    harsh = msgspec.structs.replace(POLICY, verdicts={reason: Verdict.BLOCK})
    assert ruled(opinion(Lane.CARE, Verdict.BLOCK, reason), policy=harsh).verdict is Verdict.NOTE


@pytest.mark.parametrize("reason", ["method", "goodbye", "plan"])
def test_care_never_blocks(reason: str) -> None:
    harsh = msgspec.structs.replace(POLICY, verdicts={reason: Verdict.BLOCK})
    assert ruled(opinion(Lane.CARE, Verdict.BLOCK, reason), policy=harsh).verdict is Verdict.HOLD


@pytest.mark.parametrize("surface", [Surface.THREAD, Surface.REPORT])
def test_nothing_is_held_between_a_person_and_the_team(surface: Surface) -> None:
    ruling = ruled(GOODBYE, PHONE, INSULT, surface=surface)
    assert ruling.verdict is Verdict.NOTE
    assert ruling.text == TEXT
    assert ruling.care == CareRuling(Urgency.IMMINENT, CardKind.WORRY, hold=False)


def test_in_a_one_to_one_nobody_is_kept_waiting_and_what_leads_outside_is_taken_out() -> None:
    ruling = ruled(GOODBYE, PHONE, INSULT, surface=Surface.ONE_TO_ONE)
    assert ruling.verdict is Verdict.MASK
    assert ruling.text == TEXT[:5] + POLICY.mask + TEXT[10:]
    assert ruling.care == CareRuling(Urgency.IMMINENT, CardKind.WORRY, hold=False)
    assert ruled(INSULT, surface=Surface.ONE_TO_ONE).verdict is Verdict.NOTE
    assert unscreened(ruled(), Screened.of(TEXT, Surface.ONE_TO_ONE)).verdict is Verdict.ALLOW


def test_a_level_overrides_the_policy() -> None:
    assert ruled(INSULT, level="open").verdict is Verdict.NOTE
    assert ruled(INSULT, level="unheard of").verdict is Verdict.HOLD


def test_a_policy_may_mask_instead_of_hold() -> None:
    masking = msgspec.structs.replace(POLICY, verdicts={"contact": Verdict.MASK}, mask="[hidden]")
    ruling = ruled(PHONE, policy=masking)
    assert (ruling.verdict, ruling.text, ruling.why) == (Verdict.MASK, "some [hidden] that were said", "contact")


def test_what_is_masked_stays_masked_when_something_else_holds_it() -> None:
    masking = msgspec.structs.replace(POLICY, verdicts={"contact": Verdict.MASK}, mask="[hidden]")
    ruling = ruled(PHONE, GOODBYE, policy=masking)
    assert (ruling.verdict, ruling.text) == (Verdict.HOLD, "some [hidden] that were said")


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        ([], "abcdefgh"),
        ([Span(0, 8)], "*"),
        ([Span(2, 4)], "ab*efgh"),
        ([Span(2, 4), Span(3, 6)], "ab*gh"),
        ([Span(2, 4), Span(4, 6)], "ab*gh"),
        ([Span(6, 8), Span(0, 2)], "*cdef*"),
        ([Span(0, 6), Span(2, 4)], "*gh"),
    ],
)
def test_a_mask_leaves_nothing_of_what_was_there(spans: list[Span], text: str) -> None:
    assert masked("abcdefgh", spans, "*") == text


def test_what_could_not_be_screened_is_held_in_a_room() -> None:
    ruling = unscreened(ruled(), Screened.of(TEXT))
    assert (ruling.verdict, ruling.why, ruling.unscreened) == (Verdict.HOLD, "unscreened", True)


def test_what_could_not_be_screened_is_delivered_to_the_team_with_a_mark() -> None:
    ruling = unscreened(ruled(), Screened.of(TEXT, Surface.THREAD))
    assert (ruling.verdict, ruling.unscreened) == (Verdict.ALLOW, True)


def test_a_failure_beside_a_hold_keeps_its_reason_and_its_care() -> None:
    ruling = unscreened(ruled(GOODBYE), Screened.of(TEXT))
    assert ruling.why == "goodbye"
    assert ruling.care is not None
    assert ruling.unscreened


@pytest.mark.parametrize(
    "broken",
    [
        msgspec.structs.replace(WISH, score=2.0),
        msgspec.structs.replace(WISH, spans=(Span(0, 99),)),
        msgspec.structs.replace(WISH, spans=(Span(3, 3),)),
        msgspec.structs.replace(WISH, verdict="ban"),
        msgspec.structs.replace(WISH, lane="mood"),
        msgspec.structs.replace(WISH, urgency="now"),
    ],
)
def test_nonsense_is_known_as_such(broken: Opinion) -> None:
    assert WISH.sensible(len(TEXT))
    assert not broken.sensible(len(TEXT))


@pytest.mark.parametrize(
    "change",
    [
        {"verdicts": {"contact": "ban"}},
        {"screeners": []},
        {"mask": ""},
        {"regions": ["england"]},
        {"x": 1},
        {"version": ""},
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(POLICY), **change}, Policy)


LENIENT = msgspec.structs.replace(POLICY, allowed=(Allowed(phrases=("words that",), rooms=("evening",)),))
FLAGGED = Span(5, 15)


def spared(opinion: Opinion, room: str = "evening") -> bool:
    return rule([opinion], LENIENT, Screened.of(TEXT, room=room)).verdict is Verdict.ALLOW


@pytest.mark.parametrize(("lane", "reason"), [(Lane.CONDUCT, "unkind"), (Lane.PRIVACY, "contact"), (Lane.CARE, "wish")])
def test_what_a_room_allows_is_not_flagged_there(lane: Lane, reason: str) -> None:
    flagged = opinion(lane, Verdict.HOLD, reason, None, FLAGGED)
    assert spared(flagged)
    assert not spared(flagged, "grief")


@pytest.mark.parametrize("reason", ["method", "goodbye", "plan"])
def test_what_is_held_for_care_is_never_allowed(reason: str) -> None:
    assert not spared(opinion(Lane.CARE, Verdict.HOLD, reason, None, FLAGGED))


def test_what_pages_someone_is_never_allowed() -> None:
    assert not spared(opinion(Lane.CARE, Verdict.NOTE, "wish", Urgency.IMMINENT, FLAGGED))


def test_a_policy_and_the_rooms_must_know_each_other() -> None:
    assert LENIENT.unfit_for({"evening": "standard"}) is None
    assert "the room evening is of the level strct" in (LENIENT.unfit_for({"evening": "strct"}) or "")
    assert "names the room evening" in (LENIENT.unfit_for({"grief": "open"}) or "")


def test_a_room_that_the_policy_names_has_the_level_it_says_and_the_others_their_own() -> None:
    policy = msgspec.structs.replace(POLICY, rooms={"evening": "open"})
    assert (policy.level("evening", "standard"), policy.level("grief", "standard")) == ("open", "standard")
    assert policy.unfit_for({"evening": "standard"}) is None
    assert "[rooms] names the room evening" in (policy.unfit_for({"grief": "open"}) or "")
    strict = msgspec.structs.replace(POLICY, rooms={"evening": "strct"})
    assert "the room evening is of the level strct" in (strict.unfit_for({"evening": "open"}) or "")

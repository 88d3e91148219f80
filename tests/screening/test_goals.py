from server.domain.screening import Lane
from tests.screening.answers import Answer
from tests.screening.figures import Share
from tests.screening.goals import goals, printed
from tests.screening.lines import Line, Tier
from tests.screening.measuring import Heard
from tests.screening.outside import Outside
from tests.screening.tables import Better, Row, Section

NOWHERE = Outside({})
PLAIN = Section("In disguise", ())


def heard(kind: str, *lanes: Lane, tier: Tier = Tier.NONE, quick_s: float = 0.001, seconds: float = 0.001) -> Heard:
    scores = dict.fromkeys(Lane, float(bool(lanes)))
    answer = Answer(tier, frozenset(lanes), False, {}, scores, (), frozenset(), seconds, quick_s)
    return Heard(Line("a", "...", kind), answer)


GOOD = [
    heard("intent", Lane.CARE, tier=Tier.IMMINENT),
    heard("hate", Lane.CONDUCT),
    *[heard("chat"), heard("fair")] * 5,
]


def reached(all_heard: list[Heard], disguises: Section = PLAIN) -> dict[int, bool]:
    return {goal.number: goal.reached for goal in goals(all_heard, disguises, NOWHERE)}


def test_what_is_found_without_alarms_reaches_the_first_goal() -> None:
    assert reached(GOOD)[1]
    assert not reached([*GOOD, *[heard("thoughts")] * 9])[1]
    assert not reached([*GOOD, heard("chat", Lane.CARE, tier=Tier.CONCERN)])[1]


def test_an_alarm_on_who_helps_misses_the_second() -> None:
    assert reached([*GOOD, heard("support")])[2]
    assert not reached([*GOOD, heard("support", Lane.CARE, tier=Tier.CONCERN)])[2]


def test_lanes_are_put_together_and_typos_have_a_bound_of_their_own() -> None:
    def hidden(leet: int, typos: int, added: int = 0) -> Section:
        return Section(
            "In disguise",
            (
                Row("leet: care", Share(leet, 10)),
                Row("leet: conduct", Share(10, 10)),
                Row("typos: care", Share(typos, 10)),
                Row("leet: added", Share(added, 100), Better.LOWER),
            ),
        )

    assert reached(GOOD, hidden(8, 6))[3]
    assert not reached(GOOD, hidden(7, 6))[3]
    assert not reached(GOOD, hidden(8, 5))[3]
    assert not reached(GOOD, hidden(8, 6, added=1))[3]


def test_scores_that_do_not_tell_hate_from_fair_talk_miss_the_fourth() -> None:
    assert not reached([heard("hate"), heard("fair"), *GOOD[2:]])[4]


def test_two_milliseconds_at_the_end_are_the_most_and_twenty_with_advice() -> None:
    assert reached(GOOD)[6]
    assert reached([*GOOD, *[heard("chat", seconds=0.019)] * 3])[6]
    assert not reached([*GOOD, *[heard("chat", quick_s=0.003)] * 3])[6]
    assert not reached([*GOOD, *[heard("chat", seconds=0.021)] * 3])[6]


def test_a_page_in_ordinary_talk_misses_the_last_and_a_quiet_word_less_so() -> None:
    talk = [heard("chat")] * 200
    assert reached(talk + GOOD)[7]
    assert reached([*talk, heard("chat", Lane.CARE, tier=Tier.CONCERN), *GOOD])[7]
    assert not reached([*talk, heard("chat", Lane.CARE, tier=Tier.SERIOUS), *GOOD])[7]


def test_each_goal_is_told_in_a_line_with_the_figures_below() -> None:
    lines = list(printed(goals([*GOOD, heard("thoughts")], PLAIN, NOWHERE)[0]))
    assert lines[0] == "  1. A person's own risk, said outright: NOT reached"
    assert lines[1] == "   ! found: 0.5, wanted >= 0.88 (of 2)"

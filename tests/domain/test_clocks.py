"""The clocks of a ticket: what happens when, with a clock that the test turns."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from server.config import Settings
from server.domain import care, clocks
from server.domain.care import TicketRecord
from server.domain.errands import OpenTicket
from server.protocol.fields import CardAnswer, CareStep, PageStep, TicketOutcome, TicketSource, TicketState, Urgency
from server.protocol.refusals import Refused

S = 1_000
SETTINGS = Settings()
TEAM, DEPUTY, EVERYONE, OPERATOR = PageStep
HERE, NOBODY = ("Wren",), ()


def opened(urgency: Urgency, *, told: bool = True, drill: bool = False) -> TicketRecord:
    return care.opened(
        OpenTicket(
            ticket="t1", person="ana", source=TicketSource.HELP_BUTTON, urgency=urgency, channel=None, handle="",
            text="", rule="", since=0, told=told, drill=drill,
        )
    )  # fmt: skip


class Evening:
    """Runs a ticket's clock as the timers do: each time it strikes, and not before."""

    def __init__(self, record: TicketRecord, on_duty: tuple[str, ...]) -> None:
        self.record, self.on_duty = record, on_duty
        self.pages: list[tuple[int, PageStep]] = []
        self.alone: list[int] = []
        self.strikes: list[int] = []
        self.strike(0)

    def until(self, seconds: int) -> "Evening":
        while 0 < (due := clocks.due(self.record, SETTINGS)) <= seconds * S:
            assert not self.strikes or due > self.strikes[-1], "a clock that strikes goes on"
            self.strikes.append(due)
            self.strike(due)
        return self

    def strike(self, now: int) -> None:
        self.record = clocks.watch(self.record, now, self.on_duty, SETTINGS)
        if self.record.ticket.state is TicketState.OPEN:
            call = clocks.call(self.record, now, self.on_duty, SETTINGS)
            self.record = call.record
            self.pages += [(now // S, step) for step in call.pages]
            self.alone += [now // S] * call.is_alone


def test_a_serious_ticket_that_nobody_takes_goes_up_the_ladder() -> None:
    evening = Evening(opened(Urgency.SERIOUS), HERE).until(299)
    assert evening.pages == [(60, TEAM), (60, DEPUTY), (120, EVERYONE), (180, OPERATOR)]
    assert evening.alone == [180]
    assert evening.until(425).pages[4:] == [(300, OPERATOR), (420, OPERATOR)], "paging repeats"
    assert evening.alone == [180], "the person is told once"


def test_the_pager_is_called_at_once_for_an_imminent_one() -> None:
    assert Evening(opened(Urgency.IMMINENT), HERE).pages == [(0, TEAM)]


@pytest.mark.parametrize("on_duty", [HERE, NOBODY])
def test_an_exercise_calls_the_team_at_once_and_nobody_ever_after(on_duty: tuple[str, ...]) -> None:
    evening = Evening(opened(Urgency.SERIOUS, drill=True), on_duty).until(600)
    assert evening.pages == [(0, TEAM)]
    assert evening.record.ticket.rings == 600 // 15, "the desk is told again all the same"


def test_the_desk_is_told_every_fifteen_seconds() -> None:
    assert Evening(opened(Urgency.SERIOUS), HERE).until(60).record.ticket.rings == 4


def test_where_nobody_is_on_duty_the_person_is_told_at_once_and_the_operator_called() -> None:
    evening = Evening(opened(Urgency.SERIOUS), NOBODY)
    assert (evening.alone, evening.pages) == ([0], [(0, TEAM), (0, OPERATOR)])
    assert evening.until(130).pages[2:] == [(120, OPERATOR)]


def test_when_the_last_one_goes_off_duty_the_person_is_told_within_fifteen_seconds() -> None:
    evening = Evening(opened(Urgency.SERIOUS), HERE).until(20)
    evening.on_duty = NOBODY
    assert evening.until(40).alone == [30]


def test_who_does_not_know_that_someone_was_asked_is_not_told_that_nobody_is_here() -> None:
    assert Evening(opened(Urgency.SERIOUS, told=False), NOBODY).until(600).alone == []


def test_a_concern_is_told_before_its_hour_is_over_and_pages_nobody() -> None:
    evening = Evening(opened(Urgency.CONCERN), NOBODY).until(2 * 3600)
    assert evening.pages == []
    assert evening.alone == []
    assert [strike // S // 60 for strike in evening.strikes] == [45, 60, 75, 90, 105, 120]


def test_a_concern_that_becomes_serious_has_a_minute_from_then_on() -> None:
    before = opened(Urgency.CONCERN)
    worse = OpenTicket("t2", "ana", TicketSource.SCREENING, Urgency.SERIOUS, None, "", "", "", 1000 * S)
    record = care.repeated(before, worse)
    assert clocks.promised(record, SETTINGS) == 1060 * S
    graver = care.repeated(record, structs.replace(worse, ticket="t3", urgency=Urgency.IMMINENT, since=1030 * S))
    assert clocks.promised(graver, SETTINGS) == 1060 * S, "a clock that runs is not set back"
    assert clocks.call(graver, 1030 * S, HERE, SETTINGS).pages == (TEAM,)


def test_who_has_it_and_does_not_speak_with_the_person_is_reminded_and_then_loses_it() -> None:
    evening = Evening(care.taken(opened(Urgency.SERIOUS), "Wren", 0), HERE).until(239)
    assert (evening.record.ticket.taken_by, evening.record.ticket.rings) == ("Wren", 1)
    ticket = evening.until(240).record.ticket
    assert (ticket.state, ticket.taken_by, ticket.noted[-1].what) == (TicketState.OPEN, "", CareStep.OVERDUE)
    assert evening.until(300).pages == [(300, TEAM), (300, DEPUTY)], "its clocks began anew"


def test_who_is_in_contact_keeps_it_while_on_duty_and_loses_it_a_minute_after() -> None:
    spoken = care.contacted(care.taken(opened(Urgency.SERIOUS), "Wren", 0), "Wren", 0)
    evening = Evening(spoken, HERE).until(3600)
    assert evening.record.ticket.state is TicketState.IN_CONTACT
    evening.on_duty = ("Ibis",)
    ticket = evening.until(3661).record.ticket
    assert (ticket.state, ticket.noted[-1].what) == (TicketState.OPEN, CareStep.LAPSED)


def test_who_is_on_their_way_has_that_long_to_come() -> None:
    record = care.taken(opened(Urgency.SERIOUS), "Wren", 0, away_ms=100 * S)
    assert clocks.watch(record, 159 * S, NOBODY, SETTINGS).ticket.taken_by == "Wren"
    assert clocks.watch(record, 160 * S, NOBODY, SETTINGS).ticket.taken_by == ""


def test_that_the_clocks_stood_still_says_nothing_of_who_was_there() -> None:
    record = care.taken(opened(Urgency.SERIOUS), "Wren", 0)
    assert clocks.watch(record, 100 * S, NOBODY, SETTINGS).ticket.state is TicketState.OPEN
    kept = clocks.watch(record, 100 * S, NOBODY, SETTINGS, was_stopped=True)
    assert kept.ticket.taken_by == "Wren"


def test_a_clock_that_stood_still_takes_all_steps_that_were_due() -> None:
    call = clocks.call(opened(Urgency.SERIOUS), 1000 * S, HERE, SETTINGS)
    assert call.pages == (TEAM, DEPUTY, EVERYONE, OPERATOR)
    assert clocks.call(call.record, 1000 * S, HERE, SETTINGS).pages == (), "the same moment again does nothing"


def test_the_next_attempt_is_due_and_its_holder_is_reminded() -> None:
    spoken = care.contacted(care.taken(opened(Urgency.SERIOUS), "Wren", 0), "Wren", 0)
    tried = care.attempted(spoken, "Wren", SETTINGS.attempt_ms, 10 * S)
    assert clocks.promised(tried, SETTINGS) == 310 * S
    ticket = Evening(tried, HERE).until(1000).record.ticket
    assert (ticket.rings, ticket.state) == (1, TicketState.IN_CONTACT)


@pytest.mark.parametrize("urgency", Urgency)
def test_what_is_settled_has_no_clock(urgency: Urgency) -> None:
    spoken = care.contacted(care.taken(opened(urgency), "Wren", 0), "Wren", 0)
    settled = care.settled(spoken, "Wren", TicketOutcome.REFERRED, 1)
    assert (clocks.due(settled, SETTINGS), clocks.promised(settled, SETTINGS)) == (0, 0)


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("on_duty", [HERE, NOBODY])
def test_a_ticket_that_is_not_settled_always_has_a_next_moment(urgency: Urgency, on_duty: tuple[str, ...]) -> None:
    evening = Evening(opened(urgency), on_duty).until(4 * 3600)
    assert clocks.due(evening.record, SETTINGS) > 4 * 3600 * S


Deed = Callable[[TicketRecord, int], TicketRecord]
DEEDS: dict[str, Deed] = {
    "Wren takes it": lambda record, now: care.taken(record, "Wren", now),
    "Ibis takes it": lambda record, now: care.taken(record, "Ibis", now),
    "it is offered": lambda record, now: care.offered(mine(record), "Wren", "Ibis", now),
    "contact": lambda record, now: care.contacted(record, "Wren", now),
    "attempt": lambda record, now: care.attempted(mine(record), "Wren", SETTINGS.attempt_ms, now),
    "given back": lambda record, now: care.returned(mine(record), CareStep.RELEASED, now),
    "a card is answered": lambda record, now: care.answered(record, CardAnswer.OK, now),
    "safe": care.safe,
    "worse": lambda record, now: care.repeated(record, again(Urgency.IMMINENT, now)),
    "again": lambda record, now: care.repeated(record, again(Urgency.CONCERN, now)),
}


def mine(record: TicketRecord) -> TicketRecord:
    return care.held(record, record.ticket.taken_by, record.ticket.fence)


def again(urgency: Urgency, now: int) -> OpenTicket:
    return OpenTicket(f"t{now}", "ana", TicketSource.SCREENING, urgency, None, "", "", "", now)


@given(
    urgency=st.sampled_from(Urgency),
    deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 600), st.sampled_from([HERE, NOBODY]))),
)
def test_whatever_happens_to_a_ticket_its_clock_goes_on_and_its_fence_never_back(
    urgency: Urgency, deeds: list[tuple[str, int, tuple[str, ...]]]
) -> None:
    evening, now = Evening(opened(urgency), HERE), 0
    for name, seconds, on_duty in deeds:
        fence, holder = evening.record.ticket.fence, evening.record.ticket.taken_by
        now += seconds
        evening.until(now)
        evening.on_duty = on_duty
        with suppress(Refused):
            evening.record = DEEDS[name](evening.record, now * S)
        evening.strike(now * S)
        ticket = evening.record.ticket
        assert now * S < clocks.due(evening.record, SETTINGS) <= now * S + SETTINGS.concern_ms
        assert (ticket.taken_by != "") is (ticket.state in care.HELD)
        assert ticket.fence >= fence
        assert ticket.taken_by in ("", holder) or ticket.fence > fence, "another holder, another fence"

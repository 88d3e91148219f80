"""What becomes of a ticket, and when a card may be shown."""

import pytest
from msgspec import structs

from server.domain import care
from server.domain.care import Rest
from server.domain.errands import OpenTicket
from server.protocol.fields import CardAnswer, CareStep, TicketOutcome, TicketSource, TicketState, Urgency
from server.protocol.refusals import Code, Refused

BECAUSE = OpenTicket(
    ticket="t1", person="ana", source=TicketSource.SCREENING, urgency=Urgency.CONCERN, channel="room:night",
    handle="heron", text="first words", rule="r1", since=1,
)  # fmt: skip


def test_a_new_ticket_is_open_and_nobodys() -> None:
    ticket = care.opened(BECAUSE).ticket
    assert (ticket.state, ticket.taken_by, ticket.times) == (TicketState.OPEN, "", 1)


def test_urgency_only_rises_and_whoever_has_it_keeps_it() -> None:
    mine = care.taken(care.opened(BECAUSE), "Wren", 2)
    worse = structs.replace(BECAUSE, ticket="t2", urgency=Urgency.IMMINENT, text="graver words", since=3)
    graver = care.repeated(mine, worse)
    milder = care.repeated(graver, structs.replace(BECAUSE, ticket="t3", text="", since=4))
    assert (milder.ticket.urgency, milder.ticket.text) == (Urgency.IMMINENT, "graver words")
    assert (milder.ticket.taken_by, milder.ticket.times, milder.ticket.changed) == ("Wren", 3, 4)


def test_one_worry_counts_once_however_often_it_is_told() -> None:
    first = care.opened(BECAUSE)
    second = care.repeated(first, structs.replace(BECAUSE, ticket="t2"))
    assert care.repeated(first, BECAUSE) is first
    assert care.repeated(second, structs.replace(BECAUSE, ticket="t2")) is second


def test_a_ticket_has_one_holder() -> None:
    mine = care.taken(care.opened(BECAUSE), "Wren", 2)
    assert care.taken(mine, "Wren", 3) == mine
    with pytest.raises(Refused) as refused:
        care.taken(mine, "Ibis", 3)
    assert refused.value.code is Code.CONFLICT


def test_every_holder_has_a_fence_of_their_own_and_the_one_before_is_refused() -> None:
    mine = care.taken(care.opened(BECAUSE), "Wren", 2)
    assert care.held(mine, "Wren", 1) is mine
    again = care.taken(care.returned(mine, CareStep.LAPSED, 3), "Wren", 4)
    assert (again.ticket.fence, again.ticket.state) == (2, TicketState.ACKNOWLEDGED)
    for name, fence in (("Wren", 1), ("Ibis", 2)):
        with pytest.raises(Refused) as refused:
            care.held(again, name, fence)
        assert refused.value.code is Code.CONFLICT


def test_a_hand_over_needs_the_other_to_accept() -> None:
    offered = care.offered(care.taken(care.opened(BECAUSE), "Wren", 2), "Wren", "Ibis", 3)
    assert (offered.ticket.taken_by, offered.ticket.offered_to) == ("Wren", "Ibis")
    with pytest.raises(Refused):
        care.taken(offered, "Lark", 4)
    passed = care.taken(offered, "Ibis", 4)
    assert (passed.ticket.taken_by, passed.ticket.offered_to, passed.ticket.fence) == ("Ibis", "", 2)
    assert passed.ticket.state is TicketState.ACKNOWLEDGED, "the other has not spoken with the person yet"


def test_contact_is_said_once_and_only_of_what_someone_has() -> None:
    nobodys = care.opened(BECAUSE)
    assert care.contacted(nobodys, "Wren", 2) is nobodys
    spoken = care.contacted(care.taken(nobodys, "Wren", 2), "Wren", 3)
    assert spoken.ticket.state is TicketState.IN_CONTACT
    assert care.contacted(spoken, "Wren", 4) is spoken


def test_it_is_closed_only_once_the_person_was_heard() -> None:
    mine = care.taken(care.opened(BECAUSE), "Wren", 2)
    with pytest.raises(Refused) as refused:
        care.settled(mine, "Wren", TicketOutcome.SAFE_FOR_NOW, 3)
    assert refused.value.code is Code.CONTACT_FIRST
    for heard in (care.contacted(mine, "Wren", 3), care.safe(mine, 3), care.answered(mine, CardAnswer.MISTAKE, 3)):
        assert care.settled(heard, "Wren", TicketOutcome.DECLINED, 4).ticket.outcome is TicketOutcome.DECLINED


def test_unreachable_is_said_after_two_further_attempts_each_in_its_time() -> None:
    record = care.contacted(care.taken(care.opened(BECAUSE), "Wren", 0), "Wren", 1)
    for number in range(care.ATTEMPTS):
        with pytest.raises(Refused) as refused:
            care.settled(record, "Wren", TicketOutcome.UNREACHABLE, number * 100)
        assert refused.value.code is Code.ATTEMPTS_FIRST
        record = care.attempted(record, "Wren", 100, 10 + number * 100)
        with pytest.raises(Refused) as refused:
            care.attempted(record, "Wren", 100, 10 + number * 100 + 99)
        assert (refused.value.code, refused.value.retry_ms) == (Code.RATE, 1)
    assert care.settled(record, "Wren", TicketOutcome.UNREACHABLE, 400).ticket.outcome is TicketOutcome.UNREACHABLE


def test_who_is_reached_after_all_was_not_unreachable() -> None:
    tried = care.attempted(care.taken(care.opened(BECAUSE), "Wren", 0), "Wren", 100, 10)
    assert care.contacted(tried, "Wren", 20).ticket.attempts == 0


def test_safe_is_told_and_closes_nothing() -> None:
    after = care.safe(care.taken(care.opened(BECAUSE), "Wren", 2), 3)
    assert (after.ticket.says, after.ticket.state) == ("safe", TicketState.ACKNOWLEDGED)


def test_what_is_settled_stays_settled() -> None:
    spoken = care.contacted(care.taken(care.opened(BECAUSE), "Wren", 1), "Wren", 1)
    settled = care.settled(spoken, "Wren", TicketOutcome.REFERRED, 2)
    assert settled.ticket.outcome is TicketOutcome.REFERRED
    assert care.repeated(settled, structs.replace(BECAUSE, ticket="t2")) is settled
    with pytest.raises(Refused) as refused:
        care.held(settled, "Wren", 1)
    assert refused.value.code is Code.GONE
    with pytest.raises(Refused):
        care.taken(settled, "Wren", 3)


def test_every_change_is_kept_with_who_and_when() -> None:
    spoken = care.contacted(care.taken(care.opened(BECAUSE), "Wren", 2), "Wren", 3)
    noted = care.settled(spoken, "Wren", TicketOutcome.REFERRED, 4).ticket.noted
    assert [(each.what, each.by, each.at) for each in noted] == [
        (CareStep.OPENED, "", 1),
        (CareStep.TAKEN, "Wren", 2),
        (CareStep.CONTACT, "Wren", 3),
        (CareStep.SETTLED, "Wren", 4),
    ]


def test_how_it_began_is_kept_however_much_happened() -> None:
    record = care.opened(BECAUSE)
    for number in range(care.NOTED + 5):
        record = care.safe(record, 10 + number)
    assert len(record.ticket.noted) == care.NOTED
    assert record.ticket.noted[0].what is CareStep.OPENED
    assert record.ticket.noted[-1].at == 10 + care.NOTED + 4


def test_an_answer_is_noted_and_changes_nothing_else() -> None:
    before = care.opened(BECAUSE)
    after = care.answered(before, CardAnswer.MISTAKE, 2)
    assert structs.replace(after.ticket, says="", changed=1, noted=before.ticket.noted) == before.ticket


@pytest.mark.parametrize(
    ("rest", "urgency", "shown"),
    [
        (None, None, True),
        (Rest(100, None), None, False),
        (Rest(100, None), Urgency.CONCERN, True),
        (Rest(100, Urgency.SERIOUS), Urgency.SERIOUS, False),
        (Rest(100, Urgency.SERIOUS), Urgency.IMMINENT, True),
        (Rest(50, Urgency.IMMINENT), None, True),
    ],
)
def test_a_refusal_rests_and_yields_only_to_a_rise(rest: Rest | None, urgency: Urgency | None, shown: bool) -> None:
    assert care.may_show_card(rest, urgency, now=50) is shown


def test_a_record_shows_nothing_of_whose_it_is() -> None:
    assert "ana" not in repr(care.opened(BECAUSE))
    assert "words" not in repr(care.opened(BECAUSE))


def test_an_emergency_service_is_the_last_step_and_only_as_the_operator_has_written() -> None:
    mine = care.taken(care.opened(structs.replace(BECAUSE, urgency=Urgency.IMMINENT)), "Wren", 2)
    noted = care.alarmed(mine, "Wren", "Call 000.", 3).ticket.noted[-1]
    assert (noted.what, noted.by) == (CareStep.EMERGENCY, "Wren")
    milder = care.taken(care.opened(structs.replace(BECAUSE, urgency=Urgency.SERIOUS)), "Wren", 2)
    for record, policy in ((mine, ""), (milder, "Call 000.")):
        with pytest.raises(Refused) as no:
            care.alarmed(record, "Wren", policy, 3)
        assert no.value.code is Code.FORBIDDEN

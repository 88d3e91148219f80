"""What becomes of a ticket, and when a card may be shown."""

import pytest
from msgspec import structs

from server.domain import care
from server.domain.care import Rest
from server.domain.errands import OpenTicket
from server.protocol.fields import CardAnswer, TicketOutcome, TicketSource, TicketState, Urgency
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


def test_what_is_settled_stays_settled() -> None:
    settled = care.settled(care.opened(BECAUSE), TicketOutcome.REFERRED, 2)
    assert settled.ticket.outcome is TicketOutcome.REFERRED
    with pytest.raises(Refused):
        care.settled(settled, TicketOutcome.DECLINED, 3)
    with pytest.raises(Refused):
        care.taken(settled, "Wren", 3)


def test_an_answer_is_noted_and_changes_nothing_else() -> None:
    before = care.opened(BECAUSE)
    after = care.answered(before, CardAnswer.MISTAKE, 2)
    assert structs.replace(after.ticket, says="", changed=1) == before.ticket


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

"""The overview: four numbers whose lights are right at their edges, and a list without a word of anyone's."""

import pytest
from msgspec import msgpack, structs

from server.domain import care
from server.domain.errands import OpenTicket
from server.domain.listening import Record
from server.domain.overview import Seen, listeners, numbers, ones, open_tickets
from server.domain.supervised import Ask
from server.protocol.codec import encode
from server.protocol.events import Ticket
from server.protocol.fields import TicketSource, Urgency
from server.protocol.supervising import Light, Owes
from tests.domain.listening_people import MINUTE, NOON, TERMS, who_listens, who_waits
from tests.domain.test_one_to_one import a_talk, three


def a_ticket(urgency: Urgency = Urgency.SERIOUS, drill: bool = False) -> Ticket:
    because = OpenTicket(
        ticket="t",
        person="ana",
        source=TicketSource.LISTENER,
        urgency=urgency,
        channel=None,
        handle="quiet-heron-12",
        text="words",
        rule="",
        since=NOON,
        drill=drill,
    )
    return care.opened(because).ticket


def seen(*records: Record, tickets: dict[str, Ticket] | None = None, **more: object) -> Seen:
    there = {"wren": NOON, "lark": NOON, "ana": NOON, "ben": NOON}
    made = Seen(
        records=records,
        attendance=there,
        quiet={},
        tickets=tickets or {},
        supervisors=("Sue",),
        now=NOON,
        terms=TERMS,
    )
    return structs.replace(made, **more)


def test_whether_someone_is_free() -> None:
    busy = who_listens(ones=("one:abc",))
    assert numbers(seen()).listening is Light.RED
    assert numbers(seen(busy)).listening is Light.AMBER
    assert numbers(seen(busy, who_listens("lark"))).listening is Light.GREEN


@pytest.mark.parametrize(
    ("minutes", "light", "long"), [(4, Light.GREEN, 0), (5, Light.AMBER, 1), (9, Light.AMBER, 1), (10, Light.RED, 1)]
)
def test_how_long_someone_waits(minutes: int, light: Light, long: int) -> None:
    found = numbers(seen(who_waits(since=NOON - minutes * MINUTE)))
    assert (found.queue, found.long, found.waiting, found.longest_ms) == (light, long, 1, minutes * MINUTE)


def test_who_supervises_and_whether_a_question_is_late() -> None:
    late = Ask(channel="ask:abc", one="one:abc", person="wren", name="Wren", since=NOON - MINUTE, due=NOON)
    assert numbers(seen()).supervising is Light.GREEN
    assert numbers(seen(late)).supervising is Light.AMBER
    assert numbers(seen(late, supervisors=())).supervising is Light.RED


def test_high_risk_that_nobody_has() -> None:
    ticket = a_ticket()
    assert numbers(seen(tickets={"ana": ticket})).risk is Light.RED
    held = care.taken(care.TicketRecord(ticket, "ana"), "Mo", NOON).ticket
    assert numbers(seen(tickets={"ana": held})).risk is Light.AMBER
    for harmless in (a_ticket(Urgency.CONCERN), a_ticket(drill=True)):
        assert numbers(seen(tickets={"ana": harmless})).risk is Light.GREEN


def test_the_gravest_first_then_who_asks_then_the_longest_silence() -> None:
    talk = three(a_talk())[0]
    rows = {
        name: structs.replace(talk, channel=f"one:{name}", person=name, listener=name)
        for name in ("quiet", "asking", "grave", "lively")
    }
    ask = Ask(channel="ask:asking", one="one:asking", person="w", name="Wren", since=NOON, due=NOON + MINUTE)
    quiet = {"one:quiet": ("quiet", NOON - 4 * MINUTE), "one:lively": ("lively", NOON - 1_000)}
    found = ones(seen(*rows.values(), ask, tickets={"grave": a_ticket()}, quiet=quiet))
    assert [row.channel for row in found] == ["one:grave", "one:asking", "one:quiet", "one:lively"]
    assert (found[2].quiet_ms, found[2].owes) == (4 * MINUTE, Owes.PEER)


def test_one_of_the_first_is_to_be_read_along_until_someone_does() -> None:
    records = a_talk()
    talk = three(records)[0]
    for watched, watcher, to_watch in ((False, "", False), (True, "", True), (True, "Sue", False)):
        changed = structs.replace(talk, watched=watched, watcher=watcher)
        assert [row.to_watch for row in ones(seen(changed))] == [to_watch]


def test_nothing_of_the_peer_is_in_it() -> None:
    talk = three(a_talk())[0]
    said = msgpack.encode([encode(each) for each in ones(seen(talk, tickets={"ana": a_ticket()}))])
    assert b"quiet-heron" not in said
    assert b"words" not in said
    assert b"ana" not in said


def test_who_listens_and_who_is_gone() -> None:
    found = listeners(seen(who_listens(), who_listens("lark"), attendance={"wren": NOON}))
    assert [row.name for row in found] == ["Wren"]


def test_a_ticket_that_is_settled_counts_no_more() -> None:
    assert open_tickets([("ana", a_ticket())]).keys() == {"ana"}

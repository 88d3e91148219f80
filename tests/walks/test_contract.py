"""The contract of frames itself: that it is what the protocol declares, that care is in nobody else's, and that a
frame too many is found."""

import pytest

from loadtests.following import Event
from server.protocol import codec
from server.protocol.shapes import tag
from tests.walks import contract
from tests.walks.contract import CONCERNED, OFF_DUTY, PEER, Overheard

CARE = {
    "help_card",
    "help_received",
    "nobody_here",
    "ticket_taken",
    "ticket_returned",
    "ticket_settled",
}
DESK = {str(tag(event)) for event in codec.EVENTS if event.heard == "desk"} | {"desk_state", "holding"}
PONG = {"type": "pong", "ref": 1, "now": 1, "away": []}
# What no walk leads to, and what does instead. This list only shrinks.
HEARD_ELSEWHERE: dict[str, str] = {
    "ask_called": "a minute without an answer; tests/actions/test_looks.py",
    "one_nudged": "minutes of silence; tests/domain/test_one_to_one.py and tests/evenings",
    "one_time": "a length of time; tests/domain/test_one_to_one.py",
    "page_seen": "a phone; tests/test_drill.py and tests/actions/test_phone.py",
    "pager_changed": "a route that fails; tests/actions/test_pager.py",
    "signed_out": "tests/transport/test_http.py",
    "topic_untaken": "nobody takes a topic; tests/actions/test_looks.py",
    "transfer_settled": "tests/actions/test_transfers.py",
    "transfer_wanted": "tests/actions/test_transfers.py",
    "unscreened": "a screener that fails, another language; tests/actions/test_one_to_one.py and test_posting.py",
}


def test_the_contract_has_the_fields_that_the_protocol_declares() -> None:
    assert contract.golden()["fields"] == contract.declared(), "if it is meant, run: make golden"


def test_every_event_is_in_someones_contract() -> None:
    rows = {event for events in contract.golden()["hears"].values() for event in events}
    everything = {str(tag(event)) for event in codec.EVENTS}
    assert everything - rows - contract.MAY_BE_LOST == set(HEARD_ELSEWHERE)


def test_nothing_of_care_and_nothing_of_the_desk_is_in_the_contract_of_other_peers() -> None:
    hears = contract.golden()["hears"]
    assert not CARE & set(hears[PEER])
    assert not DESK & {*hears[PEER], *hears[CONCERNED], *hears["listener"]}
    assert not CARE - set(hears[CONCERNED]), "else this would say nothing"


@pytest.mark.parametrize(
    ("role", "frame", "is_found"),
    [
        (PEER, PONG, False),
        (PEER, {"type": "help_card"}, True),
        (PEER, {**PONG, "risk": 3}, True),
        (PEER, {**PONG, "now": "3"}, True),
        (PEER, {**PONG, "away": [3]}, True),
        (
            PEER,
            {"type": "page", "ref": 1, "channel": "room:a", "epoch": 1, "frames": [[1, PONG]], "more": False},
            False,
        ),
        (
            PEER,
            {
                "type": "page",
                "ref": 1,
                "channel": "room:a",
                "epoch": 1,
                "frames": [[1, {"type": "holding"}]],
                "more": False,
            },
            True,
        ),
        ("listener", {"type": "ticket_changed"}, True),
        ("nobody we know", PONG, True),
    ],
)
def test_a_frame_too_many_and_a_field_too_many_are_found(role: str, frame: Event, is_found: bool) -> None:
    heard = {each: set(events) for each, events in contract.heard.items()}
    assert bool(contract.breaches([(role, frame)], contract.golden())) is is_found
    contract.heard.clear()
    contract.heard.update(heard)


def test_who_is_concerned_is_known_by_the_desk_and_by_what_they_did() -> None:
    ana, ben, mo = (Overheard("http://nowhere") for _ in range(3))
    mo.frames = [(OFF_DUTY, {"type": "ticket_changed", "ticket": {"channel": "room:a", "handle": "quiet-heron-12"}})]
    for each in (ana, ben):
        each.frames = [(PEER, PONG)]
    ana.names = {("room:a", "quiet-heron-12")}
    ben.names = {("room:b", "quiet-heron-12")}
    assert [role for role, _ in contract.of_a_walk([ana, ben, mo])] == [CONCERNED, PEER, OFF_DUTY]
    ben.asked = {"help"}
    assert [role for role, _ in contract.of_a_walk([ana, ben, mo])] == [CONCERNED, CONCERNED, OFF_DUTY]


def test_a_row_that_nobody_needs_is_found() -> None:
    golden = {"hears": {"peer": ["said", "pong"]}}
    assert contract.unheard({"peer": {"said"}}, golden) == ["no peer hears pong"]

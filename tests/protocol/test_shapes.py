from server.protocol import codec, events, fields
from server.protocol.commands import Post
from server.protocol.events import Numbered
from server.protocol.shapes import described, enums, manual_entry, shared, tag


def test_the_parts_of_commands_and_events_are_found_once() -> None:
    found = shared()
    assert len(found) == len(set(found))
    assert {fields.Position, events.Limits, events.Ticket} <= set(found)
    assert not set(found) & {*codec.COMMANDS, *codec.EVENTS, Numbered}


def test_every_enumeration_is_found_once() -> None:
    names = [enum.__name__ for enum in enums()]
    assert len(names) == len(set(names))
    assert {"Role", "Urgency", "Code"} <= set(names)


def test_a_command_is_described_by_its_fields() -> None:
    assert [field.name for field in described(Post)][:2] == ["channel", "client_id"]
    assert tag(Post) == "post"
    assert manual_entry(Post).startswith("Say something.")


def test_what_has_no_words_of_its_own_does_not_borrow_its_parents() -> None:
    assert manual_entry(events.HoldArrived) == ""

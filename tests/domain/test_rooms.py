"""What a file of rooms may say."""

import msgspec
import pytest

from server.domain.rooms import Kind, Preview, Room, Rooms

NIGHT = {"id": "night", "name": "The night room", "about": "For nights.", "kind": "topic"}


def test_a_room_needs_only_an_id_a_name_a_purpose_and_a_kind() -> None:
    room = msgspec.convert(NIGHT, Room)
    assert (room.channel, room.kind, room.preview, room.screening) == (
        "room:night",
        Kind.TOPIC,
        Preview.MESSAGES,
        "standard",
    )


@pytest.mark.parametrize("id", ["", "Night", "the night", "-night", "night:2", "n" * 41])
def test_an_id_that_could_not_stand_in_an_address_is_refused(id: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(NIGHT | {"id": id}, Room)


@pytest.mark.parametrize("field", [{"kind": "club"}, {"slow_seconds": -1}, {"colour": "red"}, {"region": "gb"}])
def test_what_a_room_does_not_know_is_refused(field: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(NIGHT | field, Room)


def test_a_language_that_nothing_screens_is_named_with_its_room() -> None:
    rooms = msgspec.convert({"rooms": [NIGHT, NIGHT | {"id": "day", "languages": ["es", "fr"]}]}, Rooms)
    assert rooms.unscreened(("en", "es", "fr")) is None
    assert rooms.unscreened(("en", "es")) == ("day", "fr")


def test_an_id_that_two_rooms_share_is_named() -> None:
    assert msgspec.convert({"rooms": [NIGHT, NIGHT]}, Rooms).twice() == "night"
    assert msgspec.convert({"rooms": [NIGHT, NIGHT | {"id": "day"}]}, Rooms).twice() is None

"""Ids come out the same on every try, and different for everyone else."""

import re

from server.domain import identity

SECRET = b"secret"


def test_one_message_has_one_id() -> None:
    first = identity.message_id(SECRET, "ana", "room:night", b"1" * 16)
    assert first == identity.message_id(SECRET, "ana", "room:night", b"1" * 16)
    assert re.fullmatch(r"[0-9a-f]{20}", first)


def test_another_person_room_message_or_secret_is_another_id() -> None:
    ids = {
        identity.message_id(SECRET, "ana", "room:night", b"1" * 16),
        identity.message_id(SECRET, "ben", "room:night", b"1" * 16),
        identity.message_id(SECRET, "ana", "room:day", b"1" * 16),
        identity.message_id(SECRET, "ana", "room:night", b"2" * 16),
        identity.message_id(b"other", "ana", "room:night", b"1" * 16),
        identity.hold_id(SECRET, "ana", "room:night", b"1" * 16),
    }
    assert len(ids) == 6


def test_an_author_can_not_be_matched_across_rooms() -> None:
    assert identity.author_tag(SECRET, "ana", "room:night") != identity.author_tag(SECRET, "ana", "room:day")


def test_parts_can_not_be_shifted_into_one_another() -> None:
    assert identity.ticket_id(SECRET, "ab", "c") != identity.ticket_id(SECRET, "a", "bc")


def test_nobody_else_can_make_the_person_of_a_drill() -> None:
    person = identity.drill_person(SECRET, "0123456789abcdef")
    assert len(person) == 32
    assert identity.is_drill(SECRET, person)
    assert not identity.is_drill(b"another", person)
    assert not identity.is_drill(SECRET, "0" * 32)
    assert not identity.is_drill(SECRET, person[:-1] + ("0" if person[-1] != "0" else "1"))

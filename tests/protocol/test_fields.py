from typing import Any

import pytest
from msgspec import ValidationError, convert

from server.protocol import fields


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (fields.Ref, 0, 2**32 - 1),
        (fields.Seq, 0, 2**53 - 1),
        (fields.Epoch, 0, 2**53 - 1),
        (fields.Millis, 0, 2**53 - 1),
        (fields.Count, 0, 2**31),
        (fields.PageSize, 1, 100),
        (fields.MuteMinutes, 1, 28 * 24 * 60),
        (fields.BanMinutes, 60, 30 * 24 * 60),
        (fields.SlowSeconds, 0, 6 * 3600),
    ],
)
def test_a_number_ends_exactly_at_its_bounds(kind: Any, least: int, most: int) -> None:
    assert convert(least, kind) == least
    assert convert(most, kind) == most
    for beyond in (least - 1, most + 1):
        with pytest.raises(ValidationError):
            convert(beyond, kind)


@pytest.mark.parametrize(
    ("kind", "longest"),
    [(fields.Text, 8192), (fields.Note, 1000), (fields.HandleText, 64), (fields.Code, 64)],
)
def test_a_text_ends_exactly_at_its_bound(kind: Any, longest: int) -> None:
    assert convert("a" * longest, kind)
    with pytest.raises(ValidationError):
        convert("a" * (longest + 1), kind)


def test_a_client_id_has_sixteen_bytes() -> None:
    assert convert(bytes(16), fields.ClientId) == bytes(16)
    for wrong in (bytes(15), bytes(17), b""):
        with pytest.raises(ValidationError):
            convert(wrong, fields.ClientId)


@pytest.mark.parametrize("channel", ["room:night", "room:a", "ticket:01h8xyz", "room:" + "a" * 40])
def test_a_channel_is_a_kind_and_a_plain_id(channel: str) -> None:
    assert convert(channel, fields.Channel) == channel


@pytest.mark.parametrize(
    "channel",
    [
        "night",
        "room:",
        "room:Night",
        "room:../etc",
        "room:*",
        "room:{a}",
        "room:a\n",
        "inbox:a",
        "desk",
        "room:" + "a" * 41,
    ],
)
def test_nothing_else_names_a_channel(channel: str) -> None:
    with pytest.raises(ValidationError):
        convert(channel, fields.Channel)


@pytest.mark.parametrize("wrong", ["", "A", "a b", "../a", "a:b", "a{b}", "a\n", "a" * 41])
def test_an_id_can_hold_nothing_that_a_key_is_made_of(wrong: str) -> None:
    with pytest.raises(ValidationError):
        convert(wrong, fields.Id)


def test_a_ticket_of_an_earlier_version_can_be_read() -> None:
    assert convert("taken", fields.TicketState) is fields.TicketState.ACKNOWLEDGED
    with pytest.raises(ValidationError):
        convert("lost", fields.TicketState)

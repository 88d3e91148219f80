import math
import struct
import tracemalloc

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.protocol import codec
from server.protocol.commands import VERSION, Hello, History, Join, Ping, Post
from server.protocol.events import OnDuty, Said
from server.protocol.fields import Position
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused

ID = bytes(range(16))
POST = {"type": "post", "ref": 1, "channel": "room:night", "client_id": ID, "text": "hello"}
HISTORY = {"type": "history", "ref": 1, "channel": "room:night", "before": 9, "limit": 10}


def packed(value: object) -> bytes:
    return msgpack.packb(value)  # type: ignore[no-any-return]


def with_raw(field: str, raw: bytes) -> bytes:
    """A post in which the value of one field is these bytes."""
    rest = {key: value for key, value in POST.items() if key != field}
    return bytes([0x80 | len(POST)]) + packed(rest)[1:] + packed(field) + raw


BROKEN = {
    "40 nothing": b"",
    "41 a byte that is no type": b"\xc1",
    "42 bytes after the value": packed(POST) + b"\x00",
    "43 a map cut short": packed(POST)[:-3],
    "43 a map of more than it has": b"\x86" + packed(POST)[1:],
    "44 map32 of 4 G": b"\xdf" + b"\xff" * 4,
    "44 array32 of 4 G": b"\xdd" + b"\xff" * 4,
    "44 str32 of 4 G": b"\xdb" + b"\xff" * 4,
    "44 bin32 of 4 G": b"\xc6" + b"\xff" * 4,
    "44 ext32 of 4 G": b"\xc9" + b"\xff" * 4 + b"\x01",
    "44 text of 4 G": with_raw("text", b"\xdb" + b"\xff" * 4),
    "44 client id of 4 G": with_raw("client_id", b"\xc6" + b"\xff" * 4),
    "45 arrays that each claim 16,383": b"\xdc\x3f\xff" * 1023,
    "45 the same as a text": with_raw("text", b"\xdc\x3f\xff" * 1023),
    "46 depth 5": with_raw("text", b"\x91" * 5 + b"\x00"),
    "46 depth 512": with_raw("text", b"\x91" * 512 + b"\x00"),
    "46 depth 1,025": with_raw("text", b"\x91" * 1025 + b"\x00"),
    "46 depth 16,000": b"\x91" * 16_000 + b"\x00",
    "46 maps of depth 8,000": b"\x81\xa1a" * 5_000 + b"\x00",
    "47 16,000 empty maps": b"\xdc\x3e\x80" + b"\x80" * 16_000,
    "48 an integer": packed(7),
    "48 a text": packed("post"),
    "48 nothing at all": packed(None),
    "48 an array": packed([POST]),
    "49 integer keys": packed({1: "post", 2: 1}),
    "49 a nil key": packed({None: 1} | POST),
    "49 a binary key": packed({b"type": "ping", "ref": 1}),
    "49 an array as a key": b"\x82\x91\x01\x01" + packed({"type": "ping"})[1:],
    "51 an unknown field": packed(POST | {"admin": True}),
    "52 an extension": with_raw("ref", packed(msgpack.ExtType(5, b"x"))),
    "52 a timestamp": with_raw("ref", packed(msgpack.Timestamp(0))),
    "53 not a number": packed(POST | {"ref": math.nan}),
    "53 infinity": packed(POST | {"ref": math.inf}),
    "53 minus zero": packed(HISTORY | {"before": -0.0}),
    "53 1e308": packed(HISTORY | {"before": 1e308}),
    "53 a whole float": packed(HISTORY | {"limit": 10.5}),
    "54 2**64 - 1": packed(HISTORY | {"before": 2**64 - 1}),
    "54 -2**63": packed(HISTORY | {"before": -(2**63)}),
    "54 2**53": packed(HISTORY | {"before": 2**53}),
    "55 true for a number": packed(POST | {"ref": True}),
    "55 false for a number": packed(HISTORY | {"before": False}),
    "56 text for bytes": packed(POST | {"client_id": "0123456789abcdef"}),
    "56 bytes for text": packed(POST | {"text": b"hello"}),
    "56 bytes for a channel": packed(POST | {"channel": b"room:night"}),
    "57 ff fe": with_raw("text", b"\xa2\xff\xfe"),
    "57 a lone surrogate": with_raw("text", b"\xa3\xed\xa0\x80"),
    "57 overlong": with_raw("text", b"\xa2\xc0\x80"),
    "58 an unknown command": packed({"type": "admin.drop", "ref": 1}),
    "58 a long command": packed({"type": "x" * 300, "ref": 1}),
    "58 an empty command": packed({"type": "", "ref": 1}),
    "58 a base class": packed({"type": "command", "ref": 1}),
    "58 an event": packed({"type": "done", "ref": 1}),
    "59 no type": packed({"ref": 1}),
    "59 no ref": packed({"type": "ping"}),
    "59 no text": packed({key: value for key, value in POST.items() if key != "text"}),
    "60 no client id": packed({key: value for key, value in POST.items() if key != "client_id"}),
    "60 15 bytes": packed(POST | {"client_id": ID[:15]}),
    "60 17 bytes": packed(POST | {"client_id": ID + b"0"}),
    "75 a room outside": packed(POST | {"channel": "room:../etc"}),
    "75 all rooms": packed(POST | {"channel": "room:*"}),
    "75 a room of 10 KB": packed(POST | {"channel": "room:" + "a" * 10_240}),
    "85 an epoch of 10 KB": packed(
        {"type": "join", "ref": 1, "channel": "room:night", "since": {"epoch": "1" * 10_240}}
    ),
    "89 a page of nothing": packed(HISTORY | {"limit": 0}),
    "89 a page of less": packed(HISTORY | {"limit": -1}),
    "89 a page of everything": packed(HISTORY | {"limit": 10**9}),
    "89 a page in words": packed(HISTORY | {"limit": "10"}),
}


@pytest.mark.parametrize("frame", BROKEN.values(), ids=BROKEN)
def test_what_is_no_command_gets_one_code_and_little_memory(frame: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(Refused) as no:
        codec.decode(frame)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert no.value.code is Code.BAD_FRAME
    assert no.value.__cause__ is None
    assert peak < 2**20


@given(st.binary(max_size=200))
def test_bytes_are_a_command_or_refused_and_nothing_else_happens(frame: bytes) -> None:
    try:
        codec.decode(frame)
    except Refused as no:
        assert no.code is Code.BAD_FRAME


@given(st.integers(0, len(packed(POST)) - 1), st.integers(0, 255))
def test_a_post_with_a_byte_changed_is_a_command_or_refused(place: int, byte: int) -> None:
    frame = packed(POST)
    try:
        codec.decode(frame[:place] + bytes([byte]) + frame[place + 1 :])
    except Refused as no:
        assert no.code is Code.BAD_FRAME


def test_a_post_is_read_whole() -> None:
    assert codec.decode(packed(POST)) == Post(ref=1, channel="room:night", client_id=ID, text="hello")


def test_of_two_keys_the_last_counts() -> None:
    """Catalogue entry 50: harmless, since nothing else reads the bytes."""
    assert codec.decode(b"\x83" + packed({"type": "ping"})[1:] + packed({"ref": 1})[1:] * 2) == Ping(ref=1)


def test_the_longest_that_a_type_lets_through_is_read() -> None:
    command = codec.decode(packed(POST | {"text": "é" * 4_000 + "a" * 4_192}))
    assert isinstance(command, Post)
    assert len(command.text) == 8_192


@pytest.mark.parametrize("limit", [1, 100])
def test_a_page_ends_at_its_bounds(limit: int) -> None:
    assert codec.decode(packed(HISTORY | {"limit": limit})) == History(
        ref=1, channel="room:night", before=9, limit=limit
    )


def test_a_position_is_read_as_one() -> None:
    frame = packed({"type": "join", "ref": 2, "channel": "room:night", "since": {"epoch": 3, "seq": 41}})
    assert codec.decode(frame) == Join(ref=2, channel="room:night", since=Position(epoch=3, seq=41))


@pytest.mark.parametrize("version", [0, 999, -1, "1", None, 1.0, True])
def test_another_version_of_the_protocol_is_known_as_such(version: object) -> None:
    assert not codec.speaks_our_version(packed({"type": "hello", "ref": 1, "version": version}))


def test_our_version_is_known_even_with_fields_of_the_future() -> None:
    assert codec.speaks_our_version(packed({"type": "hello", "ref": 1, "version": VERSION, "telepathy": True}))
    assert codec.decode(packed({"type": "hello", "ref": 1, "version": VERSION})) == Hello(ref=1, version=VERSION)


def test_what_is_no_hello_is_left_to_the_decoder() -> None:
    assert codec.speaks_our_version(b"\xc1")
    assert codec.speaks_our_version(packed(POST))


def test_an_event_reads_the_same_for_another_library() -> None:
    frame = codec.unnumbered(OnDuty(staff=("Mo", "Zoë")))
    assert msgpack.unpackb(frame) == [0, {"type": "on_duty", "staff": ["Mo", "Zoë"]}]


@given(st.integers(0, 2**53 - 1), st.integers(0, 2**53 - 1), st.text(max_size=40))
def test_a_stamped_event_differs_in_its_number_and_its_time_alone(seq: int, at: int, text: str) -> None:
    said = Said(
        channel="room:night", id="m1", client_id=ID, handle="fern-1", voice=Voice.PEER, text=text, at=codec.UNSTAMPED
    )
    frame = codec.frame(seq, codec.stamped(codec.encode(said), at))
    number, event = msgpack.unpackb(frame)
    assert (number, event["at"], event["text"]) == (seq, at, text)


def test_an_unstamped_event_has_room_for_every_time() -> None:
    said = Said(channel="room:a", id="m", client_id=ID, handle="", voice=Voice.PEER, text="", at=codec.UNSTAMPED)
    assert codec.encode(said)[-9:] == b"\xcf" + struct.pack(">Q", codec.UNSTAMPED)

"""The frame reader, fed in every way a network can cut bytes."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from server.protocol.refusals import Close
from server.transport import frames
from server.transport.frames import Broken, Closing, Event, Limits, Ping, Pong, Reader
from tests.transport.wire import frame

LIMITS = Limits(message_bytes=16_384, fragments=64)
PIECES = st.lists(st.integers(1, 40), min_size=1, max_size=60)


def read(*raw: bytes, limits: Limits = LIMITS) -> list[Event]:
    reader = Reader(limits)
    return [event for piece in raw for event in reader.receive(piece)]


def cut(raw: bytes, sizes: list[int]) -> list[bytes]:
    pieces: list[bytes] = []
    at = 0
    while at < len(raw):
        size = sizes[len(pieces) % len(sizes)]
        pieces.append(raw[at : at + size])
        at += size
    return pieces


@given(st.lists(st.binary(max_size=300), max_size=8), PIECES)
def test_messages_come_whole_and_in_order_however_they_are_cut(messages: list[bytes], sizes: list[int]) -> None:
    raw = b"".join(frame(frames.BINARY, message) for message in messages)
    assert read(*cut(raw, sizes)) == messages


@given(st.binary(min_size=1, max_size=600), st.lists(st.binary(max_size=20), min_size=1, max_size=5), PIECES)
def test_control_frames_are_heard_inside_a_message(whole: bytes, pings: list[bytes], sizes: list[int]) -> None:
    parts = cut(whole, [1 + len(whole) // 5])
    raw, opcode = b"", frames.BINARY
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        raw += b"".join(frame(frames.PING, ping) for ping in pings) if last else b""
        raw += frame(opcode, part, final=0x80 if last else 0)
        opcode = frames.CONTINUATION
    assert read(*cut(raw, sizes)) == [*(Ping(ping) for ping in pings), whole]


@given(st.text(max_size=200), PIECES, PIECES)
def test_text_may_be_cut_inside_a_character(words: str, fragments: list[int], sizes: list[int]) -> None:
    raw, opcode = b"", frames.TEXT
    parts = cut(words.encode(), [1 + len(words.encode()) // 40, *fragments])[:60] or [b""]
    parts = [*parts[:-1], words.encode()[sum(map(len, parts[:-1])) :]]
    for place, part in enumerate(parts):
        raw += frame(opcode, part, final=0x80 if place == len(parts) - 1 else 0)
        opcode = frames.CONTINUATION
    assert read(*cut(raw, sizes)) == [words]


@given(st.binary(max_size=400), PIECES)
def test_any_bytes_end_in_events_or_one_refusal_and_never_in_an_exception(raw: bytes, sizes: list[int]) -> None:
    events = read(*cut(raw, sizes))
    assert all(not isinstance(event, Broken | Closing) for event in events[:-1])


@given(st.binary(max_size=400), PIECES, PIECES)
def test_how_the_bytes_are_cut_changes_nothing(raw: bytes, some: list[int], other: list[int]) -> None:
    assert read(*cut(raw, some)) == read(*cut(raw, other))


@st.composite
def any_frame(draw: st.DrawFn) -> bytes:
    """Mostly good frames, so that long talks are reached, and now and then a bad one."""
    opcode = draw(st.sampled_from([0x0, 0x0, 0x2, 0x2, 0x2, 0x9, 0xA, 0x8, 0x3, 0xB]))
    return frame(
        opcode,
        draw(
            st.binary(max_size=130) if opcode != 0x8 else st.sampled_from([b"", b"\x03", b"\x03\xe8bye", b"\x03\xed"])
        ),
        final=draw(st.sampled_from([0x80, 0x80, 0])),
        reserved=draw(st.sampled_from([0, 0, 0, 0, 0x40])),
        mask=draw(st.sampled_from([None, None, None, None, b""])),
    )


@given(st.lists(any_frame(), max_size=12), PIECES)
def test_we_and_another_library_hear_the_same(sent: list[bytes], sizes: list[int]) -> None:
    raw = b"".join(sent)
    other = ServerProtocol(state=OPEN, max_size=LIMITS.message_bytes)
    other.receive_data(raw)
    assert read(*cut(raw, sizes)) == heard_by(other)


@given(
    st.lists(any_frame(), max_size=2).map(b"".join) | st.binary(max_size=300).map(lambda said: frame(0x2, said)), PIECES
)
def test_the_short_way_and_a_reader_hear_the_same_however_it_is_cut(raw: bytes, sizes: list[int]) -> None:
    short = frames.whole(raw, LIMITS.message_bytes)
    if short is not None:
        assert read(raw) == read(*cut(raw, sizes)) == [short]


@pytest.mark.parametrize("first", [0x82, 0x02, 0x81, 0x80, 0xC2])
@pytest.mark.parametrize("field", [0, 1, 100, 125, 126, 127, 200, 300])
def test_the_short_way_takes_what_is_whole_and_nothing_else(first: int, field: int) -> None:
    """Every second byte, with sizes around whatever it may mean; `field` is where a longer length would stand."""
    for second, size in itertools.product(range(256), (*range(140), *range(195, 220), *range(275, 310))):
        raw = (bytes([first, second]) + field.to_bytes(2) + bytes(300))[:size]
        reader = Reader(Limits(message_bytes=280, fragments=64))
        heard = reader.receive(raw)
        is_whole = first == 0x82 and len(heard) == 1 and isinstance(heard[0], bytes) and reader.idle
        assert frames.whole(raw, 280) == (heard[0] if is_whole else None), (second, size)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 16_384, 16_385, 65_535, 65_536])
def test_the_short_way_ends_where_the_limit_is(size: int) -> None:
    short = frames.whole(frame(0x2, bytes(size)), LIMITS.message_bytes)
    assert short == (bytes(size) if size <= LIMITS.message_bytes else None)


def heard_by(other: ServerProtocol) -> list[Event]:
    """What the other library made of it, in our words."""
    events: list[Event] = []
    begun = b""
    for heard in other.events_received():
        assert isinstance(heard, Frame)
        match heard.opcode:
            case Opcode.PING:
                events.append(Ping(bytes(heard.data)))
            case Opcode.PONG:
                events.append(Pong(bytes(heard.data)))
            case Opcode.CLOSE:
                assert other.close_rcvd is not None
                events.append(Closing(other.close_rcvd.code, other.close_rcvd.reason))
            case _:
                begun += heard.data
                if heard.fin:
                    events.append(bytes(begun))
                    begun = b""
    # A goodbye in the middle of a message is a goodbye to us; the other library takes it for a fault.
    if str(other.parser_exc) == "incomplete fragmented message":
        assert other.close_rcvd is not None
        events.append(Closing(other.close_rcvd.code, other.close_rcvd.reason))
    elif other.parser_exc is not None:
        assert other.close_sent is not None
        events.append(Broken(Close(other.close_sent.code)))
    return events


@pytest.mark.parametrize("opcode", [Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.PONG])
@pytest.mark.parametrize("size", [0, 1, 125])
def test_we_read_what_another_library_writes(opcode: Opcode, size: int) -> None:
    words = "é" * (size // 2)
    raw = Frame(opcode, words.encode()).serialize(mask=True)
    (event,) = read(raw)
    expected = {
        Opcode.TEXT: words,
        Opcode.BINARY: words.encode(),
        Opcode.PING: Ping(words.encode()),
        Opcode.PONG: Pong(words.encode()),
    }
    assert event == expected[opcode]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 70_000])
def test_another_library_reads_what_we_write(size: int) -> None:
    payload = random.Random(size).randbytes(size)
    other = ServerProtocol(state=OPEN, max_size=None)
    other.receive_data(frame(0x2, payload))  # the same head, masked: a server library refuses ours unmasked
    assert frames.framed(payload) == Frame(Opcode.BINARY, payload).serialize(mask=False)
    assert [event.data for event in other.events_received() if isinstance(event, Frame)] == [payload]


def test_every_encoder_agrees_with_another_library() -> None:
    assert frames.ping(b"a") == Frame(Opcode.PING, b"a").serialize(mask=False)
    assert frames.pong(b"b") == Frame(Opcode.PONG, b"b").serialize(mask=False)
    assert frames.closing(4410, "slow") == Frame(Opcode.CLOSE, b"\x11\x3aslow").serialize(mask=False)
    assert frames.closing(frames.NO_CODE) == Frame(Opcode.CLOSE, b"").serialize(mask=False)


def test_a_reason_that_does_not_fit_is_cut_at_a_character() -> None:
    raw = frames.closing(1000, "é" * 100)
    assert raw[1] == 2 + 122
    assert raw[4:].decode() == "é" * 61


BROKEN = {
    "entry_23_unmasked": (frame(0x2, b"a", mask=b""), Close.PROTOCOL),
    "entry_24_reserved_opcode_3": (frame(0x3, b"a"), Close.PROTOCOL),
    "entry_24_reserved_opcode_b": (frame(0xB), Close.PROTOCOL),
    "entry_25_rsv1": (frame(0x2, b"a", reserved=0x40), Close.PROTOCOL),
    "entry_25_rsv2_on_a_ping": (frame(0x9, b"a", reserved=0x20), Close.PROTOCOL),
    "entry_26_long_ping": (frame(0x9, b"a" * 126), Close.PROTOCOL),
    "entry_26_fragmented_ping": (frame(0x9, b"a", final=0), Close.PROTOCOL),
    "entry_27_continuation_first": (frame(0x0, b"a"), Close.PROTOCOL),
    "entry_27_new_message_inside_another": (frame(0x2, b"a", final=0) + frame(0x2, b"b"), Close.PROTOCOL),
    "entry_28_close_of_one_byte": (frame(0x8, b"\x03"), Close.PROTOCOL),
    "entry_28_close_1005": (frame(0x8, b"\x03\xed"), Close.PROTOCOL),
    "entry_28_close_999": (frame(0x8, b"\x03\xe7"), Close.PROTOCOL),
    "entry_28_close_5000": (frame(0x8, b"\x13\x88"), Close.PROTOCOL),
    "entry_28_bad_reason": (frame(0x8, b"\x03\xe8\xff"), Close.BAD_TEXT),
    "entry_29_bad_text": (frame(0x1, b"\xff\xfe"), Close.BAD_TEXT),
    "entry_29_surrogate": (frame(0x1, b"\xed\xa0\x80"), Close.BAD_TEXT),
    "entry_29_cut_character_at_the_end": (frame(0x1, b"a\xc3"), Close.BAD_TEXT),
    "entry_29_bad_first_fragment_is_refused_at_once": (frame(0x1, b"\xff", final=0), Close.BAD_TEXT),
    "entry_31_two_to_the_63": (b"\x82\xff\x80" + bytes(7), Close.TOO_BIG),
    "entry_31_one_gibibyte": (b"\x82\xff" + (2**30).to_bytes(8), Close.TOO_BIG),
    "entry_32_one_byte_too_many": (frame(0x2, bytes(16_385)), Close.TOO_BIG),
    "entry_32_two_fragments": (frame(0x2, bytes(8_192), final=0) + frame(0x0, bytes(8_193)), Close.TOO_BIG),
    "entry_33_one_byte_fragments": (frame(0x2, b"a", final=0) + frame(0x0, b"a", final=0) * 64, Close.FLOOD),
    "length_in_more_bytes_than_needed": (b"\x82\xfe\x00\x05" + bytes(9), Close.PROTOCOL),
    "length_in_eight_bytes_that_fit_in_two": (b"\x82\xff" + (126).to_bytes(8) + bytes(130), Close.PROTOCOL),
}


@pytest.mark.parametrize(("raw", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_what_breaks_the_protocol_ends_the_reading(raw: bytes, code: Close) -> None:
    assert read(raw) == [Broken(code)]
    assert read(*cut(raw, [1])) == [Broken(code)]


def test_a_giant_is_refused_on_its_head_alone() -> None:
    assert read(b"\x82\xff" + (2**30).to_bytes(8)) == [Broken(Close.TOO_BIG)]


@pytest.mark.parametrize("size", [16_383, 16_384])
def test_a_message_up_to_the_limit_is_taken(size: int) -> None:
    assert read(frame(0x2, bytes(size))) == [bytes(size)]


def test_64_fragments_are_taken() -> None:
    raw = frame(0x2, b"a", final=0) + frame(0x0, b"a", final=0) * 62 + frame(0x0, b"a")
    assert read(raw) == [b"a" * 64]


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 4999])
def test_goodbyes_with_a_good_code_are_heard(code: int) -> None:
    assert read(frame(0x8, code.to_bytes(2) + b"bye")) == [Closing(code, "bye")]


def test_nothing_is_heard_after_goodbye() -> None:
    assert read(frame(0x8) + frame(0x2, b"late"), frame(0x2, b"later")) == [Closing(frames.NO_CODE, "")]


def test_a_reader_need_not_be_kept_while_nothing_is_begun() -> None:
    reader = Reader(LIMITS)
    assert reader.idle
    reader.receive(frame(0x2, b"a", final=0))
    assert not reader.idle
    reader.receive(frame(0x0, b"b")[:3])
    assert not reader.idle
    reader.receive(frame(0x0, b"b", mask=b"\0\0\0\0")[3:])
    assert reader.idle


@pytest.mark.parametrize("last", [frame(0x8), frame(0x2, b"a", mask=b"")], ids=["goodbye", "broken"])
def test_a_reader_is_kept_to_hear_nothing_more(last: bytes) -> None:
    reader = Reader(LIMITS)
    reader.receive(last)
    assert not reader.idle

"""One conversation in bytes, for the manual: made by the codec, so that it is never out of date."""

from collections.abc import Iterator

from msgspec import Struct, msgpack

from server.protocol import codec
from server.protocol.commands import VERSION, Hello, Join, Post
from server.protocol.events import Joined, Limits, Posted, Refused, Said, Welcome
from server.protocol.fields import Position, Resumption, RoomState
from server.protocol.people import Role, Voice

ANA = bytes.fromhex("8f14e45fceea167a5a36dedd4bea2543")
BEN = bytes.fromhex("c9f0f895fb98ab9159f51fd0297e236d")
ROOM = "room:night"
NOW = 1_793_000_000_000
WIDTH = 32  # bytes in a line


def worked() -> str:
    return "\n".join(_told(told, frame) for told, frame in _conversation())


def _conversation() -> Iterator[tuple[str, bytes]]:
    yield "→ hello", msgpack.encode(Hello(ref=1, version=VERSION))
    yield "← welcome", codec.unnumbered(_welcome())
    yield "→ join a room", msgpack.encode(Join(ref=2, channel=ROOM))
    yield "← joined; history up to number 41 follows", codec.unnumbered(_joined(2, 41, Resumption.FRESH))
    yield "← said, number 41", _said(41, "willow-otter-7", BEN, "Is anyone awake?")
    yield "→ post", msgpack.encode(Post(ref=3, channel=ROOM, client_id=ANA, text="Yes."))
    yield "← said, number 42: the same bytes for everyone in the room", _said(42, "quiet-heron-12", ANA, "Yes.")
    yield "← posted: it is kept", codec.unnumbered(Posted(ref=3, channel=ROOM, client_id=ANA, seq=42, id="m42"))
    yield "→ something that is no command", msgpack.encode({"type": "shout", "ref": 4})
    yield "← refused", codec.unnumbered(Refused(ref=0, code="bad_frame"))
    yield "→ join, on a new connection", msgpack.encode(Join(ref=2, channel=ROOM, since=Position(epoch=1, seq=42)))
    yield "← joined; numbers 43 and 44 were missed", codec.unnumbered(_joined(2, 44, Resumption.RESUMED))


def _told(told: str, frame: bytes) -> str:
    value = msgpack.decode(frame)
    lines = [frame[start : start + WIDTH].hex(" ") for start in range(0, len(frame), WIDTH)]
    return f"{told}\n\n    " + "\n    ".join([*lines, "", _shown(value)]) + "\n"


def _shown(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_shown, value)) + "]"
        case bytes():
            return f"bin {value.hex()}"
        case str():
            return f'"{value}"'
        case None | bool():
            return {None: "nil", True: "true", False: "false"}[value]
        case _:
            return str(value)


def _said(seq: int, handle: str, client_id: bytes, text: str) -> bytes:
    said = Said(
        channel=ROOM,
        id=f"m{seq}",
        client_id=client_id,
        handle=handle,
        voice=Voice.PEER,
        text=text,
        at=codec.UNSTAMPED,
    )
    return codec.frame(seq, codec.stamped(codec.encode(said), NOW))


def _welcome() -> Struct:
    return Welcome(
        ref=1,
        now=NOW,
        build="0.1.0",
        role=Role.PEER,
        name="",
        inbox=Position(epoch=1, seq=0),
        resumed=Resumption.FRESH,
        rules=1,
        accepted=0,
        tickets=(),
        staff=("Mo",),
        on_duty=False,
        away=(),
        limits=Limits(
            text_characters=2000,
            text_bytes=8000,
            rooms=10,
            typing_ms=3000,
            outbox_ms=1_800_000,
            outbox_messages=50,
        ),
    )


def _joined(ref: int, top: int, resumed: Resumption) -> Struct:
    return Joined(
        ref=ref,
        channel=ROOM,
        handle="quiet-heron-12",
        position=Position(epoch=1, seq=top),
        resumed=resumed,
        state=RoomState.OPEN,
        slow_seconds=0,
        turn_ms=0,
        muted_until=0,
        held=(),
    )

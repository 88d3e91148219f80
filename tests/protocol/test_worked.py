import re

import msgpack

from server.protocol import codec
from server.protocol.worked import worked


def frames(arrow: str) -> list[bytes]:
    told = re.findall(rf"^{arrow} .*\n\n((?:    [0-9a-f ]+\n)+)", worked(), re.MULTILINE)
    return [bytes.fromhex(hexes.replace("\n", " ")) for hexes in told]


def test_what_the_client_says_in_the_manual_is_what_the_server_reads() -> None:
    said = [msgpack.unpackb(frame) for frame in frames("→")]
    assert [each["type"] for each in said] == ["hello", "join", "post", "shout", "join"]
    for frame in frames("→"):
        if msgpack.unpackb(frame)["type"] != "shout":
            codec.decode(frame)


def test_what_the_server_says_in_the_manual_is_read_by_another_library() -> None:
    heard = [msgpack.unpackb(frame) for frame in frames("←")]
    assert [(seq, event["type"]) for seq, event in heard] == [
        (0, "welcome"),
        (0, "joined"),
        (41, "said"),
        (42, "said"),
        (0, "posted"),
        (0, "refused"),
        (0, "joined"),
    ]

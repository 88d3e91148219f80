"""How the load generator speaks to each kind of peer; the text itself is the same for all."""

import json
from collections.abc import Iterable

from loadtests.bench import talk
from loadtests.bench.subject import Running, Speech
from loadtests.compare.entrant import Family

MARK = "~FG~" + "0" * 12
TEXTS = tuple(MARK + text[len(MARK) :] for text in talk.texts())  # as long as what Porchlight's members say
ROOMS = {Family.BENCH: "1%r", Family.IDLE: "2%r"}  # %r: the room's number


def bare(family: Family, running: Running, members: int, rooms: int) -> Speech:
    """The text is the whole frame, both ways; the server greets a member that is in."""
    return Speech(_encoded(TEXTS), path=f"/{ROOMS[family]}", text=True, expect=1)


def nchan(family: Family, running: Running, members: int, rooms: int) -> Speech:
    """Members listen; what they say is posted over HTTP, on connections that stay, as its documentation has it."""
    room = ROOMS[family].replace("%r", "0")
    bodies = _encoded(TEXTS)
    head = "POST /publish/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n"
    posts = tuple(head.format(room, len(body)).encode() + body for body in bodies)
    posting = ("--pub-port", str(running.ports[0]), "--raw") if family is Family.BENCH else ()
    return Speech(posts, path=f"/{ROOMS[family]}", text=True, extra=posting, payloads=bodies)


def socket_io(family: Family, running: Running, members: int, rooms: int) -> Speech:
    """Engine.IO's text frames: 0 open, 40 connect, 42 event."""
    said = _encoded(f"42{_json(['say', text])}" for text in TEXTS)
    path = f"/socket.io/?EIO=4&transport=websocket&room={ROOMS[family]}"
    return Speech(said, path=path, text=True, init=("1:t:40",), expect=2)


def centrifugo(family: Family, running: Running, members: int, rooms: int) -> Speech:
    """Its JSON protocol, in which a frame holds what is pending, one message a line. One room for all: a posted frame
    can't name another.
    """
    channel = f"room:{family}"
    said = _encoded(_json({"id": 3, "publish": {"channel": channel, "data": {"text": text}}}) for text in TEXTS)
    hello = (f"0:t:{_json({'id': 1, 'connect': {}})}", f"1:t:{_json({'id': 2, 'subscribe': {'channel': channel}})}")
    return Speech(said, path="/connection/websocket", text=True, init=hello, expect=2, extra=("--lines",))


def _encoded(messages: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(message.encode() for message in messages)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

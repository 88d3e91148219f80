"""Connections as the hub and its channels see them: real descriptors that keep writes apart."""

import socket

from server.protocol.refusals import Close

_open: list[socket.socket] = []


class Member:
    """A connection as the hub sees it: a real descriptor that keeps writes apart, and a transport beside it."""

    def __init__(self, name: str = "m") -> None:
        self.person = type("Someone", (), {"id": "ana", "session": name})()
        self.socket_name = name
        self.greeted = self.is_up_to_date = True
        self.following: tuple[str, ...] = ()
        self.through_transport: list[bytes] = []
        self.closed: Close | None = None
        self.hidden: dict[str, frozenset[bytes]] = {}
        self.connect(socket.SOCK_SEQPACKET)

    def connect(self, kind: int) -> None:
        self.ours, self.theirs = socket.socketpair(socket.AF_UNIX, kind)
        for end in (self.ours, self.theirs):
            end.setblocking(False)
            _open.append(end)

    @property
    def fd(self) -> int | None:
        return self.ours.fileno() if self.closed is None else None

    @property
    def writes(self) -> list[bytes]:
        """What came, write by write."""
        return [*self.through_transport, *iter(self._next, b"")]

    def _next(self) -> bytes:
        try:
            return self.theirs.recv(1 << 20)
        except BlockingIOError:
            return b""

    def write(self, framed_bytes: bytes) -> None:
        self.through_transport.append(framed_bytes)

    send = write

    def taken(self) -> bytes:
        return b""

    def flush(self) -> None: ...

    def close(self, code: Close) -> None:
        self.closed = code


def let_go() -> None:
    """Every descriptor is closed; call it after each test."""
    while _open:
        _open.pop().close()

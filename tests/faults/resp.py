"""Where one answer of a store ends and the next begins, and no more of RESP3 than that."""

LINES = frozenset(b"+-:,#_(")
TEXTS = frozenset(b"$=!")
LISTS = frozenset(b"*>~")
PAIRS = frozenset(b"%|")
END = b"\r\n"


class Splitter:
    """Bytes in, whole answers out, each with all that is inside it."""

    def __init__(self) -> None:
        self._buffer = b""
        self._at = 0
        self._missing = 1  # values until the answer is whole

    def feed(self, data: bytes) -> list[bytes]:
        self._buffer += data
        whole, start = [], 0
        while (end := self._next()) is not None:
            self._at = end
            if self._missing == 0:
                whole.append(self._buffer[start:end])
                start, self._missing = end, 1
        self._buffer, self._at = self._buffer[start:], self._at - start
        return whole

    def _next(self) -> int | None:
        """The end of the next value's own bytes; what a list holds is missing from then on."""
        buffer = self._buffer
        line = buffer.find(END, self._at)
        if line < 0:
            return None
        kind, end, inside = buffer[self._at], line + 2, 0
        if kind in TEXTS:
            size = int(buffer[self._at + 1 : line])
            end += size + 2 if size >= 0 else 0
            if end > len(buffer):
                return None
        elif kind in LISTS:
            inside = max(int(buffer[self._at + 1 : line]), 0)
        elif kind in PAIRS:
            inside = 2 * int(buffer[self._at + 1 : line]) + (kind == ord("|"))
        elif kind not in LINES:
            raise ValueError(f"not RESP: {buffer[self._at : self._at + 20]!r}")
        self._missing += inside - 1
        return end

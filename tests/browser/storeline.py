"""The line between a server and its store: something happens exactly before or after the step that keeps a message."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

PIECE = 65_536


@dataclass
class Strike:
    """At the step that has these words in it: `do` before the store hears of it, or after it has answered."""

    words: bytes
    do: Callable[[], object]
    is_after: bool
    is_due: bool = False
    done: threading.Event = field(default_factory=threading.Event)


class StoreLine:
    """Listens for the server and leads to the store's socket; a strike loses what it comes between."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._strike: Strike | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def strike(self, words: str, do: Callable[[], object], *, after: bool) -> Strike:
        self._strike = Strike(words.encode(), do, after)
        return self._strike

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                server, _ = self._listening.accept()
                threading.Thread(target=self._connect, args=(server,), daemon=True).start()

    def _connect(self, server: socket.socket) -> None:
        with server, socket.socket(socket.AF_UNIX) as store, suppress(OSError):
            store.connect(self._store)
            back = threading.Thread(target=self._carry, args=(store, server, self._answered), daemon=True)
            back.start()
            self._carry(server, store, self._asked)
            back.join()

    def _carry(self, source: socket.socket, sink: socket.socket, passes: Callable[[bytes], bool]) -> None:
        with suppress(OSError):
            while data := source.recv(PIECE):
                if not passes(data):
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _asked(self, data: bytes) -> bool:
        strike = self._strike
        if strike is None or strike.words not in data:
            return True
        strike.is_due = True
        return strike.is_after or self._struck(strike)

    def _answered(self, data: bytes) -> bool:
        strike = self._strike
        return strike is None or not (strike.is_due and strike.is_after) or self._struck(strike)

    def _struck(self, strike: Strike) -> bool:
        self._strike = None
        strike.do()
        strike.done.set()
        return False

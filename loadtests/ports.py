"""A port for a process of one's own, which it may leave and take again."""

import secrets
import socket

# Below those that systems hand to connections that go out (from 32768 on Linux, from 49152 elsewhere): one of these is
# still free when the process that it was chosen for has started, or has been killed and comes back.
FIRST, LAST = 15_000, 31_999
TRIES = 100


def free_port() -> int:
    """Raises OSError where none is found."""
    for _ in range(TRIES):
        port = FIRST + secrets.randbelow(LAST - FIRST + 1)  # the tests seed `random`, and several may run side by side
        if _is_free(port):
            return port
    raise OSError(f"no free port among {TRIES} of {FIRST} to {LAST}")


def _is_free(port: int) -> bool:
    with socket.socket() as knock:
        # As servers do: what a connection that is over still holds for a minute is free to listen on.
        knock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            knock.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True

"""A server of one's own on a folder, for as long as it is needed."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

START_SECONDS = 60


@contextlib.contextmanager
def serving(folder: str, port: int, **settings: str) -> Iterator[str]:
    """Its address; `settings` are its environment."""
    _check_free(port)
    environment = os.environ | {"DATA_DIR": folder, "PORT": str(port)} | settings
    # In a session of its own: Ctrl-C is for us, who still have something to ask it.
    process = subprocess.Popen([sys.executable, "-m", "server"], env=environment, start_new_session=True)
    try:
        url = f"http://127.0.0.1:{port}"
        _await_answer(url, process)
        yield url
    finally:
        process.terminate()
        process.wait()


def invitation(folder: str, role: str = "moderator") -> str:
    """From the operator's command line."""
    said = subprocess.run(
        [sys.executable, "-m", "server", "invite", "--role", role],
        env=os.environ | {"DATA_DIR": folder},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=True,
    )
    return said.stdout.partition("#invite=")[2].strip()


def _check_free(port: int) -> None:
    """Nobody else's server may be filled with simulated people."""
    with socket.socket() as other:
        if other.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit(f"Something already answers on port {port}; PORT chooses another.")


def _await_answer(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            sys.exit("The server did not start.")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{url}/readyz", timeout=1).close()
            return
        time.sleep(0.1)
    sys.exit(f"The server did not answer within {START_SECONDS} s.")

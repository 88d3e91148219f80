"""The hook of docs/screening-files.md as a process that can be killed, stopped, and told to speak rubbish.

`python -m tests.faults.hooked PORT LEDGER MOOD`: what it has looked at stands in the ledger before it answers, so
that what is not there was looked at by nobody. While the file MOOD is there, it answers rubbish, each time another.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.screening.examples import example
from tests.walks.house import HOUSE

SECRET = "a secret between the two of us"
WRONG_ANSWERS: list[dict[str, Any]] = [
    {"seen": [{"sign": "allow"}]},
    {"seen": [{"sign": "contact", "spans": [[0, 9_999]]}]},
    {"verdict": "allow"},
    {"seen": "nothing"},
]
RAW = [b"", b"HTTP/1.1 200 OK\r\nContent-Le", b"rubbish\r\n\r\n", b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"]


class Hooked:
    """The process, from the outside."""

    def __init__(self, folder: Path, port: int) -> None:
        self.port = port
        self.ledger, self._mood = folder / "hook.ledger", folder / "hook.mood"
        self.ledger.touch()
        self.start()

    def start(self) -> None:
        words = ["tests.faults.hooked", str(self.port), str(self.ledger), str(self._mood)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=HOUSE, env=os.environ | {"SCREENING_HOOK_SECRET": SECRET}
        )

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def hang(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def speak_rubbish(self) -> None:
        self._mood.touch()

    def speak_well(self) -> None:
        self._mood.unlink()


def serve(port: int, ledger: Path, mood: Path) -> None:
    kept = os.open(ledger, os.O_WRONLY | os.O_APPEND)
    documented = example("A hook that says")
    rubbish: Iterator[dict[str, Any] | bytes] = itertools.cycle([*WRONG_ANSWERS, *RAW])

    class Recording(documented.Hook):  # type: ignore[name-defined, misc]
        def do_POST(self) -> None:
            if not mood.exists():
                body = self.rfile.peek(int(self.headers["Content-Length"]))
                os.write(kept, json.loads(body)["text"].encode() + b"\n")
                super().do_POST()
            else:
                self._speak_rubbish(next(rubbish))

        def _speak_rubbish(self, wrong: dict[str, Any] | bytes) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if isinstance(wrong, bytes):
                self.wfile.write(wrong)
                self.close_connection = True
                return
            answer = json.dumps(wrong).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.send_header(
                "X-Porchlight-Signature", documented.signature(self.headers["X-Porchlight-Signature"], answer)
            )
            self.end_headers()
            self.wfile.write(answer)

    class Server(ThreadingHTTPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, *talk: Any) -> None:
            """Who asked has given up: that is what is tried."""

    Server(("127.0.0.1", port), Recording).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))

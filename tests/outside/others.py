"""The other side of each route, real and local: well, slow, wrong, down and hostile."""

import base64
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

HOSTILE_BYTES = 200_000_000
NEW_CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    " -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
).split()


def certificate(folder: Path) -> tuple[str, str]:
    """A certificate for this machine that no authority knows, and its key."""
    cert, key = str(folder / "cert.pem"), str(folder / "key.pem")
    subprocess.run(
        [*NEW_CERTIFICATE, "-keyout", key, "-out", cert],
        check=True,
        capture_output=True,
    )
    return cert, key


def tls(cert: str, key: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


class Other:
    """Listens, and gives each connection to `talks` in a thread; ends with the test."""

    def __init__(
        self, talks: Callable[[socket.socket], None], encrypts: ssl.SSLContext | None = None, port: int = 0
    ) -> None:
        self.listening = socket.create_server(("127.0.0.1", port))
        self.port: int = self.listening.getsockname()[1]
        self.connections = 0
        self._open: list[socket.socket] = []
        self._talks, self._encrypts = talks, encrypts
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        for each in (self.listening, *self._open):
            with suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)
        self.listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                talking, _ = self.listening.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(talking,), daemon=True).start()

    def _talk(self, talking: socket.socket) -> None:
        with suppress(OSError):
            if self._encrypts is not None:
                talking = self._encrypted(talking, self._encrypts)
            with talking:
                self._open.append(talking)
                self._talks(talking)

    def _encrypted(self, talking: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
        wrapped = context.wrap_socket(talking, server_side=True, do_handshake_on_connect=False)
        try:
            wrapped.do_handshake()
        except OSError:
            wrapped.close()
            raise
        return wrapped


class Endpoint(Other):
    """A webhook's end. `answers` is written as it is; `then` goes on with the connection."""

    def __init__(
        self,
        answers: bytes = b"HTTP/1.1 204 No Content\r\n\r\n",
        then: Callable[[socket.socket], None] = lambda talking: None,
        encrypts: ssl.SSLContext | None = None,
        port: int = 0,
    ) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self._answers, self._then = answers, then
        super().__init__(self._serve, encrypts, port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/alerts?to=us"

    def _serve(self, talking: socket.socket) -> None:
        if (request := next_request(talking)) is not None:
            self.heard.append(request)
            talking.sendall(self._answers)
            self._then(talking)


class Answering(Other):
    """Answers what it is asked over connections that stay open; `answers` makes the whole answer, byte for byte."""

    def __init__(self, answers: Callable[[dict[str, str], bytes], bytes], port: int = 0) -> None:
        self.asked = 0
        self._answers = answers
        super().__init__(self._serve, port=port)

    def _serve(self, talking: socket.socket) -> None:
        while (request := next_request(talking)) is not None:
            self.asked += 1
            talking.sendall(self._answers(*request))


def next_request(talking: socket.socket) -> tuple[dict[str, str], bytes] | None:
    """The next request; None where the other side has gone."""
    head = b""
    while b"\r\n\r\n" not in head:
        if not (part := talking.recv(65_536)):
            return None
        head += part
    head, _, body = head.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    while len(body) < int(headers["content-length"]):
        body += talking.recv(65_536)
    return headers | {"line": lines[0]}, body


class Post(Other):
    """A server for letters, which speaks SMTP with STARTTLS or TLS, and keeps what it is given."""

    def __init__(
        self, cert: str, key: str, *, at_once: bool = False, offers: bool = True, login: tuple[str, str] | None = None
    ) -> None:
        self.letters: list[bytes] = []
        self.in_clear = False
        self._context = tls(cert, key)
        self._at_once, self._offers, self._login = at_once, offers, login
        super().__init__(self._serve, self._context if at_once else None)

    def _serve(self, talking: socket.socket) -> None:
        talking.sendall(b"220 here\r\n")
        if self._hears(talking, is_safe=self._at_once) == "STARTTLS":
            with self._encrypted(talking, self._context) as wrapped:
                self._open.append(wrapped)
                self._hears(wrapped, is_safe=True)

    def _hears(self, talking: socket.socket, *, is_safe: bool) -> str:
        """The word with which it ended."""
        with talking.makefile("rb") as lines:
            while line := lines.readline().decode().strip():
                word = line.split()[0].upper()
                talking.sendall(self._answer(word, line, is_safe))
                if word == "DATA":
                    letter = b""
                    while (part := lines.readline()) != b".\r\n":
                        letter += part
                    self.letters.append(letter)
                    self.in_clear |= not is_safe
                    talking.sendall(b"250 taken\r\n")
                if word in ("STARTTLS", "QUIT"):
                    return word
        return ""

    def _answer(self, word: str, line: str, is_safe: bool) -> bytes:
        match word:
            case "EHLO":
                starttls = b"250-STARTTLS\r\n" if self._offers and not is_safe else b""
                return b"250-here\r\n" + starttls + b"250 AUTH PLAIN\r\n"
            case "STARTTLS":
                return b"220 go on\r\n"
            case "AUTH":
                said = base64.b64decode(line.split()[2]).decode().split("\0")
                return b"235 yes\r\n" if self._login == (said[1], said[2]) else b"535 no\r\n"
            case "DATA":
                return b"354 go on\r\n"
            case "QUIT":
                return b"221 goodbye\r\n"
        return b"250 yes\r\n"


def drips(what: bytes) -> Callable[[socket.socket], None]:
    """Without an end, and always in time for the next read."""

    def talk(talking: socket.socket) -> None:
        while True:
            talking.sendall(what)
            threading.Event().wait(0.02)

    return talk


def floods(talking: socket.socket) -> None:
    sent = 0
    while sent < HOSTILE_BYTES:
        talking.sendall(b"x" * 65_536)
        sent += 65_536


def waits(talking: socket.socket) -> None:
    threading.Event().wait(30)

"""A thread with a deadline: for libraries that wait by themselves, and an other side that may never end."""

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from typing import Protocol, TypeVar

AT_ONCE = 4  # of one other side; one that hangs keeps no other from its threads

T = TypeVar("T")


class Failed(Exception):
    """It was not answered; `why` is one word from a closed list, and nothing of what the other side said."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Talk(Protocol):
    """What a library has opened, or not yet."""

    sock: socket.socket | None


class Opened:
    """A talk whose library forgets its socket while it still reads from it."""

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self._is_over = False

    def begins(self, sock: socket.socket | None) -> None:
        """Too late, where the deadline passed before there was anything to cut."""
        self.sock = sock
        if self._is_over:
            raise TimeoutError

    def is_over(self) -> None:
        self._is_over = True


class Threads:
    """The threads of one other side."""

    def __init__(self, name: str, deadline_s: float, at_once: int = AT_ONCE) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._deadline_s = deadline_s

    async def run(self, talk: Talk, work: Callable[[], T]) -> T:
        """What the work gave; at the deadline its connection is cut, so that the thread ends too."""
        try:
            async with asyncio.timeout(self._deadline_s):
                return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except TimeoutError:
            raise Failed("timeout") from None
        except ssl.SSLError:
            raise Failed("tls") from None
        except (HTTPException, smtplib.SMTPException):
            raise Failed("answer") from None
        except (OSError, ValueError):
            raise Failed("connection") from None
        finally:
            _cut(talk)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _cut(talk: Talk) -> None:
    if isinstance(talk, Opened):
        talk.is_over()
    open_one = talk.sock
    if open_one is not None:
        with suppress(OSError):
            # Of the socket below, for TLS would wait for the other side's goodbye.
            socket.socket.shutdown(open_one, socket.SHUT_RDWR)


def context(ca_file: str) -> ssl.SSLContext:
    """Certificates are checked, by the machine's authorities or by one of the operator's own."""
    return ssl.create_default_context(cafile=ca_file or None)

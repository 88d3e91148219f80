"""Passphrases as argon2id keeps them; the work is done in a few threads, so that sign-ins never slow the talk."""

import asyncio
import functools
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from server.protocol.refusals import Code, Refused

WAITING_MOST = 32  # one more would wait for seconds; each costs 19 MiB and a core for a while
RETRY_MS = 2_000

T = TypeVar("T")

_argon2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_waiting = 0


async def kept(passphrase: str, at_once: int) -> str:
    """What to keep of a passphrase."""
    return await _in_thread(at_once, lambda: _argon2.hash(_spelt(passphrase)))


async def fits(kept: str | None, passphrase: str, at_once: int) -> bool:
    """Whether it is the one; without one to compare it to the same work is done, and the answer is no."""
    return await _in_thread(at_once, lambda: _fits(kept, _decoy(), passphrase)) and kept is not None


def _fits(kept: str | None, decoy: str, passphrase: str) -> bool:
    try:
        return _argon2.verify(kept or decoy, _spelt(passphrase))
    except (Argon2Error, InvalidHashError):
        return False


def _spelt(passphrase: str) -> bytes:
    return passphrase.encode(errors="surrogatepass")


@functools.cache
def _decoy() -> str:
    """Made before the first comparison of any name, so that the first unknown one takes no longer."""
    return _argon2.hash(secrets.token_bytes(16))


@functools.cache
def _threads(at_once: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(at_once, thread_name_prefix="passphrase")


async def _in_thread(at_once: int, work: Callable[[], T]) -> T:
    global _waiting
    if _waiting >= WAITING_MOST:
        raise Refused(Code.UNAVAILABLE, retry_ms=RETRY_MS)
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads(at_once), work)
    finally:
        _waiting -= 1

"""Gives back what is free: what a crowd of slow readers needed lies scattered, and the allocator would keep all of it."""

import ctypes
import platform
from collections.abc import Callable
from typing import cast


def _trim() -> Callable[[int], int]:
    """As glibc has it; elsewhere the allocator gives back by itself, or nothing can be done."""
    if platform.libc_ver()[0] != "glibc":
        return lambda kept: 0
    return cast(Callable[[int], int], ctypes.CDLL(None).malloc_trim)


trim = _trim()


async def give_back() -> None:
    """Run it now and then; it takes less than a millisecond where there is little to give."""
    trim(0)

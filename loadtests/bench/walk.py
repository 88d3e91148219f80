"""Which part of a message's walk a sampled stack belongs to, and whether it was in the kernel's hands."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Stack = tuple[str, ...]  # from the root to the tip; each "function (file:line)"

# The nearest of these files to the tip of a stack names the part. Ours by path, others by package.
PARTS = {
    "screening": (
        "server/screeners/",
        "server/actions/screening.py",
        "server/domain/screening.py",
        "server/domain/folding.py",
        "server/domain/text.py",
        "server/domain/lookalikes.py",
    ),
    "bus": ("server/store/bus.py",),
    "store call": ("server/store/", "redis/", "hiredis/"),
    "presence": ("server/actions/presence.py",),
    "posting": ("server/actions/posting.py", "server/actions/errands.py", "server/actions/worry.py", "server/domain/"),
    "dispatch": ("server/actions/", "server/transport/connection.py", "server/transport/line.py"),
    "decode and encode": ("server/protocol/",),
    "frame reader": ("server/transport/frames.py",),
    "socket": ("server/transport/",),
    "metrics": ("server/metrics.py", "prometheus_client/"),
}
FAN_OUT = "server/transport/hub.py"  # whatever it calls is part of it
LOOP = "event loop"
READ = "socket read"
SYSTEM_CALLS = {
    *("read", "recv", "write", "writev", "send", "sendmsg", "epoll_ctl", "epoll_wait", "epoll_pwait", "syscall"),
    *("UVStream_write", "uv__read", "uv__try_write"),  # of uvloop and libuv, with the call inlined
}
WAITING = {"poll", "epoll_wait", "epoll_pwait", "accept", "accept4", "sem_timedwait", "pthread_cond_timedwait"}


class Share(NamedTuple):
    """Of all samples that were not asleep: how many were here, and how many of these in a system call."""

    part: str
    all: float
    in_calls: float


def folded(lines: Iterable[str]) -> Iterator[tuple[Stack, int]]:
    """Stacks and how often each was seen, as the sampler writes them."""
    for line in lines:
        stack, _, count = line.rpartition(" ")
        yield tuple(stack.split(";")), int(count)


def part_of(stack: Stack) -> str:
    if any(FAN_OUT in frame for frame in stack):
        return "fan-out write"
    for frame in reversed(stack):
        for part, files in PARTS.items():
            if any(f"({file}" in frame for file in files):
                return part
    return READ if any(frame.startswith("uv__read ") for frame in stack) else LOOP


def is_asleep(stack: Stack) -> bool:
    return _function(stack[-1]) in WAITING


def is_in_call(stack: Stack) -> bool:
    return _function(stack[-1]).lstrip("_").removeprefix("libc_") in SYSTEM_CALLS


def shares(samples: Iterable[tuple[Stack, int]]) -> list[Share]:
    """Most first."""
    everywhere: Counter[str] = Counter()
    in_calls: Counter[str] = Counter()
    for stack, count in samples:
        if not is_asleep(stack):
            everywhere[part_of(stack)] += count
            in_calls[part_of(stack)] += count * is_in_call(stack)
    total = everywhere.total()
    return [Share(part, count / total, in_calls[part] / total) for part, count in everywhere.most_common()]


def _function(frame: str) -> str:
    return frame.partition(" ")[0]

"""A house on a store of the test's own, whose servers run the program that the test names, and who kills them."""

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from tests.faults.people import WHOLE
from tests.faults.proxy import Proxy
from tests.faults.stores import Single
from tests.walks.house import BOOKS, PROGRAM, House, Server, Stored

POLL_SECONDS = 0.02


class Faulty(House):
    """Keeps everything, so that its end can be read whole."""

    without = BOOKS

    def __init__(self, at: Stored, servers: int = 1, program: tuple[str, ...] = PROGRAM, **settings: str) -> None:
        self.at, self.program = at, program
        super().__init__(servers, **{**WHOLE, **settings})


@contextmanager
def apart(
    store: Single, servers: int, chance: random.Random, program: tuple[str, ...], **settings: str
) -> Iterator[tuple[Faulty, list[Proxy]]]:
    """Processes that each reach the store through a proxy of their own."""
    with ExitStack() as stack:
        proxies = [stack.enter_context(Proxy(store.node.port, store=True, chance=chance)) for _ in range(servers)]
        house = stack.enter_context(Faulty(store, 0, program, **settings))
        for proxy in proxies:
            house.open_server(redis_url=proxy.url)
        for server in house.servers:
            server.await_ready()
        yield house, proxies


async def kill_in_turn(servers: list[Server], times: int, chance: random.Random, is_due: Callable[[int], bool]) -> None:
    """One after the other, each started again before the next; `is_due` says when the next one's time has come."""
    for turn in range(times):
        await until(lambda turn=turn: is_due(turn))  # type: ignore[misc]
        server = chance.choice(servers)
        await asyncio.to_thread(server.kill)
        server.start()
        await asyncio.to_thread(server.await_ready)


async def until(true: Callable[[], object]) -> None:
    """However long that takes: the whole test has its time."""
    while not true():
        await asyncio.sleep(POLL_SECONDS)

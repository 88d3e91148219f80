"""G12: a resume asks the store for three things at most, whatever was missed."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator

from redis.asyncio import Redis

from tests.faults.crowd import Member, each, gathered, opened_house
from tests.faults.figures import FULL, of, percentile, tell

PEOPLE, ROOMS, MISSED = of(100, 5_000), of(5, 50), 20
MOST_EACH, MOST_S = 3, 5.0
WIDE = {"handshakes_per_second": "100000", "handshake_burst": "100000", "connections": "20000"}
# Asked by timers for all channels at once, and not by who comes back.
QUIET = {"position_check_ms": "600000", "presence_ms": "600000", "duty_check_ms": "600000", "errand_ms": "600000"}
NOT_ASKED_BY_WHO_RESUMES = {"ping", "hello", "client", "set", "setrange", "time"}  # signs of life, and we are here, too
SWEPT = 10  # what timers run in a minute that no setting makes longer
END = "the-end"


@contextlib.asynccontextmanager
async def watched(url: str) -> AsyncIterator[Counter[str]]:
    """What the store is asked, without what its scripts do in turn; complete once the block has ended."""
    asked: Counter[str] = Counter()
    store, watcher = Redis.from_url(url), Redis.from_url(url)
    async with watcher.monitor() as monitor:

        async def watch() -> None:
            async for line in monitor.listen():
                words = str(line["command"]).split()
                if words == ["ECHO", END]:
                    return
                if line["client_type"] != "lua":
                    asked[words[0].lower()] += 1

        watching = asyncio.create_task(watch())
        yield asked
        await store.echo(END)
        await watching
    await store.aclose()
    await watcher.aclose()


async def test_thousands_who_resume_at_once_ask_the_store_for_little() -> None:
    async with opened_house(2, sessions_per_prefix="1000000", presence_jitter_ms="600000", **WIDE, **QUIET) as house:
        members = await gathered(house, PEOPLE, [house.fresh_room() for _ in range(ROOMS)], returns=False)
        talkers = {member.channel: member for member in members}
        away = [member for member in members if member not in talkers.values()]
        await each(away, lambda member: member.client.lose())
        for number in range(MISSED):
            await asyncio.gather(*(who.client.deliver(who.channel, f"missed {number}") for who in talkers.values()))
        took: list[float] = []
        async with watched(house.store.url) as asked:
            await each(away, lambda member: comes_back(member, took), at_once=of(100, 200))
        operations = sum(count for word, count in asked.items() if word not in NOT_ASKED_BY_WHO_RESUMES)
        tell(
            f"{len(away)} resumed at once",
            asked_each=operations / len(away),
            p99_s=percentile(took, 0.99),
            most_s=max(took),
            words=dict(asked),
        )
        assert len(took) == len(away)
        for member in away:
            assert member.client.rooms[member.channel]["resumed"] == "resumed"
            assert member.client.texts(member.channel)[-MISSED:] == [f"missed {number}" for number in range(MISSED)]
            assert member.client.of(member.channel).repeated == 0
        assert operations <= MOST_EACH * len(away) + SWEPT
        if FULL:
            assert percentile(took, 0.99) <= MOST_S


async def comes_back(member: Member, took: list[float]) -> None:
    """From the first byte to the last missed message on the screen."""
    began = time.monotonic()
    await member.client.open()
    await member.client.until(lambda: f"missed {MISSED - 1}" in member.client.texts(member.channel)[-1:])
    took.append(time.monotonic() - began)

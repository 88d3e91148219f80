"""Following a channel: from the start of what is shown, or from where one was, without a hole."""

import asyncio
from functools import partial

from msgspec import Struct

from server.actions.caller import Caller, Page
from server.actions.services import Services
from server.domain.channels import Standing, resumption
from server.protocol.fields import Position, Resumption


class Followed(Struct, frozen=True):
    """Where the channel stands, how it was entered, and what is to be replayed: from the log, then after a number."""

    channel: str
    position: Position
    resumed: Resumption
    page: Page | None
    after: int


async def follow(services: Services, caller: Caller, channel: str, since: Position | None) -> Followed:
    followed = await read(services, channel, since)
    begin(services, caller, followed)
    return followed


def begin(services: Services, caller: Caller, followed: Followed) -> None:
    """Replay begins when the answer to the caller is out; to be called after all waiting."""
    caller.then(partial(services.here.start, caller, followed.channel, followed.after, followed.page))


async def read_on(services: Services, channel: str, since: Position) -> Page | None:
    """The next page of a replay that reaches further back than memory; None: it can't be told whole any more."""
    ring = await services.here.ring(channel)
    _, further = await _page(services, channel, since, ring.floor)
    return further


async def read(services: Services, channel: str, since: Position | None) -> Followed:
    """Follows the bus first, then reads what was missed."""
    ring = await services.here.ring(channel)
    kept = Standing(ring.epoch, ring.top, floor=0)
    resumed, page = resumption(since, kept), None
    if resumed is Resumption.RESUMED and since is not None and since.seq < ring.floor:
        resumed, page = await _page(services, channel, since, ring.floor)
    after = ring.latest(services.settings.history_shown)
    if resumed is Resumption.RESUMED and since is not None:
        after = since.seq
    return Followed(channel, Position(epoch=ring.epoch, seq=ring.top), resumed, page, after)


async def _page(services: Services, channel: str, since: Position, floor: int) -> tuple[Resumption, Page | None]:
    """Some of what is kept after the position; `floor` is the memory ring's as it is now.

    The standing is read last: what was trimmed before the log was read is known by then.
    """
    most = services.settings.resume_messages
    entries, standing = await asyncio.gather(
        services.store.channels.after(channel, since.seq, most), services.store.channels.standing(channel)
    )
    resumed = resumption(since, standing)
    if resumed is not Resumption.RESUMED:
        return resumed, None
    reached = entries[-1].seq if entries else since.seq
    if len(entries) < most:  # what is not there up to the ring was removed
        reached = max(reached, floor)
    return resumed, Page(tuple(entry.frame for entry in entries), reached)

"""Following a channel: from the start of what is shown, or from where one was, without a hole."""

import asyncio

from msgspec import Struct

from server.actions.caller import Caller, Page
from server.actions.services import Services
from server.domain.channels import Standing, resumption
from server.protocol.fields import Position, Resumption


class Followed(Struct, frozen=True):
    """Where the channel stands, and how it was entered; the frames come after the answer has gone out."""

    position: Position
    resumed: Resumption


async def follow(services: Services, caller: Caller, channel: str, since: Position | None) -> Followed:
    """Follows the bus first, then reads what was missed; replay begins when the answer to the caller is out."""
    ring = await services.here.ring(channel)
    kept = Standing(ring.epoch, ring.top, floor=0)
    resumed = resumption(since, kept)
    after, page = ring.latest(services.settings.history_shown), None
    if resumed is Resumption.RESUMED and since is not None:
        if since.seq < ring.floor:
            resumed, page = await _page(services, channel, since, ring.floor)
        if resumed is Resumption.RESUMED:
            after = since.seq
        else:
            after = ring.latest(services.settings.history_shown)

    async def read_on(number: int) -> Page | None:
        _, further = await _page(services, channel, Position(epoch=ring.epoch, seq=number), ring.floor)
        return further

    caller.then(lambda: services.here.start(caller, channel, after, page, read_on))
    return Followed(Position(epoch=ring.epoch, seq=ring.top), resumed)


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

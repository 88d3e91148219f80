"""Following a channel: from the start of what is shown, or from where one was, without a hole."""

import asyncio
from functools import partial

from msgspec import Struct

from server.actions.caller import Caller, Page, Ring
from server.actions.services import Services
from server.domain.channels import Standing, resumption
from server.protocol.events import Joined
from server.protocol.fields import Position, Resumption, RoomState


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


def entered(ref: int, name: str, followed: Followed, is_over: bool) -> Joined:
    """The answer to who has come into a private channel: nobody is slowed, muted or held there."""
    return Joined(
        ref=ref,
        channel=followed.channel,
        handle=name,
        position=followed.position,
        resumed=followed.resumed,
        state=RoomState.CLOSED if is_over else RoomState.OPEN,
        slow_seconds=0,
        turn_ms=0,
        muted_until=0,
        held=(),
    )


async def read_on(services: Services, channel: str, since: Position) -> Page | None:
    """The next page of a replay that reaches further back than memory; None: it can't be told whole any more."""
    ring = await services.here.ring(channel)
    _, further = await _page(services, channel, since, ring.floor)
    return further


async def read(services: Services, channel: str, since: Position | None) -> Followed:
    """Follows the bus first, then reads what was missed."""
    ring = await services.here.ring(channel)
    resumed, page = Resumption.FRESH, None
    if since is not None:
        resumed, page = await _missed(services, channel, since, ring)
    if since is not None and resumed is Resumption.RESUMED:
        after = since.seq
    else:
        after = ring.latest(services.settings.history_shown)
    return Followed(channel, Position(epoch=ring.epoch, seq=ring.top), resumed, page, after)


async def _missed(services: Services, channel: str, since: Position, ring: Ring) -> tuple[Resumption, Page | None]:
    """Whether what came after `since` can be told whole, and what memory has no longer of it."""
    resumed = resumption(since, Standing(ring.epoch, ring.top, floor=0))
    if resumed is Resumption.RESUMED and since.seq < ring.floor:
        return await _page(services, channel, since, ring.floor)
    return resumed, None


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
    return resumed, Page(tuple(entry.frame for entry in entries), tuple(entry.author_tag for entry in entries), reached)

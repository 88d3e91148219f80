"""Following a channel: from the start of what is shown, or from where one was, without a hole."""

from msgspec import Struct

from server.actions.caller import Caller
from server.actions.services import Services
from server.domain.channels import Standing, resumption
from server.protocol.fields import Position, Resumption


class Followed(Struct, frozen=True):
    """Where the channel stands, how it was entered, and what is to be replayed: from the log, then the ring."""

    channel: str
    position: Position
    resumed: Resumption
    earlier: list[bytes]
    after: int


async def follow(services: Services, caller: Caller, channel: str, since: Position | None) -> Followed:
    followed = await read(services, channel, since)
    begin(services, caller, followed)
    return followed


def begin(services: Services, caller: Caller, followed: Followed) -> None:
    """Replay begins when the answer to the caller is out; to be called after all waiting."""
    caller.then(lambda: services.here.start(caller, followed.channel, followed.earlier, followed.after))


async def read(services: Services, channel: str, since: Position | None) -> Followed:
    """Follows the bus first, then reads what was missed."""
    ring = await services.here.ring(channel)
    kept = Standing(ring.epoch, ring.top, floor=0)
    resumed = resumption(since, kept)
    earlier: list[bytes] = []
    after = ring.latest(services.settings.history_shown)
    if resumed is Resumption.RESUMED and since is not None:
        after = since.seq
        if since.seq < ring.floor:
            resumed, earlier = await _from_the_log(services, channel, since, ring.floor)
            after = ring.floor if resumed is Resumption.RESUMED else ring.latest(services.settings.history_shown)
    return Followed(channel, Position(epoch=ring.epoch, seq=ring.top), resumed, earlier, after)


async def _from_the_log(
    services: Services, channel: str, since: Position, floor: int
) -> tuple[Resumption, list[bytes]]:
    """What lies between the position and the memory ring, where it is still kept."""
    standing = await services.store.channels.standing(channel)
    resumed = resumption(since, standing)
    if resumed is not Resumption.RESUMED:
        return resumed, []
    entries = await services.store.channels.after(channel, since.seq, up_to=floor)
    return resumed, [entry.frame for entry in entries]

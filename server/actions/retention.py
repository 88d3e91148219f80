"""Letting go: what has been kept for its time leaves rooms, holds and the desk; run every minute by every process."""

from server.actions import desk, errands, feedback, holds
from server.actions.services import Services


async def sweep(services: Services) -> None:
    for room in services.content.rooms.values():
        await services.store.channels.trim(room.channel)
    await _expired_holds(services)
    await desk.clear(services)
    await feedback.clear(services)


async def _expired_holds(services: Services) -> None:
    """A message that nobody decided goes back to its author when a room's text would be gone."""
    oldest = services.store.clock.now() - services.settings.history_ms
    for record in await services.store.moderation.all_held():
        if record.hold.since < oldest:
            told = holds.told(record, None, "", None, "")
            if await services.store.moderation.unhold(record, holds.WITHDRAWN, told, None):
                errands.carry_soon(services, record.hold.channel, told)

"""Erasing: a message of one's own, shown or waiting, with every line that repeats its words."""

from collections.abc import Callable

from server.actions import errands
from server.actions.caller import Caller
from server.actions.holds import WITHDRAWN, withdrawn
from server.actions.messages import said
from server.actions.services import Services
from server.domain import channels, identity, own_data
from server.domain.channels import DESK, Entry
from server.domain.moderation import HeldRecord
from server.protocol import codec
from server.protocol.codec import UNSTAMPED
from server.protocol.events import Done, Event, HoldSettled, Numbered, Restored, Said
from server.protocol.own_data import DeleteMine, Erased
from server.protocol.refusals import Code, Refused


async def delete_mine(services: Services, caller: Caller, command: DeleteMine) -> Done:
    """Not there and not one's own are one answer. No seal: nobody brings it back."""
    if channels.kind(command.channel) not in ("room", "one"):
        raise Refused(Code.FORBIDDEN)
    if command.hold is not None:
        record = await services.store.moderation.held(command.channel, command.hold)
        if record is None or record.person != caller.person.id or not await hold(services, record):
            raise Refused(Code.NO_MESSAGE)
        return Done(ref=command.ref)
    entry, message = await said(services, command.channel, command.seq)
    if entry.person != caller.person.id:
        raise Refused(Code.NO_MESSAGE)
    await messages(services, command.channel, [(entry, message)])
    if isinstance(message, Said):
        hold_id = identity.hold_id(services.secret, caller.person.id, command.channel, message.client_id)
        await told_of_hold(services, caller.person.id, hold_id)
    services.screening.forget(caller.person.id)
    return Done(ref=command.ref)


async def messages(services: Services, channel: str, found: list[tuple[Entry, Said | Restored]]) -> None:
    """Each leaves a line that says that its author took it away."""
    lines: dict[int, Numbered] = {entry.seq: own_data.gone(channel, entry.seq, message) for entry, message in found}
    await services.store.erasing.lines(channel, lines)


async def hold(services: Services, record: HeldRecord) -> bool:
    """A message that waits, and what was told of it; false where someone was first."""
    left = withdrawn(record)
    if not await services.store.moderation.unhold(record, WITHDRAWN, left, None):
        return False
    errands.carry_soon(services, record.hold.channel, left)
    await told_of_hold(services, record.person, record.hold.hold)
    return True


async def told_of_hold(services: Services, person: str, hold_id: str) -> None:
    """The words of a message that waited lie in its author's inbox and at the desk, too."""
    await inbox(services, person, lambda event: own_data.tells_of_hold(event, hold_id))
    settled = HoldSettled(hold=hold_id, decision=None, by="", at=UNSTAMPED)
    told = [entry.seq for entry, event in await lines(services, DESK) if own_data.tells_of_hold(event, hold_id)]
    await services.store.erasing.lines(DESK, dict.fromkeys(told, settled))


async def inbox(services: Services, person: str, is_meant: Callable[[Event], bool]) -> None:
    channel = channels.inbox(person)
    told = [entry.seq for entry, event in await lines(services, channel) if is_meant(event)]
    await services.store.erasing.lines(channel, {seq: Erased(gone=seq, at=UNSTAMPED) for seq in told})


async def lines(services: Services, channel: str) -> list[tuple[Entry, Event]]:
    return [(entry, codec.inside(entry.frame)) for entry in await services.store.channels.after(channel, 0)]


async def said_by(services: Services, channel: str, person: str = "") -> list[tuple[Entry, Said | Restored]]:
    """What one person said in a channel, or with no name given everyone."""
    return [
        (entry, event)
        for entry, event in await lines(services, channel)
        if isinstance(event, Said | Restored) and person in ("", entry.person)
    ]

"""What one is called in a room: offered, chosen, and kept for as long as one is known here."""

import secrets
from collections.abc import Iterable, Sequence

from server.actions.caller import Caller
from server.actions.membership import is_peer, name_in, presence_kind
from server.actions.services import Services
from server.domain import channels, handles
from server.domain.screening import Screened, Surface, Verdict
from server.protocol.commands import Rename
from server.protocol.events import Named
from server.protocol.refusals import Code, Refused

ROLLS = 8  # names proposed; all taken is next to impossible
ROLL_SPACE = 100_000
OFFERS = 3
RENAMES_PER_HOUR = 20
HOUR_MS = 3_600_000


async def name_for(services: Services, caller: Caller, channel: str, known: str) -> str:
    """For who comes in: the name they are known by here, or the first that is free."""
    if not is_peer(caller):
        return caller.person.name
    return known or await _named(services, caller, channel, range(ROLLS))


async def rename(services: Services, caller: Caller, command: Rename) -> Named:
    """Another name, before anyone sees it refused or shown; the old one stays reserved, and nobody else gets it."""
    channel = command.channel
    before = name_in(caller, channel)
    if not is_peer(caller) or channels.kind(channel) != "room":
        raise Refused(Code.NOT_JOINED)
    wait = await services.store.duty.allowed(caller.person.id, "rename", RENAMES_PER_HOUR, HOUR_MS)
    if wait:
        raise Refused(Code.RATE, retry_ms=wait)
    if command.handle is None:
        name = await _named(services, caller, channel, _random_rolls())
    else:
        name = await _typed(services, caller, channel, command.handle)
    services.presence.went(channel, before, presence_kind(services, caller, channel))
    services.presence.came(channel, name, presence_kind(services, caller, channel))
    caller.names[channel] = name
    return Named(ref=command.ref, channel=channel, handle=name)


async def look_over(services: Services, name: str) -> None:
    """Before anyone sees it; `Refused(BAD_HANDLE)` also where it could not be screened."""
    ruling = await services.screening.screen(Screened.of(name, Surface.HANDLE))
    if ruling.verdict.weight >= Verdict.MASK.weight or ruling.unscreened:
        raise Refused(Code.BAD_HANDLE)


async def keep(services: Services) -> None:
    """Of everyone who is here, in whichever room: who stays and only reads does not lose their name under it."""
    for person in services.here.people():
        rooms = {channel for caller in services.here.callers(person) if is_peer(caller) for channel in caller.names}
        for channel in rooms:
            if channels.kind(channel) == "room":
                await services.store.rooms.keep_names(channel, person)


async def keep_for(services: Services, person: str) -> None:
    """In every room where they have a name, also where they do not go; and their return words. Once a day."""
    await services.store.returning.keep(person)
    for channel in await services.store.rooms.named_in(person):
        await services.store.rooms.keep_names(channel, person)


async def _named(services: Services, caller: Caller, channel: str, rolls: Sequence[int]) -> str:
    """The first that is proposed is nearly always free: the others are made up only where it is not."""
    for some in (rolls[:1], rolls[1:]):
        proposed = _proposals(services, caller, channel, some)
        if name := await services.store.rooms.claim_name(channel, caller.person.id, proposed):
            return name
    raise Refused(Code.CONFLICT)


async def _typed(services: Services, caller: Caller, channel: str, handle: str) -> str:
    """A name of one's own choice; refused with three that are free to take, whatever the reason."""
    offers = tuple(shown for _, shown in _proposals(services, caller, channel, _random_rolls()))[:OFFERS]
    try:
        shown = handles.check(handle, services.handle_words)
        await look_over(services, shown)
    except Refused:
        raise Refused(Code.BAD_HANDLE, offers=offers) from None
    claimed = await services.store.rooms.claim_name(channel, caller.person.id, [(handles.normal(shown), shown)])
    if not claimed:
        raise Refused(Code.BAD_HANDLE, offers=offers)
    return claimed


def _proposals(services: Services, caller: Caller, channel: str, rolls: Iterable[int]) -> list[tuple[str, str]]:
    shown = (handles.propose(services.secret, caller.person.id, channel, roll, services.handle_words) for roll in rolls)
    return [(handles.normal(name), name) for name in shown]


def _random_rolls() -> list[int]:
    return [secrets.randbelow(ROLL_SPACE) for _ in range(ROLLS)]

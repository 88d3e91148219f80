"""Hello and goodbye: what a connection is told first, and what its end means for others."""

from server.actions import apart, background, following
from server.actions.caller import Caller
from server.actions.membership import presence_kind
from server.actions.services import Services
from server.config import Settings
from server.domain import channels
from server.domain.accounts import digest, person_of
from server.protocol.commands import Hello
from server.protocol.events import Limits, Welcome
from server.protocol.refusals import Close


async def hello(services: Services, caller: Caller, token: str | None, command: Hello) -> Welcome | None:
    """How things stand for who holds this token; no token and every bad one take the same way to nothing."""
    return await welcome(services, caller, person_of(token), digest(token or ""), command)


async def welcome(services: Services, caller: Caller, person: str, session: str, command: Hello) -> Welcome | None:
    """Hears the inbox, knows the person, lets the oldest of too many tabs go, and says how things stand."""
    inbox = channels.inbox(person)
    # All of it goes out in one write, in this order: nothing can be told to the inbox and not be heard or read here.
    services.here.listen(inbox)
    overheard = services.here.overheard()
    asked = services.store.desk.asked_ticket_of(person)
    greeted = await services.store.people.greet(person, session, caller.socket_name)
    if greeted is None:
        return None
    caller.admit(greeted.person)
    caller.accepted, caller.rest = greeted.remembered.accepted, greeted.remembered.rest
    caller.sides = greeted.sides
    if services.here.overheard() != overheard:  # it may be about them, and nobody knew yet that they are here
        await apart.know(services, person)
    services.here.begin(inbox, greeted.standing, greeted.recent)
    if greeted.sockets:
        await _make_way(services, person, greeted.sockets)
    ticket = (await asked or b"").decode()
    # Last: its replay begins with the next answer, and that must be this one.
    followed = await following.follow(services, caller, inbox, command.inbox)
    return Welcome(
        ref=command.ref,
        now=services.store.clock.now(),
        build=services.build,
        role=greeted.person.role,
        name=greeted.person.name,
        inbox=followed.position,
        resumed=followed.resumed,
        rules=services.content.rules.version,
        accepted=caller.accepted,
        tickets=(ticket,) if ticket else (),
        staff=services.roster.names,
        on_duty=services.roster.has(caller),
        away=services.condition.away,
        limits=services.limits,
    )


def farewell(services: Services, caller: Caller) -> None:
    """The socket has closed: the person is gone from their rooms, and from duty."""
    for channel, name in caller.names.items():
        services.presence.went(channel, name, presence_kind(services, caller, channel))
    services.roster.leave(caller)
    services.attendance.leave(caller)
    background.expect(services.store.duty.closed(caller.person.id, caller.socket_name))


async def _make_way(services: Services, person: str, sockets: list[str]) -> None:
    for surplus in await services.store.duty.surplus(person, sockets):
        await services.here.close(person, Close.REPLACED, surplus)


def limits(settings: Settings) -> Limits:
    return Limits(
        text_characters=settings.text_characters,
        text_bytes=settings.text_bytes,
        rooms=settings.rooms_per_connection,
        typing_ms=settings.typing_ms,
        outbox_ms=settings.outbox_ms,
        outbox_messages=settings.outbox_messages,
    )

"""Hello and goodbye: what a connection is told first, and what its end means for others."""

from server.actions import background, following
from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import channels
from server.protocol.commands import Hello
from server.protocol.events import Limits, Welcome
from server.protocol.people import Role
from server.protocol.refusals import Close


async def welcome(services: Services, caller: Caller, hello: Hello) -> Welcome:
    """Follows the inbox, lets the oldest of too many tabs go, and says how things stand."""
    person = caller.person
    for surplus in await services.store.duty.opened(person.id, caller.socket_name):
        await services.here.close(person.id, Close.REPLACED, socket=surplus)
    remembered = await services.store.people.remembered(person.id)
    caller.accepted, caller.rest = remembered.accepted, remembered.rest
    ticket = await services.store.desk.ticket_of(person.id)
    # Last: its replay begins with the next answer, and that must be this one.
    inbox = await following.follow(services, caller, channels.inbox(person.id), hello.inbox)
    return Welcome(
        ref=hello.ref,
        now=services.store.clock.now(),
        build=services.build,
        role=person.role,
        name=person.name,
        inbox=inbox.position,
        resumed=inbox.resumed,
        rules=services.content.rules.version,
        accepted=caller.accepted,
        tickets=(ticket,) if ticket else (),
        staff=services.roster.names,
        on_duty=services.roster.has(caller),
        limits=_limits(services),
    )


def farewell(services: Services, caller: Caller) -> None:
    """The socket has closed: the person is gone from their rooms, and from duty."""
    kind = "p" if caller.person.role is Role.PEER else "s"
    for channel, name in caller.names.items():
        services.presence.went(channel, name, kind)
    services.roster.leave(caller)
    background.spawn(services.store.duty.closed(caller.person.id, caller.socket_name))


def _limits(services: Services) -> Limits:
    settings = services.settings
    return Limits(
        text_characters=settings.text_characters,
        text_bytes=settings.text_bytes,
        rooms=settings.rooms_per_connection,
        typing_ms=settings.typing_ms,
        outbox_ms=settings.outbox_ms,
        outbox_messages=settings.outbox_messages,
    )

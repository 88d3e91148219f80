"""Being in a channel: what one is called there, and how it ends."""

from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import identity
from server.protocol.people import Role
from server.protocol.refusals import Code, Refused


def name_in(caller: Caller, channel: str) -> str:
    """What they are called there; `Refused(REMOVED)` where they were sent out, `Refused(NOT_JOINED)` elsewhere."""
    name = caller.names.get(channel)
    if name is None:
        raise Refused(Code.REMOVED if channel in caller.sent_out else Code.NOT_JOINED)
    return name


def leave(services: Services, caller: Caller, channel: str) -> None:
    services.here.leave(caller, channel)  # also who has lost their name there, and goes on hearing it
    name = caller.names.pop(channel, None)
    if name is not None:
        services.presence.went(channel, name, presence_kind(services, caller, channel))


def send_out(services: Services, caller: Caller, channel: str) -> None:
    """A moderator has removed them: at once, and whatever else is under way here finds it noted."""
    caller.sent_out = (*(each for each in caller.sent_out if each != channel), channel)
    leave(services, caller, channel)


def is_peer(caller: Caller) -> bool:
    return caller.person.role is Role.PEER


def presence_kind(services: Services, caller: Caller, channel: str) -> str:
    """`s` for staff; `p` and the author's tag for a peer, so that who does not meet them is not told of them."""
    return "p" + identity.author_tag(services.secret, caller.person.id, channel).hex() if is_peer(caller) else "s"

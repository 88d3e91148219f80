"""What a worrying message sets off: a private card for its author at once, and a ticket that cannot be lost."""

from server.actions import errands as carrying
from server.actions.caller import Caller
from server.actions.draft import Draft
from server.actions.services import Services
from server.domain import care, channels, identity
from server.domain.errands import Errands, OpenTicket, Tell
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import HelpCard
from server.protocol.fields import TicketSource, Urgency
from server.protocol.people import Role, Voice


def card(services: Services, caller: Caller, draft: Draft) -> HelpCard | None:
    """The private card that this message calls for, unless its author has lately said that they want none."""
    ruling = draft.ruling.care
    if ruling is None or caller.person.role is not Role.PEER:
        return None
    if not care.may_show_card(caller.rest, ruling.urgency, services.store.clock.now()):
        return None
    asked = ruling.urgency is not None
    return HelpCard(
        card=identity.card_id(services.secret, draft.message),
        kind=ruling.kind,
        channel=draft.command.channel or None,
        client_id=draft.command.client_id,
        asked=asked,
        ticket=_ticket_id(services, draft) if asked else None,
        at=UNSTAMPED,
    )


def errands(services: Services, draft: Draft, shown: HelpCard | None) -> Errands:
    left: Errands = {}
    if shown is not None:
        left[f"card:{shown.card}"] = Tell(channels.inbox(draft.person), encode(shown))
    ruling = draft.ruling.care
    if ruling is not None and ruling.urgency is not None and draft.voice is Voice.PEER:
        ticket = _ticket_id(services, draft)
        left[f"ticket:{ticket}"] = OpenTicket(
            ticket=ticket,
            person=draft.person,
            source=TicketSource.SCREENING,
            urgency=Urgency(ruling.urgency),
            channel=draft.command.channel or None,
            handle=draft.name,
            text=draft.text,
            rule=draft.ruling.rule,
            since=services.store.clock.now(),
            told=shown is not None,
        )
    return left


async def look_after(services: Services, left: Errands) -> None:
    """For words that are not said or held: the ticket is opened all the same."""
    for what in left.values():
        if isinstance(what, OpenTicket):
            await carrying.open_ticket(services, what)


def _ticket_id(services: Services, draft: Draft) -> str:
    return identity.ticket_id(services.secret, draft.message)

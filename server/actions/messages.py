"""Messages that staff act on: what was said, whose words they are, and the audit row of what was done."""

from msgspec import Struct

from server.actions.caller import Caller
from server.actions.services import Services
from server.domain import channels, identity
from server.domain.channels import Entry
from server.domain.errands import OpenTicket
from server.domain.moderation import AuditRow
from server.protocol import codec
from server.protocol.events import Restored, Said
from server.protocol.fields import TicketSource, Urgency
from server.protocol.people import Voice
from server.protocol.refusals import Code, Refused


class Author(Struct, frozen=True):
    """Who wrote something, by the name it was written under; the person leaves the server for nobody."""

    person: str
    handle: str
    voice: Voice
    text: str
    held_for_care: bool = False

    def __repr__(self) -> str:
        return "Author(...)"


async def said(services: Services, channel: str, seq: int) -> tuple[Entry, Said | Restored]:
    """A message that is shown now, with its author's person; `Refused(NO_MESSAGE)` where there is none."""
    if channels.kind(channel) == "room":
        services.room(channel)
    entry = await services.store.channels.entry(channel, seq)
    message = codec.inside(entry.frame) if entry else None
    if entry is None or not isinstance(message, Said | Restored):
        raise Refused(Code.NO_MESSAGE)
    return entry, message


async def author_of(services: Services, channel: str, seq: int, hold: str | None) -> Author:
    """Whose words they are: of a message that is shown, or of one that waits."""
    if hold is None:
        entry, message = await said(services, channel, seq)
        return Author(entry.person, message.handle, message.voice, message.text)
    record = await services.store.moderation.held(channel, hold)
    if record is None:
        raise Refused(Code.CONFLICT)
    waiting = record.hold
    return Author(record.person, waiting.handle, record.voice, waiting.text, waiting.care)


def worry_about(
    services: Services, author: Author, channel: str, source: TicketSource, urgency: Urgency, *because: str
) -> OpenTicket:
    """A ticket for the author of a message; the same reasons make the same ticket."""
    return OpenTicket(
        ticket=identity.ticket_id(services.secret, *because),
        person=author.person,
        source=source,
        urgency=urgency,
        channel=channel,
        handle=author.handle,
        text=author.text,
        rule="",
        since=services.store.clock.now(),
    )


def audit_row(services: Services, caller: Caller, what: str, which: str, why: str) -> AuditRow:
    return AuditRow(who=caller.person.name, what=what, which=which, why=why, at=services.store.clock.now())

"""A wipe: all that is a person's, taken away in steps that another process can go on with; each may be done twice."""

from server.actions import erasing, errands, listening, tickets
from server.actions.services import Services
from server.domain import asks, channels, one_to_one, own_data, queue
from server.domain.care import TicketRecord
from server.domain.channels import DESK
from server.domain.errands import Wipe
from server.domain.listening import Listener, Step, Talk, Terms, Waiting
from server.protocol.codec import UNSTAMPED, encode
from server.protocol.events import Numbered, TicketChanged
from server.protocol.listening import QueueEnd, TalkEnd
from server.protocol.own_data import Erased, Wiped
from server.store.desk import Drawer


async def run(services: Services, errand: str, what: Wipe) -> None:
    """The inbox last: that it is done is told in it."""
    person = what.person
    await _listening(services, person)
    await _rooms(services, person)
    await _care(services, person)
    await services.store.returning.forget(person)
    written = [each for each in await services.store.feedback.everything() if each.person == person]
    await services.store.feedback.forget(*(each.item.feedback for each in written))
    services.screening.forget(person)
    await erasing.inbox(services, person, lambda event: not isinstance(event, Erased))
    inbox = channels.inbox(person)
    await services.store.channels.append(inbox, encode(Wiped(at=UNSTAMPED)), errand, person)


async def _listening(services: Services, person: str) -> None:
    """Both sides of what was said one to one, for it is one talk; and the record of it, which has the name."""
    await listening.change_waiting(services, person, _waits_no_more)
    talks = await one_to_ones(services, person)
    for talk in talks:
        await listening.change_talk(services, talk.channel, _ends)
        await erasing.messages(services, talk.channel, await erasing.said_by(services, talk.channel))
        thread = asks.thread(talk.channel)  # what was asked about them is theirs to take away, too
        await erasing.messages(services, thread, await erasing.said_by(services, thread))
        await _told_to_listener(services, talk)
        await services.store.erasing.names(talk.channel, person)
        kept = await services.store.listening.kept([talk.channel])
        await listening.apply(services, kept, Step({talk.channel: None}))


async def _told_to_listener(services: Services, talk: Talk) -> None:
    await erasing.inbox(services, talk.listener, lambda event: own_data.tells_of_one(event, {talk.channel}))


async def _rooms(services: Services, person: str) -> None:
    for channel in await services.store.rooms.named_in(person):
        await erasing.messages(services, channel, await erasing.said_by(services, channel, person))
        await services.store.erasing.names(channel, person)
    for record in await services.store.moderation.all_held():
        if record.person == person:
            await erasing.hold(services, record)


async def _care(services: Services, person: str) -> None:
    """Tickets stay as facts: that someone may need a person is not for them alone to end."""
    theirs = {record.ticket.ticket: record for record in await care_tickets(services, person)}
    for ticket in theirs:
        channel = f"ticket:{ticket}"
        await erasing.messages(services, channel, await erasing.said_by(services, channel, person))
        theirs[ticket], left = await tickets.change_ticket(services, ticket, own_data.wordless)
        errands.carry_soon(services, DESK, left)
    told = await erasing.lines(services, DESK)
    lines: dict[int, Numbered] = {
        entry.seq: TicketChanged(ticket=theirs[event.ticket.ticket].ticket, at=UNSTAMPED)
        for entry, event in told
        if isinstance(event, TicketChanged) and own_data.tells_of_ticket(event, theirs)
    }
    await services.store.erasing.lines(DESK, lines)


async def one_to_ones(services: Services, person: str) -> list[Talk]:
    kept = listening.records((await services.store.listening.everything()).values())
    return [each for each in kept if isinstance(each, Talk) and each.person == person]


async def care_tickets(services: Services, person: str) -> list[TicketRecord]:
    records = map(tickets.decoded, await services.store.desk.records(Drawer.TICKETS))
    return [record for record in records if record.person == person]


def _waits_no_more(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
    if waiting is None or waiting.one:
        return None
    if not waiting.waits:
        return Step({f"waiting:{waiting.person}": None})
    return queue.left(waiting, listener, QueueEnd.LEFT, now, terms)


def _ends(talk: Talk, waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
    return None if talk.over else one_to_one.ended(talk, waiting, listener, TalkEnd.GOODBYE, now, terms)

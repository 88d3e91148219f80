"""The queue, from the side of who waits."""

import asyncio

from msgspec import structs

from server.actions import listening, meeting
from server.actions.caller import Caller
from server.actions.matching import has_changed, match_soon
from server.actions.reading import read
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import handles, identity, matching, queue
from server.domain.listening import Listener, Step, Terms, Waiting
from server.protocol.events import Done
from server.protocol.fields import NO_CLIENT_ID
from server.protocol.listening import LeaveQueue, Place, Queue, Queued, QueueDraft, QueueEnd, QueuePlace, Wish
from server.protocol.refusals import Code, Refused


async def queue_up(services: Services, caller: Caller, command: Queue) -> Queued:
    if command.client_id == NO_CLIENT_ID:
        raise Refused(Code.BAD_FRAME)
    person = caller.person.id
    draft = await read(services, caller, command.client_id, command.draft)
    avoids, band = await asyncio.gather(meeting.avoided_by(services, person), meeting.band_of(services, person))
    request = identity.request_id(services.secret, person, command.client_id)
    wanted = Waiting(
        person=person,
        request=request,
        client_id=command.client_id,
        message=identity.message_id(services.secret, person, request, command.client_id),
        handle=handles.propose(services.secret, person, request, 0, services.handle_words),
        wish=_known(services, command.wish),
        since=services.store.clock.now(),
        how_hard=command.how_hard,
        draft=draft.text,
        slowly=command.slowly,
        urgency=draft.urgency,
        band=band,
        avoids=avoids,
    )
    await services.attendance.join(caller)
    await listening.change_waiting(services, person, lambda before, _, terms, now: queue.queued(before, wanted, now))
    match_soon(services)
    return Queued(ref=command.ref, place=await place(services, person, wanted))


async def change_draft(services: Services, caller: Caller, command: QueueDraft) -> Done:
    waiting = await listening.waiting_of(services, caller.person.id)
    if waiting is None:
        raise Refused(Code.GONE)
    draft = await read(services, caller, waiting.client_id, command.draft)
    await listening.change_waiting(
        services, caller.person.id, lambda waiting, *_: queue.drafted(waiting, draft.text, draft.urgency)
    )
    return Done(ref=command.ref)


async def leave_queue(services: Services, caller: Caller, command: LeaveQueue) -> Done:
    await give_up(services, caller.person.id)
    return Done(ref=command.ref)


async def give_up(services: Services, person: str) -> None:
    """Whoever waits, waits no longer: they said so, or left for good."""

    def rule(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        if waiting is None or not waiting.waits:
            return None
        return queue.left(waiting, listener, QueueEnd.LEFT, now, terms)

    await listening.change_waiting(services, person, rule)
    match_soon(services)


async def age_told(services: Services, person: str, may_wait: bool) -> None:
    """Under 18, told while they wait: what is true of it is told at once; where they are not let in, it ends."""
    waiting = await listening.waiting_of(services, person)
    if waiting is None or not waiting.waits:
        return
    if not may_wait:
        return await give_up(services, person)
    await has_changed(services, waiting)
    services.here.tell(person, QueuePlace(place=await place(services, person, waiting)))


async def place(services: Services, person: str, wanted: Waiting) -> Place:
    store = services.store.listening
    kept, seen = await asyncio.gather(store.everything(), store.seen())
    everyone = listening.records(kept.values())
    mine = next((each for each in everyone if isinstance(each, Waiting) and each.person == person), wanted)
    return matching.place(mine, everyone, seen, services.store.clock.now(), terms_of(services.settings))


def _known(services: Services, wish: Wish) -> Wish:
    """Without what the service has no words for: a listener would read the code, which someone made up."""
    topics = services.content.topics()
    topic = wish.topic if wish.topic in topics else None
    return structs.replace(wish, topic=topic, avoid=tuple(code for code in wish.avoid if code in topics))

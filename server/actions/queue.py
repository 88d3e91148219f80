"""The queue, from the side of who waits; and where anyone stands with one-to-ones."""

import asyncio

from server.actions import listening, meeting, supervisors
from server.actions.caller import Caller
from server.actions.matching import match_soon
from server.actions.reading import read
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import handles, identity, matching, queue, training
from server.domain import listening as rules
from server.domain.listening import Listener, Step, Talk, Terms, Waiting
from server.protocol.events import Done
from server.protocol.fields import NO_CLIENT_ID
from server.protocol.listening import (
    LISTENERS,
    LeaveQueue,
    Listening,
    ListeningState,
    Place,
    Queue,
    Queued,
    QueueDraft,
    QueueEnd,
)
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
        wish=command.wish,
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
    return Queued(ref=command.ref, place=await _place(services, person, wanted))


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


async def where_i_stand(services: Services, caller: Caller, command: Listening) -> ListeningState:
    """And this connection is here for it from now on."""
    person, now, terms = caller.person.id, services.store.clock.now(), terms_of(services.settings)
    waiting, listener = await asyncio.gather(
        listening.waiting_of(services, person), listening.listener_of(services, person)
    )
    if waiting is not None or listener is not None:
        await services.attendance.join(caller)
    waits = waiting is not None and waiting.waits
    channels = [waiting.one] if waiting and waiting.one else []
    kept = await services.store.listening.kept([*channels, *(listener.ones if listener else ())])
    offered = await listening.waiting_of(services, listener.offered) if listener and listener.offered else None
    talks = [each for each in listening.records(kept.values()) if isinstance(each, Talk)]
    may_listen = caller.person.role in LISTENERS
    me = listener or Listener(person=person, name=caller.person.name)
    is_open = offered is not None and listener is not None and offered.offer == listener.offer
    return ListeningState(
        ref=command.ref,
        place=await _place(services, person, waiting) if waits and waiting else None,
        wish=waiting.wish if waits and waiting else None,
        draft=waiting.draft if waits and waiting else "",
        ones=tuple(rules.as_one(talk) for talk in talks),
        duties=rules.duties(listener, now, terms) if listener else None,
        offer=rules.as_offer(offered, now) if offered is not None and is_open else None,
        worries=rules.worries(talks, person),
        supervisors=await supervisors.on_duty(services) if may_listen else (),
        training=training.standing(me, services.content.training_version, now, terms) if may_listen else None,
    )


async def _place(services: Services, person: str, wanted: Waiting) -> Place:
    store = services.store.listening
    kept, seen = await asyncio.gather(store.everything(), store.seen())
    everyone = listening.records(kept.values())
    mine = next((each for each in everyone if isinstance(each, Waiting) and each.person == person), wanted)
    return matching.place(mine, everyone, seen, services.store.clock.now(), terms_of(services.settings))

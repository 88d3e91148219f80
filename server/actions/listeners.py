"""Listeners: what they say of themselves, and the offers that come to them."""

from server.actions import listening
from server.actions.caller import Caller
from server.actions.matching import has_changed, match_soon
from server.actions.messages import audit_row
from server.actions.services import Services
from server.domain import channels, queue, shifts, training
from server.domain.listening import Listener, Step, Terms, Waiting
from server.protocol.events import Done
from server.protocol.listening import Accept, Availability, Listen, Skip
from server.protocol.refusals import Code, Refused


async def listen(services: Services, caller: Caller, command: Listen) -> Done:
    person = caller.person

    def rule(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step:
        listener = listener or Listener(person=person.id, name=person.name)
        if command.availability is Availability.AVAILABLE:
            training.check(listener, services.content.training_version, now, terms)
        return shifts.listens(
            listener, waiting, command.availability, command.off_topics, command.not_today, now, terms
        )

    await services.attendance.join(caller)
    await listening.change_listener(services, person.id, rule)
    match_soon(services)
    return Done(ref=command.ref)


async def accept(services: Services, caller: Caller, command: Accept) -> Done:
    """One of all who reach for a person has them; asked again, it is the same one-to-one."""
    channel = channels.one(command.offer)

    def rule(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step | None:
        if listener is None:
            raise Refused(Code.CONFLICT)
        if channel in listener.ones:
            return None
        return queue.accepted(waiting, listener, command.offer, now, terms)

    await services.attendance.join(caller)
    listener = await listening.listener_of(services, caller.person.id)
    waiting = await listening.waiting_of(services, listener.offered) if listener and listener.offered else None
    if waiting is not None:
        await has_changed(services, waiting)  # an age that was told, or a block, since the offer was made
    await listening.change_listener(services, caller.person.id, rule)
    return Done(ref=command.ref)


async def skip(services: Services, caller: Caller, command: Skip) -> Done:
    def rule(waiting: Waiting | None, listener: Listener | None, terms: Terms, now: int) -> Step:
        if listener is None:
            raise Refused(Code.CONFLICT)
        return queue.skipped(waiting, listener, command.offer, now, terms)

    await listening.change_listener(services, caller.person.id, rule)
    row = audit_row(services, caller, "skip", command.offer, command.reason.value)
    await services.store.moderation.note(channels.LISTENING, row)
    match_soon(services)
    return Done(ref=command.ref)

"""The limits of a shift, in the hands of supervisors: two of them lift one for an hour; one says how many at a time."""

from collections.abc import Iterable

from server.actions import listening
from server.actions.caller import Caller
from server.actions.matching import match_soon
from server.actions.messages import audit_row
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import limits
from server.domain.channels import LISTENING
from server.domain.listening import Listener, Record
from server.protocol.events import Done
from server.protocol.refusals import Code, Refused
from server.protocol.supervising import LiftItem, LiftLimit, SetAtOnce


async def lift_limit(services: Services, caller: Caller, command: LiftLimit) -> Done:
    await lift(services, command.name, caller.person.name)
    match_soon(services)
    await services.store.moderation.note(LISTENING, audit_row(services, caller, "lift_limit", command.name, ""))
    return Done(ref=command.ref)


async def set_at_once(services: Services, caller: Caller, command: SetAtOnce) -> Done:
    person, by = await _called(services, command.name), caller.person.name
    await listening.change_listener(
        services,
        person,
        lambda _, listener, terms, now: (
            limits.at_once(listener, command.at_once, by, now, terms) if listener is not None else None
        ),
    )
    row = audit_row(services, caller, "at_once", command.name, str(command.at_once))
    await services.store.moderation.note(LISTENING, row)
    match_soon(services)
    return Done(ref=command.ref)


async def lift(services: Services, name: str, by: str) -> int:
    """One word of two. Until when the limit does not count; 0 while it waits for the second."""
    person = await _called(services, name)
    await listening.change_listener(
        services,
        person,
        lambda _, listener, terms, now: limits.lifted(listener, by, now, terms) if listener is not None else None,
    )
    listener = await listening.listener_of(services, person)
    return listener.lifted if listener is not None and listener.lifted > services.store.clock.now() else 0


def waiting(services: Services, records: Iterable[Record]) -> tuple[LiftItem, ...]:
    """What one supervisor wants, and a second one has not yet agreed to."""
    now, terms = services.store.clock.now(), terms_of(services.settings)
    return tuple(
        limits.as_lift(each, each.lift_by)
        for each in records
        if isinstance(each, Listener) and limits.waits_for_second(each, now, terms)
    )


async def _called(services: Services, name: str) -> str:
    """The listener of this name; `Refused(GONE)` where nobody who has listened lately is called so."""
    records = listening.records((await services.store.listening.everything()).values())
    for each in records:
        if isinstance(each, Listener) and each.name == name:
            return each.person
    raise Refused(Code.GONE)

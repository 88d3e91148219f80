"""Steps of listening: the records as they are, a rule on them, one change, and what it leaves to be told."""

import secrets
from collections.abc import Callable, Iterable

from msgspec import Struct

from server.actions import errands
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import receivers
from server.domain.channels import LISTENING
from server.domain.errands import Errands
from server.domain.listening import Listener, Record, Step, Talk, Terms, Waiting, listener_key, waiting_key
from server.domain.supervised import Ask
from server.protocol.refusals import Code, Refused
from server.store.listening import decoded

TRIES = 50  # many reach for one record at once; each try is two round trips


class Between(Struct, frozen=True):
    """A one-to-one, its peer's place, its listener, and who is to receive it where it passes on."""

    talk: Talk
    waiting: Waiting | None
    listener: Listener | None
    receiver: Listener | None


async def change_waiting(
    services: Services, person: str, rule: Callable[[Waiting | None, Listener | None, Terms, int], Step | None]
) -> Step | None:
    """A rule on someone who waits, and on the listener they are offered to."""
    for _ in range(TRIES):
        kept = await services.store.listening.kept([waiting_key(person)])
        waiting = _waiting(kept[waiting_key(person)])
        listener = None
        if waiting is not None and waiting.to:
            kept |= await services.store.listening.kept([listener_key(waiting.to)])
            listener = _listener(kept[listener_key(waiting.to)])
        step = rule(waiting, listener, terms_of(services.settings), services.store.clock.now())
        if step is None or await apply(services, kept, step):
            return step
    raise Refused(Code.CONFLICT)


async def change_listener(
    services: Services, person: str, rule: Callable[[Waiting | None, Listener | None, Terms, int], Step | None]
) -> Step | None:
    """A rule on a listener, and on the person whom they are offered."""
    for _ in range(TRIES):
        kept = await services.store.listening.kept([listener_key(person)])
        listener = _listener(kept[listener_key(person)])
        waiting = None
        if listener is not None and listener.offered:
            kept |= await services.store.listening.kept([waiting_key(listener.offered)])
            waiting = _waiting(kept[waiting_key(listener.offered)])
        step = rule(waiting, listener, terms_of(services.settings), services.store.clock.now())
        if step is None or await apply(services, kept, step):
            return step
    raise Refused(Code.CONFLICT)


async def change_talk(
    services: Services, channel: str, rule: Callable[[Talk, Waiting | None, Listener | None, Terms, int], Step | None]
) -> Step | None:
    """A rule on a one-to-one and on its two people; `Refused(NO_ROOM)` where there is none."""
    return await change_between(
        services, channel, lambda held, terms, now: rule(held.talk, held.waiting, held.listener, terms, now)
    )


async def change_between(
    services: Services, channel: str, rule: Callable[[Between, Terms, int], Step | None], receiver: str = ""
) -> Step | None:
    """A rule on a one-to-one and on all whom it is between; `receiver`: who wants to come, where nobody does yet.

    Whatever ends a transfer frees who was to receive it.
    """
    for _ in range(TRIES):
        kept = await services.store.listening.kept([channel])
        talk = _talk(kept[channel])
        to = receiver or (talk.handing.to if talk.handing else "")
        keys = [waiting_key(talk.person), listener_key(talk.listener), *([listener_key(to)] if to else ())]
        kept |= await services.store.listening.kept(keys)
        held = Between(
            talk=talk,
            waiting=_waiting(kept[keys[0]]),
            listener=_listener(kept[keys[1]]),
            receiver=(_listener(kept[listener_key(to)]) or _offering(talk, to)) if to else None,
        )
        now = services.store.clock.now()
        step = rule(held, terms_of(services.settings), now)
        if step is not None:
            step = receivers.let_go(talk, step, held.receiver, now, terms_of(services.settings))
        if step is None or await apply(services, kept, step):
            return step
    raise Refused(Code.CONFLICT)


async def apply(services: Services, kept: dict[str, bytes], step: Step) -> bool:
    """One change, if nothing of it was changed meanwhile; what it leaves is carried at once."""
    told = numbered(step)
    if not step.records:
        return True
    if not await services.store.listening.change(kept, step, told):
        return False
    errands.carry_soon(services, LISTENING, told)
    return True


def numbered(step: Step) -> Errands:
    """The name is made before the change and lies with it: carried twice, it is told once."""
    name = secrets.token_hex(8)
    return {f"{name}:{place}": errand for place, errand in enumerate(step.told)}


async def waiting_of(services: Services, person: str) -> Waiting | None:
    kept = await services.store.listening.kept([waiting_key(person)])
    return _waiting(kept[waiting_key(person)])


async def listener_of(services: Services, person: str) -> Listener | None:
    kept = await services.store.listening.kept([listener_key(person)])
    return _listener(kept[listener_key(person)])


async def talk(services: Services, channel: str) -> Talk:
    """The one-to-one, or `Refused(NO_ROOM)`: not there and not yours are one answer."""
    return _talk((await services.store.listening.kept([channel]))[channel])


def records(kept: Iterable[bytes]) -> list[Record]:
    return [record for record in map(decoded, kept) if record is not None]


async def ask_of(services: Services, channel: str) -> Ask | None:
    """What was asked about a one-to-one, by its thread."""
    found = decoded((await services.store.listening.kept([channel]))[channel])
    return found if isinstance(found, Ask) else None


def _offering(talk: Talk, who: str) -> Listener | None:
    """A supervisor who offered to go on, and has never said that they listen."""
    return Listener(person=who, name=talk.handing.name) if talk.handing and talk.handing.to == who else None


def _talk(kept: bytes) -> Talk:
    found = decoded(kept)
    if not isinstance(found, Talk):
        raise Refused(Code.NO_ROOM)
    return found


def _waiting(kept: bytes) -> Waiting | None:
    found = decoded(kept)
    return found if isinstance(found, Waiting) else None


def _listener(kept: bytes) -> Listener | None:
    found = decoded(kept)
    return found if isinstance(found, Listener) else None

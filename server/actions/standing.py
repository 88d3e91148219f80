"""Where someone stands with one-to-ones, as it is now: what a page needs after a reload, of whichever side it is."""

import asyncio

from server.actions import asks, listening, returning, supervisors
from server.actions.caller import Caller
from server.actions.queue import place
from server.actions.services import Services
from server.actions.terms import terms_of
from server.domain import asks as asking
from server.domain import listening as rules
from server.domain import receivers, training, transfers
from server.domain.listening import Listener, Talk, Waiting
from server.domain.supervised import Ask
from server.protocol.listening import LISTENERS, Offer
from server.protocol.standing import Listening, ListeningState
from server.protocol.supervising import AskItem
from server.protocol.transfers import TransferOffer, TransferStep


async def where_i_stand(services: Services, caller: Caller, command: Listening) -> ListeningState:
    """And this connection is here for it from now on."""
    person, now, terms = caller.person.id, services.store.clock.now(), terms_of(services.settings)
    waiting, listener = await asyncio.gather(
        listening.waiting_of(services, person), listening.listener_of(services, person)
    )
    if waiting is not None or listener is not None:
        await services.attendance.join(caller)
    waits = waiting is not None and waiting.waits
    talks = await _talks(services, waiting, listener)
    listens = caller.person.role in LISTENERS
    me = listener or Listener(person=person, name=caller.person.name)
    return ListeningState(
        ref=command.ref,
        place=await place(services, person, waiting) if waits and waiting else None,
        wish=waiting.wish if waits and waiting else None,
        draft=waiting.draft if waits and waiting else "",
        ones=tuple(rules.as_one(talk) for talk in talks),
        duties=rules.duties(listener, now, terms) if listener else None,
        offer=await _offer(services, listener, now),
        worries=rules.worries(talks, person),
        supervisors=await supervisors.on_duty(services) if listens else (),
        transfer=next((state for talk in talks if (state := transfers.as_state(talk, person))), None),
        wanted=await _wanted(services, listener),
        asks=await _asks(services, person, talks) if listens else (),
        shares="" if listens else await returning.shares(services, person, waiting.one if waiting else ""),
        training=training.standing(me, services.content.training_version, now, terms) if listens else None,
    )


async def _talks(services: Services, waiting: Waiting | None, listener: Listener | None) -> list[Talk]:
    channels = [waiting.one] if waiting and waiting.one else []
    kept = await services.store.listening.kept([*channels, *(listener.ones if listener else ())])
    return [each for each in listening.records(kept.values()) if isinstance(each, Talk)]


async def _offer(services: Services, listener: Listener | None, now: int) -> Offer | None:
    if listener is None or not listener.offered:
        return None
    offered = await listening.waiting_of(services, listener.offered)
    return rules.as_offer(offered, now) if offered is not None and offered.offer == listener.offer else None


async def _wanted(services: Services, listener: Listener | None) -> TransferOffer | None:
    """What a colleague asks this listener to go on with; an offer without a person is one of these."""
    if listener is None or not listener.offer or listener.offered:
        return None
    for talk in listening.records((await services.store.listening.everything()).values()):
        if isinstance(talk, Talk) and talk.handing is not None and talk.handing.id == listener.offer:
            is_open = not talk.over and talk.handing.step is TransferStep.RECEIVER
            return receivers.as_offer(talk, await listening.waiting_of(services, talk.person)) if is_open else None
    return None


async def _asks(services: Services, person: str, talks: list[Talk]) -> tuple[AskItem, ...]:
    threads = [asks.own_thread(services, person), *(asking.thread(talk.channel) for talk in talks)]
    kept = listening.records((await services.store.listening.kept(threads)).values())
    return tuple(each.as_item() for each in kept if isinstance(each, Ask) and each.person == person)
